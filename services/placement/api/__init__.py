"""The routes of the placement house: parse, call one action, answer. Rules live in actions and model."""
