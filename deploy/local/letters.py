"""Letters checked on a machine that asks nobody: the signed line of a PDF or a square code, and the keys for it.

The key that signs is a secret of the home like the others. When it is changed, its public half is kept beside it, so
that letters signed before stay readable.
"""

import json
import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deploy.local.folders import Home
from deploy.local.problems import Fault
from deploy.local.secrets import Secrets
from shared import slips
from shared.slips import NotGenuine, SlipSigner

KEY, PAST = "letter-key", "letter-keys-past.json"
MOST_BYTES = 5 * 1024 * 1024
_LINE = re.compile(
    rb"/surat/([0-9A-Za-z-]{10,16})#([A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{1,800}\.[A-Za-z0-9_-]{86})(?![A-Za-z0-9_-])"
)
_WHY = {
    "unknown_key": (
        "It is signed by a key that is not known here.",
        "Fetch the keys of the house that issued it (GET /v1/letters/keys) and give them with --keys FILE.",
    ),
    "changed": ("It was changed after it was signed, or the signature belongs to another letter.", "Do not accept it."),
    "unreadable": ("Its signed line cannot be read.", "Scan the square code again, and give all that it says."),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a genuine letter says of itself. ``office`` and ``regency`` are codes, ``-`` where there is none."""

    code: str
    issued_on: date
    valid_until: date
    initials: str
    office: str
    destination: str
    regency: str


def check(what: str, keys: dict[str, bytes]) -> Checked:
    """The letter in a file (PDF or text) or in the text of its square code.

    Raises:
        Fault: no file, no signed line, or one that is not genuine.
    """
    path = Path(what)
    found = _LINE.search(_bytes(path) if _is_file(path) else what.encode(errors="replace"))
    if found is None:
        raise Fault(*_no_line(what, _is_file(path)))
    code = slips.read_code(found[1].decode())
    try:
        if code is None:
            raise NotGenuine("unreadable")
        issued, until, *rest = slips.facts_of(code, found[2].decode(), keys)
        initials, office, destination, regency = rest
        return Checked(
            slips.shown_code(code), date.fromisoformat(issued), date.fromisoformat(until),
            initials, office, destination, regency,
        )  # fmt: skip
    except NotGenuine as error:
        raise Fault(*_WHY[str(error)]) from None
    except ValueError:
        raise Fault(*_WHY["unreadable"]) from None


def home_keys(home: Home) -> dict[str, bytes]:
    """The public keys of this home: of the key that signs now and of those before it. No key is made."""
    secrets = Secrets(home.secrets)
    keys = slips.keys_of(_past(home)) if secrets.path(PAST).exists() else {}
    if secrets.path(KEY).exists():
        seal = _seal(secrets)
        keys[seal.kid] = seal.public
    return keys


def keys_in(file: Path) -> dict[str, bytes]:
    """The keys of a file that somebody fetched.

    Raises:
        Fault: it is no JWK set.
    """
    try:
        return slips.keys_of(json.loads(_bytes(file)))
    except ValueError:
        raise Fault(
            f"{file} holds no keys of letters.", "Fetch it again: GET /v1/letters/keys of the training house."
        ) from None


def rotate(home: Home) -> str:
    """Sign with a new key from the next start on; the name of the new one.

    Raises:
        Fault: there is no key yet.
    """
    secrets = Secrets(home.secrets)
    if not secrets.path(KEY).exists():
        raise Fault("No letter was ever signed here.", "./lumbung up makes the first key.")
    before = [*slips.keys_of(_past(home)).values(), _seal(secrets).public]
    _write(secrets.path(PAST), json.dumps(slips.key_set(dict.fromkeys(before)), indent=1))
    secrets.path(KEY).unlink()
    secrets.key(KEY)
    return _seal(secrets).kid


def _seal(secrets: Secrets) -> SlipSigner:
    import base64

    return SlipSigner(base64.b64decode(secrets.key(KEY)))


def _past(home: Home) -> dict[str, object]:
    path = home.secrets / PAST
    found: dict[str, object] = json.loads(path.read_text(encoding="ascii")) if path.exists() else {"keys": []}
    return found


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and for its owner only."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text + "\n")
    draft.replace(path)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False  # a long or odd text is no name of a file


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Fault(
                f"{path} is larger than any letter.", "Give the PDF of one letter, or the text of its square code."
            )
        return path.read_bytes()
    except OSError as error:
        raise Fault(
            f"{path} cannot be read: {error.strerror}.", "Give the PDF of a letter, or the text of its square code."
        ) from None


def _no_line(what: str, is_file: bool) -> tuple[str, str]:
    if is_file:
        return (
            f"{what} holds no signed letter.",
            "A photo or a scan holds none: read its square code and give that text.",
        )
    if slips.read_code(what):
        return (
            "The short code alone says nothing without asking.",
            "Look it up at the console (/surat), or give all that the square code says, or the PDF.",
        )
    return (
        "This is no file, no square code, and no code of a letter.",
        "Give the PDF, or in quotes all that its square code says: 'https://…/surat/7KQ2M4XD9T#…'.",
    )
