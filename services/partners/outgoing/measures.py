"""What an operator sees of deliveries at `/metrics` of the `work` process."""

from prometheus_client import Counter, Gauge, Histogram

TRIES = Counter("lumbung_deliveries_tried_total", "Tries of deliveries to partners", ["result"])
AFTER = Histogram(
    "lumbung_delivery_after_seconds",
    "From hearing of an event to its delivery at the first try",
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 600),
)
BEHIND = Gauge("lumbung_deliveries_behind", "Events that the subscription furthest behind has still to be sent")
FAILING = Gauge("lumbung_endpoints_failing", "Endpoints whose last delivery failed")
PARKED = Gauge("lumbung_changes_parked", "Changes kept from the feed until a document that they belong to is heard of")


def unknown() -> None:
    """Not a number: only the deliverer that holds the lease knows."""
    for gauge in (BEHIND, FAILING):
        gauge.set(float("nan"))


PARKED.set(float("nan"))
unknown()
