"""What visitors of the matching house may send: a profile that is not stored, an unpublished order, a decision."""
