"""Passages: the few lines of a document that show best why it was found, with the words marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from qms.model.search import SnippetPiece
from qms.stores.index.letters import fold_word

WIDTH = 240
"""How long a passage is, in characters."""
LOOKS = 40
"""How often a word is looked for in a text to find the passage; one worth showing has a rarer word in it."""
ANCHORS = 20
"""Round how many places a passage is tried, those of the rarest words first."""

Span = tuple[int, int]


def passage(body: str, bare: str, words: Sequence[str]) -> tuple[SnippetPiece, ...]:
    """Return the passage that holds most of the words, close together; without any the beginning of the text.

    ``bare`` is the folded text, place for place. Words typed with marks mark what is written so, or, where
    nothing is, what is written otherwise.
    """
    places = [_places(body, bare, word) for word in words]
    start, end = _whole_words(body, _best_start(bare, places))
    line, bare_line = body[start:end], bare[start:end]
    spans = sorted({span for word in words for span in _places(line, bare_line, word)})
    pieces = _tidied(_cut(line, spans))
    before = [SnippetPiece("… ")] if start > 0 else []
    after = [SnippetPiece(" …")] if end < len(body) else []
    return (*before, *pieces, *after)


def _places(body: str, bare: str, word: str) -> list[Span]:
    """Where a word stands: as typed if it stands so anywhere, else folded."""
    sought = fold_word(word)
    found = list(islice(_words_at(bare, sought), LOOKS))
    if sought == word:
        return found
    exact = [(a, b) for a, b in found if body[a:b].lower() == word]
    return exact or found


def _words_at(bare: str, word: str) -> Iterator[Span]:
    place = bare.find(word)
    while place >= 0:
        end = place + len(word)
        if not (bare[end : end + 1].isalnum() or (place and bare[place - 1].isalnum())):
            yield place, end
        place = bare.find(word, end)


def _best_start(bare: str, places: Sequence[Sequence[Span]]) -> int:
    """Where to begin so that most different words are seen, those that follow one another before others."""
    spans = sorted({span for found in places for span in found})
    rare = sorted((found for found in places if found), key=len)
    anchors = sorted(islice((span for found in rare for span in found), ANCHORS))
    best, start = 0.0, 0
    for anchor, _ in anchors:
        begin = max(0, anchor - WIDTH // 3)
        worth = _worth(bare, islice(spans, bisect_left(spans, (begin, 0)), None), begin + WIDTH)
        if worth > best:
            best, start = worth, begin
    return start


def _worth(bare: str, spans: Iterable[Span], end: int) -> float:
    seen: set[str] = set()
    worth, last = 0.0, -2
    for a, b in spans:
        if b > end:
            break
        if bare[a:b] not in seen:
            worth += 1.5 if a == last + 1 else 1.0
        worth += 0.05
        seen.add(bare[a:b])
        last = b
    return worth


def _whole_words(body: str, start: int) -> Span:
    end = min(len(body), start + WIDTH)
    while start > 0 and not body[start - 1].isspace():
        start -= 1
    while end < len(body) and not body[end].isspace() and end - start < WIDTH * 2:
        end += 1
    return start, end


def _cut(line: str, spans: Sequence[Span]) -> Iterator[SnippetPiece]:
    place = 0
    for a, b in _joined(line, spans):
        yield SnippetPiece(line[place:a])
        yield SnippetPiece(line[a:b], True)
        place = b
    yield SnippetPiece(line[place:])


def _joined(line: str, spans: Sequence[Span]) -> list[Span]:
    """Neighbours with only blanks between them are marked as one."""
    joined: list[Span] = []
    for a, b in spans:
        if joined and not line[joined[-1][1] : a].strip():
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return joined


def _tidied(pieces: Iterable[SnippetPiece]) -> list[SnippetPiece]:
    """Every run of blanks one blank, none at the ends, no empty piece."""
    texts = [(re.sub(r"\s+", " ", piece.text), piece.marked) for piece in pieces]
    texts[0] = (texts[0][0].lstrip(), texts[0][1])
    texts[-1] = (texts[-1][0].rstrip(), texts[-1][1])
    return [SnippetPiece(text, marked) for text, marked in texts if text]
