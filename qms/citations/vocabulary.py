"""What the reader knows of kinds, agencies, bodies and law titles: typed access to the two data files.

Pure after import: ``vocabulary.toml`` and ``law_titles.txt`` are read once. To teach the reader a new ministry
or law, add a line there; no rule has to change. Sources: ``domain.md`` §4 and the laws themselves.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from qms.model.ids import clean


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its Vietnamese word, what stands for it in numbers, and how it may be cited."""

    word: str
    symbols: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    titled: bool = False
    numbered: bool = False
    any_symbol: bool = False
    short: bool = False

    @property
    def weak(self) -> bool:
        """Tell whether the word names an instrument only together with a full number of that kind."""
        return not (self.titled or self.numbered or self.short)


@dataclass(frozen=True)
class Unit:
    """A part of an instrument: its Vietnamese words and its Akoma Ntoso prefix."""

    words: tuple[str, ...]
    prefix: str


_OLD_TONES = {
    f"{first}{accented}": f"{moved}{plain}"
    for first, second, moves in (
        ("o", "aàáảãạ", "oòóỏõọ"),
        ("o", "eèéẻẽẹ", "oòóỏõọ"),
        ("u", "yỳýỷỹỵ", "uùúủũụ"),
    )
    for accented, moved in zip(second[1:], moves[1:], strict=True)
    for plain in (second[0],)
}
_OLD_TONE = re.compile("|".join(_OLD_TONES))
_WORDS = re.compile(r"[^\W\d_]+")


def fold_word(word: str) -> str:
    """Return a word for comparing: lower case, tone marks where newer spelling puts them, ``lí`` as ``lý``."""
    lowered = _OLD_TONE.sub(lambda match: _OLD_TONES[match.group()], word.lower())
    return {"lí": "lý", "kĩ": "kỹ", "sĩ": "sỹ"}.get(lowered, lowered)


def fold_title(title: str) -> tuple[str, ...]:
    """Return the words of a title for comparing: without commas, hyphens, letter case and old spelling."""
    return tuple(fold_word(word) for word in _WORDS.findall(clean(title)))


def fold_agency(code: str) -> str:
    """Return an agency's code as careless typing may leave it: capitals, D for Đ, U for Ư."""
    return code.upper().replace("Đ", "D").replace("Ư", "U")


def _load() -> tuple[Mapping[str, Any], tuple[str, ...]]:
    here = resources.files(__package__)
    table = tomllib.loads((here / "vocabulary.toml").read_text("utf-8"))
    lines = (here / "law_titles.txt").read_text("utf-8").splitlines()
    return table, tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


_table, LAW_TITLES = _load()

KINDS: tuple[Kind, ...] = tuple(
    Kind(
        word=row["word"],
        symbols=tuple(row.get("symbols", ())),
        also=tuple(row.get("also", ())),
        titled=row.get("titled", False),
        numbered=row.get("numbered", False),
        any_symbol=row.get("any_symbol", False),
        short=row.get("short", False),
    )
    for row in _table["kind"]
)
KIND_OF_WORD: Mapping[str, Kind] = {
    fold_word(word): kind for kind in KINDS for word in (kind.word, *kind.also)
}
KIND_OF_SYMBOL: Mapping[str, Kind] = {symbol: kind for kind in KINDS for symbol in kind.symbols}

AGENCIES: Mapping[str, str] = _table["agencies"]
AGENCY_OF_FOLD: Mapping[str, str] = {fold_agency(code): code for code in AGENCIES}
LOCAL_AGENCIES: frozenset[str] = frozenset(_table["local"]["agencies"])
LOCAL_BODIES: Mapping[str, str] = {
    word: name for name, words in _table["local"]["bodies"].items() for word in words
}
LOCAL_LEVELS: tuple[str, ...] = tuple(_table["local"]["levels"])
LEVEL_SHORTS: Mapping[str, str] = _table["local"]["level_shorts"]
PLACE_ALIASES: Mapping[str, str] = _table["local"]["aliases"]
CITIES: frozenset[str] = frozenset(_table["local"]["cities"])
PROVINCES: tuple[str, ...] = (*_table["local"]["provinces"], *_table["local"]["cities"])

ABBREVIATIONS: Mapping[str, str] = _table["abbreviations"]

TITLE_SHORTS: Mapping[str, str] = _table["title_shorts"]

UNITS: tuple[Unit, ...] = tuple(
    Unit((row["word"], *row.get("also", ())), row["prefix"]) for row in _table["unit"]
)
