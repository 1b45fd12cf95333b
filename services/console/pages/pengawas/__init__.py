"""The supervisor: what waits for a second pair of eyes, with what speaks for and against it beside it."""
