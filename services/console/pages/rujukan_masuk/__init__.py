"""Referrals as the provider answers them, step by step to the result."""
