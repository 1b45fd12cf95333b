"""What can go wrong while a laptop sets itself up, in words for the person in front of it."""


class Fault(Exception):
    """Something that a person must mend before Lumbung can run. Printed as two sentences, never as a stack."""

    def __init__(self, cause: str, fix: str) -> None:
        super().__init__(f"{cause} {fix}")
        self.cause = cause
        self.fix = fix
