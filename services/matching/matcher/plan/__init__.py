"""Plans for everybody at once, made of the same law and the same ranking as the answer to one person."""
