"""Events between houses: outbox and relay on the way out, listener and projection on the way in."""
