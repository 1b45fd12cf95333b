"""The training house: providers, their courses and batches, and who is enrolled where."""
