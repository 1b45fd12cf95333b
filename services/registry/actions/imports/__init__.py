"""The import door: a sheet of people is judged row by row, and on a second, explicit word its good rows are saved.

A row is recognised by its NIK, else by name, birthday and regency, so the same file twice changes nothing. Empty cells
change nothing, rows that are missing delete nothing, and a consent that was taken back is not given again by an old
sheet. The file is judged whole before its first row is saved; each row is then one transaction.
"""
