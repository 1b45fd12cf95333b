"""The routes of the partners house."""
