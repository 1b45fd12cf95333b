"""Routes of the training house: parse, call one action, answer. No rules, no MongoDB."""
