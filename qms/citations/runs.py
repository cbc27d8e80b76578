"""Where runs of provisions stand in a text: "khoản 3, điểm a khoản 4 Điều 7", from the first unit to the last label.

Pure. One pattern takes a whole run: units (điều, khoản, điểm ...), each with a label, a list or a range of them, and
the words that join units. It looks for the letter of a unit's word that is rare in running text and only then back,
as ``heads.py`` does. What a run names is read in ``provisions.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from qms.citations.vocabulary import UNITS

PREFIX_OF_WORD: Mapping[str, str] = {word: unit.prefix for unit in UNITS for word in unit.words}

_WORDS = sorted(PREFIX_OF_WORD, key=len, reverse=True)
UNIT = re.compile(rf"(?<![^\W\d_])({'|'.join(_WORDS)})(?![^\W\d_]) ?(?:số |từ )?", re.IGNORECASE)
JOINED = re.compile(
    r"(?: ?\((?:trừ|ngoại trừ) [^()\n]{1,60}\))?"
    r"[.,;]? ?(?:(?:và|hoặc|và/hoặc|cùng|của|tại|thuộc|trong|theo) )?(?:(?:các|quy định tại) )?(?:từ )?",
    re.IGNORECASE,
)
TO = re.compile(r",? ?(?:(?:cho )?(?:đến|tới)(?: hết)?|-) ?", re.IGNORECASE)
AND = re.compile(r" ?[,;] ?(?:và )?| (?:và|hoặc) ", re.IGNORECASE)
_FROM = re.compile(r"(?:các )?(?:\w{4,5} )?từ $", re.IGNORECASE)
_LONGEST_FROM = 16

_NUMBER_LABEL = r"\d{1,4}[a-zđ]?(?![^\W\d_A-ZĐ]|\d|[./]\d)"
_ROMAN_LABEL = r"[IVXLC]{1,7}[a-zA-Z]?(?![^\W_])"
_LABELS: Mapping[str, str] = {
    "annex": rf"(?:{_ROMAN_LABEL}|\d{{1,3}}[.-][A-ZĐ]{{1,6}}(?![^\W_])|\d{{1,3}}[a-zA-Z]?(?![^\W_])|[A-ZĐ](?![^\W_]))",
    "part": rf"(?:{_ROMAN_LABEL}|\d{{1,3}}(?!\d)|[A-ZĐ](?![^\W_]))",
    "chp": rf"(?:{_ROMAN_LABEL}|\d{{1,3}}[a-z]?(?![^\W_]))",
    "subsec": r"\d{1,3}(?:\.\d{1,3}){0,4}(?!\d)",
    "sec": rf"(?:{_ROMAN_LABEL}|\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}[a-z]?(?![^\W_A-ZĐ])|[A-ZĐ](?![^\W_]))",
    "art": _NUMBER_LABEL,
    "para": _NUMBER_LABEL,
    "point": r"(?:\d{1,3}(?:\.\d{1,3}){0,4}[a-zđ]?(?![^\W_])|[A-Za-zĐđ]\d{0,2}(?:\.\d{1,2})?(?![^\W_]))\)?",
    "subpoint": r"(?:\d{1,3}(?:\.\d{1,3}){0,4}(?!\d)|[a-zđ]\d{0,2}(?![^\W_]))\)?",
}
LABEL: Mapping[str, re.Pattern[str]] = {prefix: re.compile(pattern) for prefix, pattern in _LABELS.items()}
_RARE = ("ề", "ể", "ả", "ầ", "ụ", "ế", "ơ", "p")


def find_runs(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield of every run, in order and without overlap, where its "từ" or first unit, its first unit and itself end."""
    for run in _RUN.finditer(text):
        first = run.start() - _BACK[run.lastindex or 0]
        listed = text.startswith("ừ ", first - 2) and first > 1
        opening = _FROM.search(text, max(0, first - _LONGEST_FROM), first) if listed else None
        yield (opening.start() if opening else first), first, run.end()


def _labelled(prefix: str) -> str:
    """Return the pattern of what follows a unit's word: a label, a list or a range; an annex may have none."""
    label = _LABELS[prefix]
    labels = f" ?(?:số |từ )?{label}(?:(?i:{TO.pattern}|{AND.pattern}){label})*"
    return f"(?![^\\W\\d_])(?:{labels})?" if prefix == "annex" else f"(?![^\\W\\d_]){labels}"


def _first_units() -> Iterator[tuple[str, int]]:
    for word in _WORDS:
        back = next(word.index(letter) for letter in _RARE if letter in word)
        for written in (word, word.capitalize(), word.upper()):
            alone = f"(?<![^\\W\\d_]{'.' * (back + 1)})"
            before, after = written[: back + 1], written[back + 1 :]
            yield f"{written[back]}(?<={before}){alone}{after}{_labelled(PREFIX_OF_WORD[word])}()", back


def _next_unit() -> str:
    words = "|".join(
        f"(?i:{word}){_labelled(prefix)}"
        for word, prefix in sorted(PREFIX_OF_WORD.items(), key=_longest_first)
    )
    return f"(?<![^\\W\\d_])(?:{words})"


def _longest_first(item: tuple[str, str]) -> int:
    return -len(item[0])


_FIRST = sorted(_first_units(), key=lambda form: form[0][0])
_BACK = (0, *(back for _, back in _FIRST))
_RUN = re.compile(
    f"(?:{'|'.join(pattern for pattern, _ in _FIRST)})(?:(?i:{TO.pattern}|{JOINED.pattern}){_next_unit()})*"
)
