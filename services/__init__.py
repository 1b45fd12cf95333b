"""The houses, each on its own: no house imports another."""
