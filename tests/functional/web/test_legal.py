"""The law that documents rest on, and what a change of it means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qms.bootstrap import QMS
from qms.usecases import legislating
from tests import house
from tests.functional.web.conftest import Browser

Browse = Callable[..., Browser]

INSTRUMENTS = [
    {
        "number": "123/2015/NĐ-CP",
        "type": "Nghị định",
        "title": "Chi tiết Luật Hộ tịch",
        "issued": "2015-11-15",
        "effective": "2016-01-01",
    },
    {
        "number": "18/2026/NĐ-CP",
        "type": "Nghị định",
        "title": "",
        "issued": "2026-01-10",
        "effective": "2026-01-15",
    },
]
RELATIONS = [
    {
        "source": "18/2026/NĐ-CP",
        "kind": "amends",
        "target": "123/2015/NĐ-CP",
        "target_provisions": "art_2",
        "from": "2026-01-15",
    }
]


def table(name: str, rows: list[dict[str, str]]) -> legislating.Table:
    return legislating.Table(name, frozenset(rows[0]), list(enumerate(rows, 2)))


@pytest.fixture
def law(qms: QMS) -> str:
    """Return a document issued before the decree it cites was amended."""
    with qms.work(qms.shell("thuky")) as work:
        legislating.take_in(work, [table("vb.csv", INSTRUMENTS), table("qh.csv", RELATIONS)])
    return house.issued(qms, by=house.decision("10/QĐ-UBND", date(2026, 1, 5)))


def test_the_list_is_searched_and_counts_who_cites(law: str, browse: Browse) -> None:
    page = browse("doc").get("/legal?q=123/2015").text
    assert "123/2015/NĐ-CP" in page
    assert ">18/2026/NĐ-CP</a>" not in page
    assert 'data-label="Tài liệu viện dẫn">1<' in page


def test_an_instrument_shows_what_changed_it_and_who_cites_it(law: str, browse: Browse) -> None:
    page = browse("doc").get("/legal/123/2015/NĐ-CP").text
    assert "Được sửa đổi, bổ sung bởi" in page
    assert "Điều 2" in page
    assert f"/documents/{law}" in page


def test_the_impact_of_a_change_names_document_and_deadline(law: str, browse: Browse) -> None:
    page = browse("thuky").get("/legal/18/2026/NĐ-CP/impact").text
    assert f"/documents/{law}" in page
    assert "15/04/2026" in page
    assert "Cần rà soát" in page


def test_a_document_shows_what_became_of_its_basis(law: str, browse: Browse) -> None:
    page = browse("doc").get(f"/documents/{law}").text
    assert "Cần rà soát" in page
    before = browse("doc").get(f"/documents/{law}?on=2026-01-10").text
    assert "Cần rà soát" not in before


def test_an_unknown_instrument_is_told(browse: Browse) -> None:
    assert browse("doc").get("/legal/999/2020/NĐ-CP").status_code == 404
