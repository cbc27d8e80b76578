"""A text in lines that can be read one by one: cut where no citation goes on, each different line read once.

Pure. Long texts are lines that recur: a form's legal basis, a decree's "Nghị định này", whole articles in the next
revision. A line break inside a citation is no cut: text from PDF breaks its lines anywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, groupby

_SMALL = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_GOES_ON = (
    rf"[ \t]*(?:[{_SMALL}](?!\))|\d{{1,5}}[a-z]?\d? ?[/-]|Điều \d{{1,4}}[a-zđ]? (?![IVX])|NĐ|QĐ|TT|CP\b)"
)
_ENDINGS = (",", "số", "của", "theo", " và", "tại", "Điều", "khoản", "điểm", "-", "/")
_LAST = "".join(sorted({end[-1] for end in _ENDINGS} - {"-"}))
_AFTER_ENDING = "|".join(f"(?<={end}\n)|(?<={end} \n)" for end in _ENDINGS)
_KEPT = re.compile(f"\n(?:(?={_GOES_ON})|(?<=[-{_LAST} ]\n)(?:{_AFTER_ENDING}))")
"""A line feed inside what may be a citation: before small letters or a number, after a word that wants more."""


def cut(text: str) -> list[str]:
    """Return the text in pieces that joined by a line feed give it back; no citation is in two of them."""
    lines = text.split("\n")
    kept = [feed.start() for feed in _KEPT.finditer(text)]
    if not kept:
        return lines
    feeds = list(accumulate((len(line) + 1 for line in lines), initial=-1))
    pieces: list[str] = []
    done = 0
    for first, last in _stretches([bisect_left(feeds, position) for position in kept]):
        pieces += lines[done:first]
        pieces.append("\n".join(lines[first : last + 1]))
        done = last + 1
    return pieces + lines[done:]


def _stretches(joints: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of every stretch that is one piece; joint k lies between lines k - 1 and k."""
    for _, following in groupby(enumerate(joints), key=lambda joint: joint[1] - joint[0]):
        numbers = [number for _, number in following]
        yield numbers[0] - 1, numbers[-1]
