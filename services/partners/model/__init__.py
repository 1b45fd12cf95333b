"""The nouns and rules of the partners house: events, who may see them, when to try again, where to connect."""
