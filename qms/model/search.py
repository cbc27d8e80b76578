"""What search speaks in: the entry that is indexed, the question, the hits, and the port that answers it.

An entry is one issued revision, written once. Which of the revisions apply on a day is not the index's
business: the asker hands over a ``RevisionSet`` (``design.md`` §4).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from qms.errors import Fault
from qms.model.enums import DocumentType

QUERY_LIMIT = 200
"""Longest query text in characters (``design.md`` §8); the use case refuses longer ones."""

RevisionKey = tuple[str, int]
"""Document id and sequence: the natural key of an issued revision."""


class IndexOutdated(Fault):
    """The index was written by another version of the tool; it has to be rebuilt."""

    code = "index_outdated"
    sentence = "Chỉ mục tìm kiếm thuộc phiên bản khác của phần mềm; hãy chạy «qms rebuild» để lập lại."


class IndexDamaged(Fault):
    """The files of the index cannot be read; nothing is lost, it has to be rebuilt."""

    code = "index_damaged"
    sentence = "Chỉ mục tìm kiếm bị hỏng (tài liệu không bị mất); hãy chạy «qms rebuild» để lập lại."


class IndexBusy(Fault):
    """Another process went on writing to the index for longer than one may wait."""

    code = "index_busy"
    sentence = "Chỉ mục tìm kiếm đang được ghi bởi một tiến trình khác quá {seconds} giây; hãy thử lại sau."


@dataclass(frozen=True)
class IndexEntry:
    """What is searchable of one issued revision; ``citations`` are canonical keys (``123/2015/NĐ-CP``)."""

    document_id: str
    sequence: int
    codes: tuple[str, ...]
    title: str
    type: DocumentType
    units: tuple[str, ...] = ()
    field: str | None = None
    headings: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    body: str = ""
    citations: tuple[str, ...] = ()
    source_file: str | None = None

    @property
    def key(self) -> RevisionKey:
        """The natural key: an entry with the same key replaces this one."""
        return self.document_id, self.sequence


@dataclass(frozen=True)
class RevisionSet:
    """The revisions that may be found; equal tokens promise equal keys, so that an engine may cache by it.

    The token names what the set was made from: the day and the generation of the register.
    """

    token: str
    keys: frozenset[RevisionKey] = field(repr=False)


@dataclass(frozen=True)
class SearchQuery:
    """A question as typed, and what it is narrowed to; an empty text lists all that the narrowing leaves."""

    text: str
    within: RevisionSet | None = None
    unit: str | None = None
    types: frozenset[DocumentType] = frozenset()
    cites: str | None = None
    limit: int = 20


@dataclass(frozen=True)
class SnippetPiece:
    """A run of a snippet; ``marked`` where it answers a word of the question."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Hit:
    """One revision found; the pieces of the snippet joined are a short passage of its text."""

    document_id: str
    sequence: int
    score: float
    snippet: tuple[SnippetPiece, ...] = ()

    @property
    def key(self) -> RevisionKey:
        """Document id and sequence."""
        return self.document_id, self.sequence


@dataclass(frozen=True)
class SearchResult:
    """The best hits in order of worth, how many there are in all, and how long the engine took (ms)."""

    total: int
    hits: tuple[Hit, ...] = ()
    took_ms: float = 0.0


class SearchIndex(Protocol):
    """An index of issued revisions that holds nothing of its own; one suite of tests speaks for all engines.

    Every method may raise ``IndexOutdated`` or ``IndexDamaged``, which ``clear`` and indexing anew heal;
    the writing ones raise ``IndexBusy`` too.
    """

    def add(self, entries: Sequence[IndexEntry]) -> None:
        """Make the entries findable, each instead of the one with the same key; all or none."""

    def remove(self, keys: Collection[RevisionKey]) -> None:
        """Forget these revisions; one that is not there is no error."""

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer a question, equals by their keys; an odd text finds little or nothing, it never raises."""

    def mentioning(self, text: str) -> frozenset[RevisionKey]:
        """Return the revisions in whose text these words stand side by side; fewer than two words find nothing."""

    def keys(self) -> frozenset[RevisionKey]:
        """Return what is indexed, to be compared with what should be."""

    def clear(self) -> None:
        """Throw the index away, whatever its state, and begin an empty one."""

    def close(self) -> None:
        """Let go of files; the index is not used afterwards."""
