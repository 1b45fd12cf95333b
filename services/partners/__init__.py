"""The partners house: what may be told outside, to whom, and by which way: feed, stream and webhooks."""
