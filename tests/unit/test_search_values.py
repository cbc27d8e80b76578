"""The values of search and its errors."""

from __future__ import annotations

import pickle

import pytest

from qms.errors import Fault
from qms.model.enums import DocumentType
from qms.model.search import (
    Hit,
    IndexBusy,
    IndexDamaged,
    IndexEntry,
    IndexOutdated,
    RevisionSet,
    SearchIndex,
)
from qms.stores.index.whoosh_index import WhooshIndex
from tests.fakes_index import FakeIndex


def test_an_entry_and_its_hit_have_the_same_key() -> None:
    entry = IndexEntry("aaaaaaaa", 2, ("QT 01",), "Quy trình", DocumentType.PROCEDURE)
    assert entry.key == Hit("aaaaaaaa", 2, 1.0).key == ("aaaaaaaa", 2)


def test_a_set_of_thousands_is_not_spelled_out_in_messages() -> None:
    assert (
        repr(RevisionSet("2026-12-01@7", frozenset({("aaaaaaaa", 1)}))) == "RevisionSet(token='2026-12-01@7')"
    )


@pytest.mark.parametrize("error", [IndexOutdated(), IndexDamaged(), IndexBusy(seconds=60)])
def test_what_is_wrong_with_the_index_is_a_fault_told_in_one_sentence(error: Fault) -> None:
    assert str(error).startswith("Chỉ mục tìm kiếm")
    assert error.exit_code == 3
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_both_engines_fit_the_port() -> None:
    engines: list[type[SearchIndex]] = [WhooshIndex, FakeIndex]
    assert all(hasattr(engine, "search") for engine in engines)
