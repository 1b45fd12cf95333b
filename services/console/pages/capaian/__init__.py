"""Figures for everybody: the province's, a regency's, a forum's; each table also as a file."""
