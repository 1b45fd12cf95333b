"""For the routes of the registry: what visitors may send and what they see."""
