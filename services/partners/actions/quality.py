"""Endpoints of partners that do not take what they subscribed to; for the operator's page of data quality."""

from collections.abc import Iterator
from functools import partial

from services.partners.actions.house import House
from shared import clock
from shared.http.quality import Checks, Doubt


def checks(house: House) -> Checks:
    return {"ENDPOINT_FAILING": partial(_failing, house), "ENDPOINT_GIVEN_UP": partial(_given_up, house)}


def _failing(house: House) -> Iterator[Doubt]:
    active, called = {row["_id"]: row for row in house.subscriptions.active()}, house.organisations.everyone()
    for id, standing in house.subscriptions.standings(list(active)).items():
        if standing["failing_since"] is not None:
            yield Doubt(id, called[active[id]["organisation_id"]]["name"], standing["failing_since"].date())


def _given_up(house: House) -> Iterator[Doubt]:
    """After five days of failing; the partner was told how to go on."""
    called = house.organisations.everyone()
    for row in house.subscriptions.given_up():
        yield Doubt(row["_id"], called[row["organisation_id"]]["name"], clock.day_of(row["updated_at"]))
