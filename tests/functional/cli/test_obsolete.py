"""``legal obsolete``: what needs work, as JSON by contract and in words for people."""

from __future__ import annotations

from qms.model.enums import ObsoleteKind
from tests.functional.cli.conftest import Terminal


def test_every_document_is_listed_with_why(sample: Terminal) -> None:
    found = sample("legal", "obsolete", "--json").json
    assert set(found) == {"on", "examined", "counts", "documents"}
    assert found["documents"]
    for document in found["documents"]:
        assert {"document", "code", "title", "type", "revision", "unit", "why"} == set(document)
        for why in document["why"]:
            assert {"kind", "what", "since", "by", "message"} == set(why)
            assert why["kind"] in set(ObsoleteKind)
            assert why["message"]
    assert sum(found["counts"].values()) >= len(found["documents"])


def test_the_sample_tells_the_decree_that_was_amended(sample: Terminal) -> None:
    answer = sample("legal", "obsolete", "--kind", "suspect_basis")
    assert answer.code == 0
    assert "123/2015/NĐ-CP" in answer.out
    assert "18/2026/NĐ-CP" in answer.out
    assert "mở đợt rà soát" in answer.out


def test_nothing_is_told_of_a_day_before_anything_applied(sample: Terminal) -> None:
    found = sample("legal", "obsolete", "--on", "2019-01-01", "--json").json
    assert (found["examined"], found["documents"]) == (0, [])
