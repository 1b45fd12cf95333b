"""For operators: what waits in every house, what was set aside, and how the ranking does. No person is ever named."""
