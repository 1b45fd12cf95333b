"""`./lumbung letter`: a letter is checked without a network, by the keys of the home or by keys that were fetched."""

import base64
import json
from pathlib import Path

import pytest

from deploy.local import letters
from deploy.local.folders import Home
from deploy.local.problems import Fault
from deploy.local.secrets import Secrets
from shared import slips

FACTS = ["2026-12-01", "2026-12-27", "Y.T.", "KUPANG", "BLK Contoh", "53.71"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.make()
    return home


def a_line(home: Home, facts: list[str] = FACTS) -> str:
    seal = slips.SlipSigner(base64.b64decode(Secrets(home.secrets).key(letters.KEY)))
    code = slips.new_code()
    return f"https://konsol.test/surat/{code}#{seal.slip(code, facts)}"


def test_the_text_of_the_square_code_and_a_file_with_it_are_read(home: Home, tmp_path: Path) -> None:
    line = a_line(home)
    (tmp_path / "surat.pdf").write_bytes(b"%PDF-1.7 \xff <pdf:Keywords>" + line.encode() + b"</pdf:Keywords>")
    for what in (line, f"  {line}\n", str(tmp_path / "surat.pdf")):
        found = letters.check(what, letters.home_keys(home))
        assert (found.initials, found.destination, found.valid_until.isoformat()) == ("Y.T.", "BLK Contoh", FACTS[1])


def test_a_letter_outlives_the_key_that_signed_it(home: Home) -> None:
    before = a_line(home)
    for _ in range(2):
        letters.rotate(home)
    after = a_line(home)
    assert before.split("#")[1][:6] != after.split("#")[1][:6]
    for line in (before, after):
        assert letters.check(line, letters.home_keys(home)).initials == "Y.T."
    assert len(letters.home_keys(home)) == 3
    assert {path.stat().st_mode & 0o777 for path in home.secrets.iterdir()} == {0o600}


def test_fetched_keys_are_enough(home: Home, tmp_path: Path) -> None:
    line = a_line(home)
    (tmp_path / "keys.json").write_text(json.dumps(slips.key_set(letters.home_keys(home).values())))
    assert letters.check(line, letters.keys_in(tmp_path / "keys.json")).office == "KUPANG"


@pytest.mark.parametrize("text", ["", "[]", "{}", "no json"])
def test_a_file_without_keys_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys.json").write_text(text)
    with pytest.raises(Fault, match="holds no keys"):
        letters.keys_in(tmp_path / "keys.json")


def test_what_is_not_genuine_is_told(home: Home, tmp_path: Path) -> None:
    line, keys = a_line(home), letters.home_keys(home)
    other = Home(tmp_path / "other")
    other.make()
    head, slip = line.split("#")
    stolen = a_line(home).split("#")[1]
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7")
    for what, why in (
        (f"{head}#{stolen}", "changed"),
        (a_line(other), "not known here"),
        (f"{head[:-1]}9#{slip}" if head[-1] != "9" else f"{head[:-1]}8#{slip}", "cannot be read"),
        (a_line(home, ["x"]), "cannot be read"),
        (a_line(home, ["2026-13-01", *FACTS[1:]]), "cannot be read"),
        (slips.new_code(), "short code alone"),
        ("hello", "no file"),
        ("\0", "no file"),
        ("x" * 5000, "no file"),
        (str(tmp_path / "scan.pdf"), "holds no signed letter"),
        (str(tmp_path), "no file"),
    ):
        with pytest.raises(Fault, match=why):
            letters.check(what, keys)


def test_before_the_first_start_there_is_no_key_to_change(home: Home) -> None:
    assert letters.home_keys(home) == {}
    with pytest.raises(Fault, match="No letter"):
        letters.rotate(home)
