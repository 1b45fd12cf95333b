"""What a laptop, a test or a continuous integration machine needs to run all of Lumbung without any server installed.

`Stack` is the door for Python (tests use it), `python -m deploy.local` and `./lumbung` are the door for people.
"""
