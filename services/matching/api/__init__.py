"""Routes of the matching house: parse, call one action, answer. No rules, no MongoDB."""
