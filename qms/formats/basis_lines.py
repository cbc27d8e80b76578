"""What stands around the words of a basis line, in any format: bullet or number before, closing mark after."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from qms.formats.anatomy.lines import split_number
from qms.model.ids import clean

_NUMBER = re.compile(r"(?<![^\W_])(\d{1,3}|[a-zđ])(?=\\?[.)])")
_ALPHABETS = ("abcdđeghiklmnopqrstuvxy", "abcdefghijklmnopqrstuvwxyz")
"""Points are lettered in the Vietnamese order; Word's own lists use the Latin one."""

MARK = re.compile(r"[;.]+")
"""What closes a line."""


def core(line: str) -> str:
    """Return the words of a line without a number or bullet that the anatomy left in them."""
    return split_number(line)[1]


class Shown:
    """The visible characters of a raw text, decomposed, each with the place of its raw ones; made once, asked often.

    Blanks, invisible marks and the way accents are composed do not matter, nor do the characters ``ignored``.
    """

    def __init__(self, text: str, ignored: str = "") -> None:
        self._ignored = ignored
        found = [
            (char, at, end) for canon, at, end in _clusters(text) for char in canon if char not in ignored
        ]
        self._chars = "".join(char for char, _, _ in found)
        self._starts = [at for _, at, _ in found]
        self._ends = [end for _, _, end in found]

    def find(self, words: str, start: int) -> tuple[int, int] | None:
        """Return from where to where cleaned words stand at or after ``start``."""
        wanted = "".join(
            char for canon, _, _ in _clusters(words) for char in canon if char not in self._ignored
        )
        at = self._chars.find(wanted, bisect_left(self._starts, start)) if wanted else -1
        return None if at < 0 else (self._starts[at], self._ends[at + len(wanted) - 1])


def _clusters(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each visible character decomposed, with where it begins and where its accents end."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and not text[end].isascii() and _is_part(text[end]):
            end += 1
        if text[at:end].isascii():
            if not text[at].isspace():
                yield text[at], at, end
        elif not text[at].isspace():
            yield unicodedata.normalize("NFD", clean(text[at:end])), at, end
        at = end


def _is_part(char: str) -> bool:
    """Tell whether a character is an accent or an invisible mark of the one before."""
    return unicodedata.combining(char) != 0 or (not char.isspace() and not clean(char))


def is_lead(raw: str) -> bool:
    """Tell whether this is nothing but a bullet, a number or blanks before the words of a line."""
    rest = clean(f"{raw}X").replace("\\", "")
    for _ in range(3):
        if rest == "X":
            return True
        rest = split_number(rest)[1]
    return rest == "X"


def mark_of(tail: str) -> str:
    """Return the closing mark in what stands between the words of a line and its end."""
    return "".join(tail.split())


def usual_mark(marks: Sequence[str], last: str) -> str:
    """Return with which mark a line closes that is not the last one; ``marks`` are those of the others."""
    counted = Counter(mark for mark in marks if mark)
    if counted:
        return counted.most_common(1)[0][0]
    return ";" if last == "." and not marks else last if not marks else ""


def number_in(lead: str) -> tuple[int, int] | None:
    """Return where the typed number or letter of a lead stands, if it has one."""
    match = _NUMBER.search(lead)
    return None if match is None else match.span(1)


def counted_on(leads: Sequence[str], at: int, *, change: int) -> tuple[str, list[str]]:
    """Return (lead of a new line after ``at``, leads of all lines) where typed numbers count on.

    ``change`` is +1 when a line is put in after ``at``, -1 when line ``at`` is taken out. Leads that are not one
    sequence (bullets, gaps) stay as they are.
    """
    order = _sequence(leads)
    if order is None:
        return leads[at], list(leads)
    numbered = [
        _renumbered(lead, order, place + change) if place > at else lead for place, lead in enumerate(leads)
    ]
    return _renumbered(leads[at], order, at + 1), numbered


def _sequence(leads: Sequence[str]) -> Sequence[str] | None:
    """Return the numbers or letters of a typed list in order, more than there are lines, None if it is none."""
    found = [match[1] if (match := _NUMBER.search(lead)) else "" for lead in leads]
    decimals = [str(number) for number in range(1, 400)]
    for order in (decimals, [number.zfill(2) for number in decimals], *_ALPHABETS):
        if len(leads) < len(order) and found == list(order[: len(found)]):
            return order
    return None


def _renumbered(lead: str, order: Sequence[str], at: int) -> str:
    return _NUMBER.sub(lambda _: order[at], lead, count=1) if at < len(order) else lead
