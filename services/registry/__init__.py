"""The registry: who wants to work abroad, what they allowed us to do with that, and who looked."""
