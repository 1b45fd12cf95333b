"""A notice goes to the contact of a partner by mail, where a mail server is named (SMTP_URL)."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from services.partners.store.notices import Notices

KIND = "mail_notice"
SECONDS = 20.0
SUBJECT = "Lumbung: langganan peristiwa dihentikan / event subscription disabled"


def send(notices: Notices, smtp_url: str, id: str) -> None:
    """The job: hand one notice to the mail server. Sent twice at worst, when a process dies in between.

    Raises:
        OSError, SMTPException: the server is away or refuses; the job is tried again.
    """
    notice = notices.load(id)
    if notice is None or notice["sent"]:
        return
    parts = urlsplit(smtp_url)
    letter = EmailMessage()
    letter["Subject"] = SUBJECT
    login = unquote(parts.username or "")
    letter["From"] = login if "@" in login else f"lumbung@{parts.hostname}"
    letter["To"] = notice["to"]
    letter.set_content(f"{notice['text']['id']}\n\n{notice['text']['en']}\n\n{notice['about']}\n")
    secure = parts.scheme == "smtps"
    connect = smtplib.SMTP_SSL if secure else smtplib.SMTP
    with connect(parts.hostname or "", parts.port or (465 if secure else 25), timeout=SECONDS) as server:
        if not secure and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if login:
            server.login(login, unquote(parts.password or ""))
        server.send_message(letter)
    notices.sent(id)
