"""People whom a village sent in, as the office that serves the village takes them up."""
