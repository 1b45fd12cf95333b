"""From answers given and outcomes heard to a model in force: by command, on a real database, without a restart."""

import base64
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from flask.testing import FlaskClient

from services.matching.app import create_app
from services.matching.learning import commands
from services.matching.learning.fitting import Learning
from services.matching.matcher.ltr.examples import Grade, PersonExample, held_out
from services.matching.matcher.ltr.fit import fit
from services.matching.matcher.ranking.artefact import fingerprint_of, save
from services.matching.matcher.ranking.features.affinity import SkillAffinity
from services.matching.matcher.ranking.model import Fitted
from services.matching.rankings import Rankings
from services.matching.settings import Settings
from services.matching.store import SPECS, changes, read_models, records
from services.matching.store.exposures import Exposures
from services.matching.store.models import CARDS, Models
from shared import clock
from shared.documents.mongo import Database
from shared.house import PLUMBING
from shared.http.tokens import DevelopmentIssuer
from tests.builders import a_person_payload
from tests.support import today
from tests.unit.matching.learning.some_examples import ORDER_CARD, some_examples

if TYPE_CHECKING:
    from deploy.local.stack import Stack

PEOPLE = 200
_STATES = {4: "APPLIED", 5: "APPLIED", 6: "DEPARTED"}


@dataclass(frozen=True, slots=True)
class Place:
    """One database with a folder of models; `officer` asks the house, `run` gives commands."""

    database: Database
    environ: dict[str, str]
    officer: FlaskClient
    models: Path

    def run(self, *arguments: str) -> int:
        return commands.main(arguments, self.environ)

    def model(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.officer.get("/v1/model").get_json()
        return answer


@pytest.fixture(scope="module")
def place(stack: "Stack", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    issuer = DevelopmentIssuer(tmp_path_factory.mktemp("issuer"), environment="development")
    database = Database(stack.mongodb_admin_uri, f"test_{uuid.uuid4().hex[:12]}")
    database.ensure([*PLUMBING, *SPECS])
    models = tmp_path_factory.mktemp("models")
    environ = {
        "LUMBUNG_ENV": "development",
        "LUMBUNG_CLOCK_FILE": str(today.CLOCK_FILE),
        "MONGODB_URI": stack.mongodb_admin_uri,
        "MONGODB_DATABASE": database.name,
        "KAFKA_BOOTSTRAP": stack.bootstrap,
        "KAFKA_USERNAME": "matching",
        "KAFKA_PASSWORD": "unused",
        "HTTP_PORT": "0",
        "OIDC_JWKS": str(issuer.jwks_path),
        "SNAPSHOT_KEY": base64.b64encode(b"s" * 32).decode(),
        "LUMBUNG_MODELS": str(models),
    }
    settings = Settings(
        lumbung_env="development",
        mongodb_uri=stack.mongodb_admin_uri,
        mongodb_database=database.name,
        kafka_bootstrap=stack.bootstrap,
        kafka_username="matching",
        kafka_password="unused",
        http_port=0,
        oidc_jwks=str(issuer.jwks_path),
        snapshot_key=b"s" * 32,
        lumbung_models=models,
    )
    officer = create_app(settings, database=database).test_client()
    officer.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issuer.mint('officer', 'Ana Petugas', 'KUPANG')}"
    yield Place(database, environ, officer, models)
    database.raw.client.drop_database(database.name)
    database.close()


def live_through(database: Database, people: int = PEOPLE) -> None:
    """Everybody was shown five orders once; what came of it is told as the topics tell it. No record was noted yet."""
    examples = some_examples(people)
    given: dict[str, list[dict[str, Any]]] = {}
    applications = []
    for row in range(len(examples)):
        known = {
            name: float(value)
            for name, value in zip(ORDER_CARD.columns, examples.table[row], strict=True)
            if value == value
        }
        person, order = str(examples.person[row]), str(examples.offer[row])
        rank = 1 + len(given.setdefault(person, []))
        line = {"id": order, "rank": rank, "propensity": rank**-0.5, "family": str(examples.family[row])}
        given[person].append({**line, "score": 0.0, "columns": known})
        state = _STATES.get(int(examples.grade[row]))
        if state:
            told = {"candidate_id": person, "job_order_id": order, "state": state, "reserved": False, "version": 1}
            applications.append({"_id": f"{person}/{order}", **told})
    nothing: dict[str, list[str]] = {"orders": [], "courses": []}
    database.collection(records.SNAPSHOTS).insert_many(
        {
            "_id": f"answer-{person}",
            "candidate_id": person,
            "given_at": clock.now(),
            "answer": {},
            "seen": {"orders": lines, "courses": [], "begun": nothing, "others": {}},
        }
        for person, lines in given.items()
    )
    database.collection(read_models.APPLICATIONS).insert_many(applications)
    database.collection(read_models.PEOPLE).insert_many(
        {**a_person_payload(id=person, sex="F" if number % 2 else "M"), "_id": person}
        for number, person in enumerate(given)
    )


def test_the_life_of_a_model(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert place.run("fit") == 1
    assert "The cards rank alone" in capsys.readouterr().err
    cards = place.model()
    assert cards["fingerprint"].startswith("card-") and cards["promotion"] is None

    live_through(place.database)
    assert place.run("fit") == 0
    fingerprint = capsys.readouterr().out.partition(":")[0]
    assert fingerprint.startswith("model-")
    assert place.run("fit") == 0
    assert capsys.readouterr().out.startswith(fingerprint), "the same topics give the same fingerprint"
    fitted = place.model()
    assert {**fitted, "fits": []} == cards, "a fit changes no ranking"
    assert [one["fingerprint"] for one in fitted["fits"]] == [fingerprint]
    assert {one["gate"]: one["passed"] for one in fitted["fits"][0]["gates"]} == {"PEOPLE": True, "CALIBRATION": True}

    assert place.run("compare", fingerprint, CARDS) == 0
    compared = capsys.readouterr().out
    assert "calibration error" in compared and "exposure Gini" in compared and "sex F" in compared

    assert place.run("promote", fingerprint, "--by", "Ana", "--why", "Lulus ujian.") == 0
    assert "in force" in capsys.readouterr().out
    serving = place.model()
    assert serving["fingerprint"] == fingerprint, "no restart"
    assert (serving["promotion"]["by"], serving["promotion"]["why"]) == ("Ana", "Lulus ujian.")
    assert [one["ndcg"] for one in serving["examined"]] == [serving["metrics"]["ndcg"]] * 2, "compared, then promoted"
    assert serving["metrics"]["people"] > 10 and set(serving["metrics"]["slices"]) == {
        "age",
        "education",
        "island",
        "sex",
    }

    assert place.run("rollback", "--by", "Ana", "--why", "Coba lagi.") == 0
    assert place.model()["fingerprint"] == cards["fingerprint"]
    assert [one["action"] for one in place.model()["history"]] == ["ROLLBACK", "PROMOTE"]
    assert place.run("rollback", "--by", "Ana", "--why", "Lagi.") == 1
    assert place.run("show") == 0
    shown = capsys.readouterr().out
    assert "PROMOTE" in shown and "ROLLBACK" in shown and "Coba lagi." in shown


def test_a_model_that_fails_its_examination_is_not_put_in_force(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fit of turned-round outcomes says what never comes."""
    examples = some_examples(120)
    turned = replace(examples, grade=np.where(examples.grade == 0, int(Grade.PLACED), 0))
    wrong = Fitted(fit(turned, ORDER_CARD, "orders"), None)
    save(wrong, place.models)
    models = Models(place.database)
    models.keep(fingerprint_of(wrong), {"rows": 1, "outcomes": 1, "metrics": {}})
    before = models.in_force()
    assert place.run("promote", fingerprint_of(wrong), "--by", "Ana", "--why", "Coba.") == 1
    assert "calibration error" in capsys.readouterr().err
    assert models.in_force() == before


def test_what_became_of_noted_records_is_fitted_kept_and_served(place: Place) -> None:
    """Half of the answers noted the record; what suits whom has tests of its own and is quick here."""
    snapshots = place.database.collection(records.SNAPSHOTS)
    for row in list(snapshots.find({"_id": {"$regex": "[02468]$"}})):
        lines = [{**line, "units": ["5322"]} for line in row["seen"]["orders"]]
        record = [{"code": "CARE_ELDERLY", "level": 0.9}]
        snapshots.update_one({"_id": row["_id"]}, {"$set": {"seen.orders": lines, "seen.record": record}})
    taught: list[list[PersonExample]] = []

    def suits(people: list[PersonExample]) -> SkillAffinity:
        taught.append(people)
        shipped = SkillAffinity.shipped()
        return replace(shipped, share=np.round(shipped.share / 2, 3))

    fingerprint, _ = Learning(place.database, place.models, suits).fit()
    everybody, folds = taught[0], taught[1:]
    assert len(everybody) > 30 and not any(held_out(one.person) for one in everybody)
    assert {one.codes for one in everybody} == {("CARE_ELDERLY",)}
    assert len(folds) == 5 and sum(map(len, folds)) == 4 * len(everybody), "nobody teaches their own fold"
    served = Rankings(Models(place.database), place.models).named(fingerprint)
    assert served.suits.digest != SkillAffinity.shipped().digest, "the table travels with the model"
    assert served.suits.share.sum() == pytest.approx(SkillAffinity.shipped().share.sum() / 2, rel=0.05)


@pytest.mark.parametrize("unknown", ["model-0123456789abcdef", "../secrets", ""])
def test_only_a_known_fingerprint_is_ever_read(place: Place, unknown: str, capsys: pytest.CaptureFixture[str]) -> None:
    (place.models / "model-0123456789abcdef.skops").write_bytes(b"not in the list")
    assert place.run("compare", unknown, CARDS) == 1
    assert "not in the list of fits" in capsys.readouterr().err


def test_a_model_that_cannot_be_read_leaves_the_cards_to_rank(place: Place) -> None:
    models = Models(place.database)
    models.keep("model-gone", {"rows": 1, "outcomes": 1, "metrics": {}})
    models.promote("model-gone", {"by": "Ana", "why": "Berkasnya hilang."})
    answer = place.model()
    assert answer["fingerprint"].startswith("card-") and answer["promotion"]["fingerprint"] == "model-gone"
    models.roll_back({"by": "Ana", "why": "Kembali."})


def test_a_rollback_goes_one_step_further_back_each_time(place: Place) -> None:
    models = Models(place.database)
    for name in ("one", "two", "three"):
        models.promote(name, {"by": "Ana", "why": "Maju."})
    back = [models.roll_back({"by": "Ana", "why": "Mundur."}) for _ in range(2)]
    assert [row["fingerprint"] for row in back if row] == ["two", "one"]
    while models.roll_back({"by": "Ana", "why": "Sampai awal."}) is not None:
        pass
    last = models.in_force()
    assert last is not None and last["fingerprint"] == CARDS
    rankings, noted = Rankings(models, place.models), changes.news(place.database).promotion
    assert noted == last["_id"]
    assert rankings.noted(noted) is rankings.current() is rankings.noted(noted)


def test_a_person_counts_once_and_never_against_themselves(place: Place) -> None:
    here, elsewhere = Exposures(place.database), Exposures(place.database)
    here.add(["order-a", "order-b"])
    here.add(["order-a"])
    assert elsewhere.refresh() == here.refresh() == 2
    assert elsewhere.refresh() == 2, "nothing changed meanwhile"
    assert elsewhere.others({}) == here.others({})
    assert elsewhere.others({}) == {"order-a": 2.0, "order-b": 1.0}
    assert elsewhere.others({"order-a": clock.today()}) == {"order-a": 1.0, "order-b": 1.0}
    elsewhere.add(["order-b"])
    assert here.refresh() == 3
    assert here.others({})["order-b"] == 2.0
    noted = changes.news(place.database).exposures
    assert here.refresh(noted) == elsewhere.refresh(noted) == 3
    elsewhere.add(["order-b"])
    assert here.refresh(noted) == 3, "nothing is read where nothing was noted"
    assert here.refresh(changes.news(place.database).exposures) == 4
    assert here.others({})["order-b"] == 3.0


def test_without_a_folder_for_models_the_command_says_what_is_missing(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {name: value for name, value in place.environ.items() if name != "LUMBUNG_MODELS"}
    assert commands.main(["fit"], environ) == 2
    assert "LUMBUNG_MODELS" in capsys.readouterr().err
