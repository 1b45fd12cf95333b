"""For the import door: what a file may hold, who may send it, and the action that takes one item in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from services.placement.actions import companies, job_orders, partners, policies
from services.placement.actions.house import Document, House
from services.placement.schemas.companies import CompanyIn, PartnerIn
from services.placement.schemas.job_orders import OrderIn
from services.placement.schemas.policies import PolicyFile
from shared.documents.mongo import Tx
from shared.http.callers import Caller

Put = Callable[[Tx, House, Caller, Mapping[str, Any]], tuple[Document, str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """``key`` names the field by which an item is recognised; any one of ``scopes`` lets a caller send such a file."""

    schema: Schema
    key: str
    scopes: tuple[str, ...]
    put: Put


KINDS: Mapping[str, Kind] = {
    "COMPANIES": Kind(
        CompanyIn(), "sip3mi", ("companies:write",), lambda tx, house, caller, data: companies.put(tx, house, data)
    ),
    "FOREIGN_PARTNERS": Kind(
        PartnerIn(), "code", ("companies:write",), lambda tx, house, caller, data: partners.put(tx, house, data)
    ),
    "JOB_ORDERS": Kind(OrderIn(), "code", ("job_orders:write", "job_orders:verify"), job_orders.put),
    "POLICIES": Kind(PolicyFile(), "code", ("policies:propose",), policies.put),
}
