"""Forms of a decision: it is about the version that the reviewer saw, and a rejection says why."""

from collections.abc import Mapping
from typing import Any

from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired, Regexp

from services.console.frame import Form, t


class Decide(Form):
    """``version``: of the document on the page that was read. What was changed since is not decided by this."""

    version = HiddenField()

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        broken = t("Formulir ini tidak lengkap. Buka lagi halamannya.", "This form is not whole. Open the page again.")
        self.version.validators = [InputRequired(broken), Regexp(r"^\d+$", message=broken)]

    def of(self, document: Mapping[str, Any]) -> "Decide":
        """The form for this version."""
        self.version.data = str(document["version"])
        return self

    @property
    def seen(self) -> str:
        """For ``If-Match``."""
        return f'"{self.version.data}"'


class Reject(Decide):
    reason = RadioField()

    def __init__(self, reasons: Mapping[str, tuple[str, str]]) -> None:
        super().__init__()
        self.reason.label.text = t("Alasan penolakan", "Reason of the rejection")
        self.reason.choices = [(code, t(*words)) for code, words in reasons.items()]
        self.reason.validators = [InputRequired(t("Pilih satu alasan.", "Choose a reason."))]
