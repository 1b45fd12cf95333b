"""For the routes of imports: what may be in a file of this house; the rest is as in every import door."""

from collections.abc import Mapping

from marshmallow import Schema

from services.placement.schemas.companies import CompanyInSchema, PartnerInSchema
from services.placement.schemas.job_orders import OrderInSchema
from services.placement.schemas.policies import PolicyFileSchema
from shared.http.fields import Code
from shared.imports import answers

ITEMS: Mapping[str, Schema] = {
    "COMPANIES": CompanyInSchema(),
    "FOREIGN_PARTNERS": PartnerInSchema(),
    "JOB_ORDERS": OrderInSchema(),
    "POLICIES": PolicyFileSchema(),
}
"""Kind of file → what each of its items must be."""


class WantedSchema(answers.WantedSchema):
    """What is in the file and what to do with it."""

    kind = Code(tuple(ITEMS), required=True)
