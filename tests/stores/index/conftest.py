"""The engines that the contract suite speaks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qms.model.search import SearchIndex
from qms.stores.index import open_index
from tests.fakes_index import FakeIndex
from tests.stores.index.entries import BIRTH_ENTRY, MARRIAGE_ENTRY


@pytest.fixture(params=["whoosh", "fake"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    """Return an empty index of each engine."""
    engine = open_index(tmp_path / "index") if request.param == "whoosh" else FakeIndex()
    yield engine
    engine.close()


@pytest.fixture
def filled(index: SearchIndex) -> SearchIndex:
    """Return an index that holds a procedure on births and one on marriages."""
    index.add([BIRTH_ENTRY, MARRIAGE_ENTRY])
    return index
