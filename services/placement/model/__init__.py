"""Nouns and rules of placement, pure Python: what is true of a licence, an order, a slot, an application, a law."""
