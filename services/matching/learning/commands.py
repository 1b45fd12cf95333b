"""Whoever is responsible for the ranking works with these: ``python -m services.matching fit | compare | promote | …``.

They need MongoDB and the folder of models, no Kafka. Everything printed is sums; a group below ten people is not shown.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from services.matching.learning.exam import Exam
from services.matching.learning.fitting import SERVING, Learning, Refused, TooFewOutcomes
from services.matching.matcher.ranking.artefact import UnreadableArtefact
from services.matching.matcher.ranking.ranking import UnfitModel
from services.matching.rankings import UnknownModel
from services.matching.settings import Settings
from services.matching.store import SPECS
from shared import clock, logs
from shared.documents.mongo import Database, Document
from shared.settings import SettingMissing, read

NAMES = ("fit", "compare", "promote", "rollback", "show")
_TROUBLE = (Refused, TooFewOutcomes, UnknownModel, UnreadableArtefact, UnfitModel)


def main(argv: Sequence[str], environ: Mapping[str, str] = os.environ) -> int:
    """Run one command; returns the exit code. Trouble is told in one sentence a line on standard error."""
    arguments = _parser().parse_args(argv)
    try:
        settings = read(Settings, environ)
        if settings.lumbung_models is None:
            raise SettingMissing("LUMBUNG_MODELS is missing: the folder of fitted models, /var/lib/lumbung/models.")
    except SettingMissing as error:
        print(error, file=sys.stderr)
        return 2
    logs.setup(house="matching", process=arguments.command, level=settings.lumbung_log_level)
    clock.follow(settings.lumbung_clock_file)
    database = Database(settings.mongodb_uri, settings.mongodb_database)
    try:
        database.ensure(SPECS)
        _COMMANDS[arguments.command](Learning(database, settings.lumbung_models), arguments)
    except _TROUBLE as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        database.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m services.matching")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("fit", help="learn from everything known; prints the fingerprint, changes no ranking")
    two = commands.add_parser("compare", help="two models on the same people, from whom none of them learned")
    two.add_argument("one", help="a fingerprint, `cards` or `serving`")
    two.add_argument("other", nargs="?", default=SERVING, help="the same; what is in force unless given")
    promote = commands.add_parser("promote", help="put a model in force, if it passes")
    promote.add_argument("fingerprint")
    back = commands.add_parser("rollback", help="put in force what was before")
    for command in (promote, back):
        command.add_argument("--by", required=True, help="who is responsible")
        command.add_argument("--why", required=True, help="one sentence for the record")
    commands.add_parser("show", help="all fits, and what was in force when")
    return parser


def _fit(learning: Learning, arguments: argparse.Namespace) -> None:
    fingerprint, facts = learning.fit()
    print(f"{fingerprint}: learned from {facts['rows']} rows with {facts['outcomes']} outcomes.")
    _print([(fingerprint, facts["metrics"])])


def _compare(learning: Learning, arguments: argparse.Namespace) -> None:
    exams: list[Exam] = learning.compare(arguments.one, arguments.other)
    _print([(exam.fingerprint, exam.as_facts()) for exam in exams])


def _promote(learning: Learning, arguments: argparse.Namespace) -> None:
    row = learning.promote(arguments.fingerprint, by=arguments.by, why=arguments.why)
    print(f"{row['fingerprint']} is in force (promotion {row['_id']}); processes take it up with their next answer.")


def _rollback(learning: Learning, arguments: argparse.Namespace) -> None:
    row = learning.roll_back(by=arguments.by, why=arguments.why)
    print(f"{row['fingerprint']} is in force again (promotion {row['_id']}).")


def _show(learning: Learning, arguments: argparse.Namespace) -> None:
    for row in learning.models.history():
        at = row["at"].isoformat(timespec="minutes")
        print(f"{row['_id']:4}  {at}  {row['action']:8}  {row['fingerprint']}  {row['by']}: {row['why']}")
    fits = learning.models.fits()
    if not fits:
        print("Nothing was fitted yet; the cards rank alone.")
    for fit in fits:
        print(f"{fit['_id']}: fitted {fit['fitted_at'].isoformat(timespec='minutes')}, {fit['outcomes']} outcomes")
        _print([(fit["_id"], fit["metrics"])])


def _print(exams: Sequence[tuple[str, Document]]) -> None:
    """Models side by side, one measure a line."""
    lines = [
        ("", [name for name, _ in exams]),
        ("lists with an outcome", [f"{facts['lists']}" for _, facts in exams]),
        ("people", [f"{facts['people']}" for _, facts in exams]),
        ("nDCG@10", [f"{facts['ndcg']:.3f}" for _, facts in exams]),
        ("the same, had all lines been read (SNIPS)", [f"{facts.get('snips', 0.0):.3f}" for _, facts in exams]),
        ("calibration error", [f"{facts['calibration_error']:.3f}" for _, facts in exams]),
        ("exposure Gini", [f"{facts['exposure_gini']:.3f}" for _, facts in exams]),
    ]
    for group, parts in exams[0][1]["slices"].items():
        for name, part in parts.items():
            values = [f"{facts['slices'][group][name]['ndcg']:.3f}" for _, facts in exams]
            lines.append((f"nDCG@10, {group} {name} ({part['people']})", values))
    for name, values in lines:
        print(f"{name:44}" + "".join(f"{value:>26}" for value in values))


_COMMANDS = {"fit": _fit, "compare": _compare, "promote": _promote, "rollback": _rollback, "show": _show}
