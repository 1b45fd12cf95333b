"""The table of distances, and how matching reads it."""

from itertools import product
from pathlib import Path

import pytest

from deploy.data import distances as derived
from services.matching.matcher.pathway.distances import UNKNOWN_KM, Distances
from shared.codes import regencies

FILE = Path(derived.__file__).with_name("distances.csv")


@pytest.fixture(scope="module")
def table() -> Distances:
    return Distances.read(FILE)


def test_the_file_is_what_the_script_derives(capsys: pytest.CaptureFixture[str]) -> None:
    derived.main()
    assert capsys.readouterr().out == FILE.read_text(encoding="utf-8")


def test_every_regency_of_the_province_has_a_distance_to_every_other(table: Distances) -> None:
    codes = [code for code in regencies.table() if regencies.in_ntt(code)]
    assert len(codes) == 22
    assert all(table.km(a, b) is not None for a, b in product(codes, codes))


def test_distances_are_the_same_both_ways_and_nothing_at_home(table: Distances) -> None:
    for a, b in product(derived.CENTRES, derived.CENTRES):
        assert table.km(a, b) == table.km(b, a)
        assert (table.km(a, b) == 0) is (a == b)


def test_no_way_over_a_third_town_is_shorter(table: Distances) -> None:
    for a, via, b in product(derived.CENTRES, repeat=3):
        direct, first, second = table.km(a, b), table.km(a, via), table.km(via, b)
        assert direct is not None and first is not None and second is not None
        assert direct <= first + second


def test_distances_are_plausible(table: Distances) -> None:
    """Against distances that travellers know: Larantuka to Maumere, Kupang to SoE, Waingapu to Waikabubak."""
    for a, b, about in (("53.06", "53.07", 140), ("53.71", "53.02", 110), ("53.11", "53.12", 140)):
        assert table.km(a, b) == pytest.approx(about, rel=0.25)


def test_online_is_no_distance_and_what_is_not_in_the_table_is_not_known(table: Distances) -> None:
    assert table.km("53.06", None) == 0
    assert table.km(None, None) == 0
    assert table.km("53.06", "91.01") is None
    assert table.km(None, "53.06") is None
    assert table.km("91.01", "91.01") == 0
    assert table.row("53.06", ["53.06", None, "91.01"]).tolist() == [0, 0, UNKNOWN_KM]


def test_no_known_way_is_as_long_as_an_unknown_one(table: Distances) -> None:
    known = [km for a, b in product(derived.CENTRES, repeat=2) if (km := table.km(a, b)) is not None]
    assert max(known) < UNKNOWN_KM


def test_a_line_that_is_no_distance_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "distances.csv"
    broken.write_text("from,to,km\n53.06,53.07,far\n", encoding="utf-8")
    with pytest.raises(ValueError, match="53.06"):
        Distances.read(broken)
