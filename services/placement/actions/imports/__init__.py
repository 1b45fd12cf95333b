"""The import door: a JSON file of companies, partners, orders or policies is judged item by item, then perhaps saved.

An item is recognised by its own code (a company by its licence number), so the same file twice changes nothing, and
what is missing from a file is not deleted. Judging runs the very action that saving would run, and undoes it: a dry
run says what will happen because it is what will happen.
"""
