"""Plumbing that every house needs and that would make sense in a bakery."""
