"""Routes of the public figures: read by everybody, written by whoever manages the province's agreements."""

from typing import Any

from services.matching.actions import figures as actions
from services.matching.api.context import current_caller, house
from services.matching.schemas import figures as schemas
from shared.http.blueprints import Blueprint
from shared.http.callers import public
from shared.http.idempotency import idempotent

blp = Blueprint("figures", __name__, description="Public figures, frozen editions and promises of the forum")


@blp.route("/v1/figures", methods=["GET"])
@public
@blp.response(200, schemas.FiguresSchema)
def figures() -> Any:
    """People by home regency and step of the way; fewer than ten are withheld, and what would give them away"""
    return actions.show(house())


@blp.route("/v1/editions", methods=["GET"])
@public
@blp.response(200, schemas.EditionsSchema)
def editions() -> Any:
    """The editions that were frozen for a forum, the newest first"""
    return actions.editions(house())


@blp.route("/v1/editions", methods=["POST"])
@blp.arguments(schemas.EditionInSchema)
@blp.response(201, schemas.EditionSchema)
@idempotent(show=lambda day: actions.edition(house(), day))
def frozen(data: dict[str, Any]) -> Any:
    """Freeze the newest figures and all promises, for good"""
    return actions.freeze(current_caller(), house(), data)


@blp.route("/v1/editions/<day>", methods=["GET"])
@public
@blp.response(200, schemas.EditionSchema)
def edition(day: str) -> Any:
    """An edition as it was frozen, its corrections, and what became of its promises"""
    return actions.edition(house(), day)


@blp.route("/v1/editions/<day>/corrections", methods=["POST"])
@blp.arguments(schemas.CorrectionInSchema)
@blp.response(200, schemas.EditionSchema)
def corrected(data: dict[str, Any], day: str) -> Any:
    """Say what is wrong in an edition; its numbers stay, and the same words sent again stand there once"""
    return actions.correct(current_caller(), house(), day, data["text"])


@blp.route("/v1/promises", methods=["GET"])
@public
@blp.response(200, schemas.PromisesSchema)
def promises() -> Any:
    """What was promised in the forum, and whether it was kept"""
    return actions.promises(house())


@blp.route("/v1/promises", methods=["POST"])
@blp.arguments(schemas.PromiseInSchema)
@blp.response(201, schemas.PromiseSchema)
@idempotent(show=lambda id: actions.promise(house(), id))
def promised(data: dict[str, Any]) -> Any:
    """Write down what was promised, by which office, until when"""
    return actions.promised(current_caller(), house(), data)


@blp.route("/v1/promises/<promise_id>/kept", methods=["POST"])
@blp.arguments(schemas.PromiseKeptSchema)
@blp.response(200, schemas.PromiseSchema)
def kept(data: dict[str, Any], promise_id: str) -> Any:
    """It was kept, on that day"""
    return actions.kept(current_caller(), house(), promise_id, data["kept_on"])
