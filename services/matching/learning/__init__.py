"""The room that learns: what was shown and what came of it, turned into models that must prove themselves first."""
