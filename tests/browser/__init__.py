"""Every page in a real browser: each state in each view, looked at by axe, weighed and pictured."""
