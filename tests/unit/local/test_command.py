"""The command as a person types it, as far as it needs nothing to run."""

import base64
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.local import ports, state
from deploy.local.command import app
from deploy.local.folders import Home
from deploy.local.site import Site


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("LUMBUNG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("LUMBUNG_ENV", raising=False)
    return Home(tmp_path / "home")


def say(*words: str) -> tuple[int, str]:
    """Exit code and everything that was printed."""
    answer = CliRunner().invoke(app, words)
    return answer.exit_code, answer.output


def test_a_token_carries_the_person_the_centre_and_the_scopes_of_the_role(home: Home) -> None:
    code, said = say("token", "--role", "officer", "--as", "Maria Goreti", "--centre", "KUPANG")
    assert code == 0
    body = said.strip().split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    assert (claims["role"], claims["name"], claims["centre"]) == ("officer", "Maria Goreti", "KUPANG")
    assert "candidates:write" in claims["scope"].split()


def test_scopes_can_be_chosen_one_by_one(home: Home) -> None:
    _, said = say("token", "--role", "officer", "--as", "Maria", "--scope", "trail:read")
    body = said.strip().split(".")[1]
    assert json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))["scope"] == "trail:read"


def test_a_token_is_refused_outside_development(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMBUNG_ENV", "production")
    code, said = say("token", "--role", "officer", "--as", "Maria")
    assert code == 1
    assert "refused outside development" in said
    assert not list(home.issuer.iterdir())


def test_an_unknown_role_is_answered_with_the_ones_there_are(home: Home) -> None:
    code, said = say("token", "--role", "boss", "--as", "Maria")
    assert code == 1
    assert "There is no role boss." in said
    assert "officer" in said


def test_status_says_that_nothing_runs_with_a_code_of_its_own(home: Home) -> None:
    assert say("status") == (3, f"  Nothing runs in {home.path}.\n")


def test_status_for_machines_is_json(home: Home) -> None:
    code, said = say("status", "--json")
    assert (code, json.loads(said)["running"]) == (3, False)


def test_down_tidies_up_after_a_crash(home: Home) -> None:
    home.make()
    state.write(home, state.State(pid=1, since="2026-11-24 08:00:00", mongodb="m", kafka="k"))
    code, said = say("down")
    assert code == 0
    assert state.read(home) is None


def test_logs_of_a_name_that_is_not_there_list_those_that_are(home: Home) -> None:
    home.make()
    (home.logs / "registry-web.log").write_text("hello\n")
    code, said = say("logs", "regstry")
    assert code == 1
    assert "There are: registry-web" in said


def test_logs_show_the_last_lines_of_every_process_of_a_house(home: Home) -> None:
    home.make()
    (home.logs / "registry-web.log").write_text("one\ntwo\nthree\n")
    (home.logs / "registry-work.log").write_text('{"level": "INFO", "message": "at work"}\n')
    (home.logs / "training-web.log").write_text("not asked for\n")
    code, said = say("logs", "registry", "-n", "2")
    assert code == 0
    assert "one" not in said
    assert "registry web   │ three" in said
    assert "registry work  │ at work" in said
    assert "not asked for" not in said


def test_a_folder_that_is_not_there_is_refused_before_anything_starts(home: Home) -> None:
    code, said = say("demo", "/nowhere")
    assert code == 1
    assert "/nowhere is no folder." in said


def test_show_and_topics_need_a_lumbung_that_runs(home: Home) -> None:
    for words in (("show", "LB-2026-000001"), ("topics",)):
        code, said = say(*words)
        assert code == 1
        assert "Lumbung does not run." in said
        assert "make run" in said


def test_imported_names_stand_in_the_home_and_every_house_is_told_where(home: Home, tmp_path: Path) -> None:
    table = tmp_path / "kbji.csv"
    table.write_text("kode,judul\n9999.01,Penjaga Contoh Bulan\n")
    code, said = say("vocabulary", "import", "--kbji", str(table))
    assert code == 0, said
    assert "1 names of occupations" in said
    home.make()
    site = Site(home=home, ports=ports.free())
    assert site.environment("registry")["LUMBUNG_WORDS"] == str(home.vocabulary)


@pytest.mark.parametrize(
    ("words", "said"),
    [((), "Say --esco FOLDER, --kbji FILE, or both."), (("--esco", "/no/such/folder"), "cannot be read")],
)
def test_an_import_that_cannot_be_says_what_to_type(home: Home, words: tuple[str, ...], said: str) -> None:
    code, answer = say("vocabulary", "import", *words)
    assert (code, said in " ".join(answer.split())) == (1, True)
