"""Code lists that everybody in the street reads the same way: places, countries, money, schooling, languages, work."""
