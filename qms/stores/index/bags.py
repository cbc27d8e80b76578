"""What is indexed of an entry: for each field of the index the folded terms and how often they stand there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from qms.model.search import IndexEntry
from qms.stores.index.letters import code_key, compose, fold, fold_word, runs

Bag = dict[str, int]


def bags(entry: IndexEntry) -> dict[str, Bag]:
    """Return the terms of an entry by field.

    ``text`` is the catch-all: every word of every part, folded, so that a question is answered across parts.
    ``mark`` holds the words that carry marks as they are written, ``pair`` the neighbours (most words of the
    language are two syllables), ``title`` both for the title alone. The rest are keys.
    """
    written: list[str] = []
    folded: list[str] = []
    pairs: list[str] = []
    for part in _parts(entry):
        for run in runs(compose(part)):
            bare = [fold_word(word) for word in run]
            written += run
            folded += bare
            pairs += _neighbours(bare)
    # counted at the end: a run is a few words, and each count has its price
    return {
        "text": Counter(folded),
        "mark": Counter(word for word in written if not word.isascii()),
        "pair": Counter(pairs),
        "title": _title(entry.title),
        "code": _keys(key for code in entry.codes for key in code_keys(code)),
        "cites": _keys(code_key(key) for key in entry.citations),
        "unit": _keys(entry.units),
        "type": _keys([entry.type.value]),
    }


def code_keys(code: str) -> list[str]:
    """Return the keys a code is found by: whole, and from its first number on (``01/CX-HCTP``)."""
    whole = code_key(code)
    _, _, rest = whole.partition(" ")
    return [whole, rest] if " " in rest and not whole[0].isdigit() else [whole]


def _parts(entry: IndexEntry) -> Iterable[str]:
    yield entry.title
    yield from entry.codes
    yield entry.field or ""
    yield from entry.headings
    yield from entry.forms
    yield entry.body


def _title(title: str) -> Bag:
    found: Counter[str] = Counter()
    for run in runs(fold(compose(title))):
        found.update(run)
        found.update(_neighbours(run))
    return found


def _neighbours(words: list[str]) -> list[str]:
    return [f"{a} {b}" for a, b in pairwise(words)]


def _keys(keys: Iterable[str]) -> Bag:
    return dict.fromkeys((key for key in keys if key), 1)
