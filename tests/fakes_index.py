"""A stand-in for the search index, kept honest by the contract suite that the real engines pass too."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qms.model.search import Hit, IndexEntry, RevisionKey, SearchQuery, SearchResult, SnippetPiece
from qms.stores.index.letters import begins, code_key, compose, fold

ASKING = frozenset(
    ["là", "gì", "như", "thế", "nào", "ở", "đâu", "cần", "có", "được", "không", "tôi", "muốn", "thì"]
)


@dataclass
class FakeIndex:
    """Entries in a dictionary, looked through one by one."""

    entries: dict[RevisionKey, IndexEntry] = field(default_factory=dict)

    def add(self, entries: Sequence[IndexEntry]) -> None:
        self.entries.update({entry.key: entry for entry in entries})

    def remove(self, keys: Collection[RevisionKey]) -> None:
        for key in keys:
            self.entries.pop(key, None)

    def keys(self) -> frozenset[RevisionKey]:
        return frozenset(self.entries)

    def clear(self) -> None:
        self.entries.clear()

    def close(self) -> None:
        """Nothing is held open."""

    def mentioning(self, text: str) -> frozenset[RevisionKey]:
        words = _words(fold(text))
        together = [f" {a} {b} " for a, b in pairwise(words)]
        if not together:
            return frozenset()
        return frozenset(
            entry.key
            for entry in self.entries.values()
            if all(pair in f" {' '.join(_words(fold(_whole(entry))))} " for pair in together)
        )

    def search(self, query: SearchQuery) -> SearchResult:
        entries = [entry for entry in self.entries.values() if _admits(query, entry)]
        if not query.text.strip():
            narrowed = query.within or query.unit or query.types or query.cites
            found = [(0.0, entry) for entry in entries] if narrowed else []
        else:
            found = _coded(query.text, entries) or _worded(query.text, entries)
        found.sort(key=lambda item: (-item[0], item[1].key))
        hits = (Hit(*entry.key, score, _snippet(entry, query.text)) for score, entry in found[: query.limit])
        return SearchResult(len(found), tuple(hits))


def _admits(query: SearchQuery, entry: IndexEntry) -> bool:
    return (
        (query.within is None or entry.key in query.within.keys)
        and (query.unit is None or query.unit in entry.units)
        and (not query.types or entry.type in query.types)
        and (query.cites is None or code_key(query.cites) in map(code_key, entry.citations))
    )


def _coded(text: str, entries: Sequence[IndexEntry]) -> list[tuple[float, IndexEntry]]:
    typed = code_key(text)
    if " " not in typed or not any(char.isdigit() for char in typed):
        return []
    return [(9.0, entry) for entry in entries if any(begins(key, typed) for key in _code_keys(entry))]


def _code_keys(entry: IndexEntry) -> Iterator[str]:
    for code in (*entry.codes, *entry.citations):
        key = code_key(code)
        yield key
        if not key[:1].isdigit():
            yield key.partition(" ")[2]


def _worded(text: str, entries: Sequence[IndexEntry]) -> list[tuple[float, IndexEntry]]:
    typed = _words(text)
    words = [word for word in typed if word not in ASKING] or typed
    found = [(sum(fold(word) in _words(fold(_whole(entry))) for word in words), entry) for entry in entries]
    most = max((count for count, _ in found), default=0)
    least = max(most * 0.6, min(2, len(words)), 1)
    return [(count + _bonus(entry, words), entry) for count, entry in found if count >= least]


def _bonus(entry: IndexEntry, words: Sequence[str]) -> float:
    text, title = compose(_whole(entry)), f" {' '.join(_words(fold(entry.title)))} "
    plain = f" {' '.join(_words(fold(text)))} "
    exact = sum(word in _words(text) for word in words) / 100
    pairs = [f" {fold(a)} {fold(b)} " for a, b in pairwise(words)]
    beside = sum(pair in plain for pair in pairs) / 10
    named = sum(f" {fold(word)} " in title for word in words) / len(words)
    return exact + beside + named


def _whole(entry: IndexEntry) -> str:
    parts = (entry.title, *entry.codes, *entry.headings, *entry.forms, entry.body, *entry.citations)
    return unicodedata.normalize("NFC", "\n".join(parts))


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in compose(text)).split()


def _snippet(entry: IndexEntry, text: str) -> tuple[SnippetPiece, ...]:
    asked = {fold(word) for word in _words(text)}
    words = " ".join(unicodedata.normalize("NFC", entry.body).split()[:40]).split(" ")
    return tuple(
        piece
        for word in words
        for piece in (
            SnippetPiece(word, any(part in asked for part in _words(fold(word)))),
            SnippetPiece(" "),
        )
    )
