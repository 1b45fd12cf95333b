"""For the routes of imports: what may be in a file of this house; the rest is as in every import door."""

from collections.abc import Mapping

from marshmallow import Schema

from services.placement.schemas.companies import CompanyIn, PartnerIn
from services.placement.schemas.job_orders import OrderIn
from services.placement.schemas.policies import PolicyFile
from shared.http.fields import Code
from shared.imports import answers

ITEMS: Mapping[str, Schema] = {
    "COMPANIES": CompanyIn(),
    "FOREIGN_PARTNERS": PartnerIn(),
    "JOB_ORDERS": OrderIn(),
    "POLICIES": PolicyFile(),
}
"""Kind of file → what each of its items must be."""


class Wanted(answers.Wanted):
    """What is in the file and what to do with it."""

    kind = Code(tuple(ITEMS), required=True)
