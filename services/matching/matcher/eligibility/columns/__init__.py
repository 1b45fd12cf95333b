"""The vectorised form: one ask, many people at once, one day. Whoever fills a `Table` or counts a registry needs it.

Written independently of `judge`, on whole columns; a property test compares the two on millions of pairs.
"""
