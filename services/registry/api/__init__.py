"""The routes of the registry: parse, call one action, answer. Rules live in actions and model, storage in store."""
