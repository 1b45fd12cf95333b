"""For houses that own organisations: API keys that are shown once, kept only as a hash, and can be rotated.

A key reads ``uji_<id>_<secret>`` in development and ``lbg_<id>_<secret>`` in production, so that a test key pasted into
production is recognised. The secret has 256 random bits: a plain SHA-256 cannot be guessed back, a slow hash would only
slow down every request.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from pymongo import ASCENDING, IndexModel

from shared import clock
from shared.documents.mongo import CollectionSpec, Database, Tx
from shared.http.callers import Caller
from shared.http.problems import Conflict, Forbidden, NotFound, Unauthenticated

COLLECTION = "api_keys"

SPEC = CollectionSpec(
    COLLECTION,
    [
        # Two slots an organisation: a third live key cannot be written, not even by two requests at once.
        IndexModel(
            [("organisation", ASCENDING), ("slot", ASCENDING)],
            unique=True,
            partialFilterExpression={"slot": {"$exists": True}},
        )
    ],
)

_KEY = re.compile(r"(uji|lbg)_([a-z2-7]{16})_([A-Za-z0-9_-]{43})")


class TooManyKeys(Conflict):
    """Both slots are taken."""

    code = "two_keys_live"
    title = {"id": "Sudah ada dua kunci yang berlaku", "en": "Two keys are live already"}


class KeyStore:
    """The keys of one house's organisations. ``kind`` is what their callers are; :data:`SPEC` belongs to its store."""

    def __init__(
        self,
        database: Database,
        *,
        kind: str,
        development: bool,
        live: Callable[[str], bool] = lambda organisation: True,
    ) -> None:
        """``live`` says of an organisation whether its keys, and the tokens of its people, do anything."""
        self._database = database
        self._live = live
        self.kind = kind
        self._prefix = "uji" if development else "lbg"

    def issue(self, tx: Tx, organisation: str, scopes: Iterable[str]) -> str:
        """Make a key and return it: the only moment at which anybody sees it.

        Raises:
            TooManyKeys: two keys of the organisation are live; revoke the old one first.
        """
        rows = tx.collection(COLLECTION)
        taken = {row["slot"] for row in rows.find({"organisation": organisation, "slot": {"$in": [1, 2]}})}
        free = [slot for slot in (1, 2) if slot not in taken]
        if not free:
            raise TooManyKeys(
                {
                    "id": "Cabut kunci lama dahulu, lalu buat yang baru.",
                    "en": "Revoke the old key first, then make a new one.",
                }
            )
        id = base64.b32encode(secrets.token_bytes(10)).decode().lower()
        secret = secrets.token_urlsafe(32)
        rows.insert_one(
            {
                "_id": id,
                "organisation": organisation,
                "scopes": sorted(scopes),
                "secret_hash": _hash(secret),
                "slot": free[0],
                "created_at": clock.now(),
            }
        )
        return f"{self._prefix}_{id}_{secret}"

    def resolve(self, text: str) -> Caller:
        """The caller of a key. 401 for unknown, revoked and misspelt keys alike, 403 for one of nobody active."""
        found = _KEY.fullmatch(text)
        if found is None or found[1] != self._prefix:
            raise _not_valid()
        row = self._database.collection(COLLECTION).find_one({"_id": found[2]})
        expected = row["secret_hash"] if row else _hash("")
        if not hmac.compare_digest(_hash(found[3]), expected) or row is None or "slot" not in row:
            raise _not_valid()
        self.need_live(row["organisation"])
        return Caller(
            id=f"{self.kind}:{row['organisation']}",
            kind=self.kind,
            organisation=row["organisation"],
            scopes=frozenset(row["scopes"]),
            key=row["_id"],
        )

    def need_live(self, organisation: str) -> None:
        """Refuse whoever acts for an organisation that is not active, with a key or with a token. 403."""
        if not self._live(organisation):
            raise Forbidden(
                {
                    "id": "Lembaga ini tidak aktif. Hubungi dinas provinsi.",
                    "en": "This organisation is not active. Ask the province.",
                },
                code="organisation_inactive",
            )

    def still(self, caller: Caller) -> None:
        """Refuse to go on with a caller of :meth:`resolve` whose key was revoked since. 401.

        For answers that take long; which key it was stands in ``caller.key``.
        """
        row = self._database.collection(COLLECTION).find_one({"_id": caller.key})
        if row is None or "slot" not in row:
            raise _not_valid()

    def revoke(self, tx: Tx, organisation: str, id: str) -> None:
        """End a key now. Revoking twice changes nothing.

        Raises:
            NotFound: the organisation never had this key.
        """
        rows = tx.collection(COLLECTION)
        if rows.find_one({"_id": id, "organisation": organisation}) is None:
            raise NotFound({"id": "Kunci ini tidak ada.", "en": "There is no such key."})
        rows.update_one(
            {"_id": id, "slot": {"$exists": True}}, {"$unset": {"slot": ""}, "$set": {"revoked_at": clock.now()}}
        )

    def listed(self, organisation: str) -> list[dict[str, Any]]:
        """The live keys without their secrets: ``[{id, scopes, created_at}]``."""
        rows = self._database.collection(COLLECTION).find({"organisation": organisation, "slot": {"$in": [1, 2]}})
        return [{"id": row["_id"], "scopes": row["scopes"], "created_at": row["created_at"]} for row in rows]


def looks_like_a_key(text: str) -> bool:
    """Does the credential start like a key (of either environment)? Tokens never do."""
    return text.startswith(("uji_", "lbg_"))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _not_valid() -> Unauthenticated:
    return Unauthenticated(
        {
            "id": "Kunci API ini tidak berlaku di sini. Periksa kunci dan lingkungannya (uji_ atau lbg_).",
            "en": "This API key is not valid here. Check the key and its environment (uji_ or lbg_).",
        },
        code="key_invalid",
    )
