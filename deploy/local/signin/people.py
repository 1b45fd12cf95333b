"""Whom one may be with one click: staff by the roles of deploy/roles.yaml, and people of organisations of now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import httpx

from shared.http.tokens import DevelopmentIssuer, roles

# Rules for two people need two names; a role that is not named here gets one made of its own name.
NAMES: dict[str, tuple[tuple[str, str | None], ...]] = {
    "officer": (("Ana Petugas", "KUPANG"), ("Beni Petugas", "MAUMERE")),
    "supervisor": (("Budi Pengawas", "KUPANG"), ("Citra Pengawas", "KUPANG")),
    "reviewer": (("Rina Peninjau", None), ("Rudi Peninjau", None)),
    "village_task_force": (("Dorce Gugus Tugas Desa", None),),
    "manager": (("Maya Pengelola", None),),
    "operator": (("Oka Operator", None),),
}
NOT_PEOPLE = ("system", "provider", "company")
MOST = 100


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be."""

    role: str
    name: str
    about: str
    centre: str | None = None
    organisation: str | None = None
    organisation_name: str | None = None

    @property
    def key(self) -> str:
        """What stands in the button."""
        return "|".join((self.role, self.name, self.organisation or ""))


def staff() -> Iterator[Person]:
    """People of offices."""
    for role in roles():
        if role in NOT_PEOPLE:
            continue
        for name, centre in NAMES.get(role, ((f"Contoh {role.replace('_', ' ').title()}", "KUPANG"),)):
            yield Person(role, name, f"{role} · LTSA {centre.title()}" if centre else role, centre=centre)


def members(issuer: DevelopmentIssuer, addresses: Mapping[str, str]) -> Iterator[Person]:
    """People of the training providers and companies that are entered now; none of a house that does not answer."""
    token = issuer.mint("reviewer", "Rina Peninjau")
    for role, house, path in (("provider", "training", "/v1/providers"), ("company", "placement", "/v1/companies")):
        if house not in addresses:
            continue
        try:
            answer = httpx.get(
                addresses[house] + path,
                params={"limit": MOST},
                headers={"Authorization": f"Bearer {token}"},
                timeout=3,
            )
            rows = answer.json().get("items", []) if answer.is_success else []
        except (httpx.HTTPError, ValueError):
            rows = []
        for row in rows:
            yield Person(role, f"Petugas {row['name']}", role, organisation=row["id"], organisation_name=row["name"])
