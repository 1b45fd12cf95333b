"""For every action: the rooms it may use, handed over by ``app.py``, and the few steps that all actions share."""

from dataclasses import dataclass
from typing import Any

from services.placement import problems
from services.placement.store.bookings import Bookings
from services.placement.store.companies import Companies, Partners
from services.placement.store.concerns import Concerns
from services.placement.store.job_orders import JobOrders
from services.placement.store.judgements import Judgements, Trail
from services.placement.store.policies import Policies
from services.placement.store.typed import Typed
from shared.documents.aggregates import StaleVersion
from shared.documents.mongo import Database
from shared.http.callers import Caller
from shared.http.keys import KeyStore
from shared.imports import Imports
from shared.jobs import Jobs
from shared.words import Words

Document = dict[str, Any]

COMPANY = "company"
"""The kind of callers that an API key of this house makes."""


@dataclass(frozen=True, slots=True)
class House:
    """The rooms of the house over one database."""

    database: Database
    companies: Companies
    partners: Partners
    job_orders: JobOrders
    bookings: Bookings
    policies: Policies
    concerns: Concerns
    judgements: Judgements
    trail: Trail
    typed: Typed
    imports: Imports
    keys: KeyStore
    jobs: Jobs
    words: Words


def own_only(caller: Caller, company_id: str | None) -> None:
    """A company touches only what is its own; staff are not bound to a company.

    Raises:
        NotYours: the caller is a company and this belongs to another one, or to none.
    """
    if caller.kind == COMPANY and caller.organisation != company_id:
        raise problems.NotYours(
            {
                "id": "Ini milik perusahaan lain. Masuk atau pakai kunci perusahaan yang bersangkutan.",
                "en": "This belongs to another company. Sign in or use a key as the company concerned.",
            }
        )


def guard(document: Document, version: int | None) -> None:
    """Stop when what the caller looked at has changed since. ``version`` None: the caller did not say.

    Raises:
        Stale: with the version that stands.
    """
    if version is not None and document["version"] != version:
        raise StaleVersion(document["version"])
