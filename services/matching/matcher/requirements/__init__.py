"""Requirements: what the law, an order or a course may ask. One kind is one file; `base.py` says what a kind tells."""
