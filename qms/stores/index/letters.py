"""Letters, words and codes as the index compares them: capitals, marks and đ do not count, positions stay."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

WORD = re.compile(r"\w+")
_RUN = re.compile(r"(?:[^\n.,;:!?()\[\]{}\"“”…|•]|[.,:](?=\w))+")
LONGEST_WORD = 60
_GROUP = re.compile(r"[^\W\d_]+|\d+")


class _Folding(dict[int, str]):
    """Every letter to its bare small form, made when first met; one letter stays one letter."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = unicodedata.normalize("NFD", letter.lower().replace("đ", "d"))[0]
        self[code] = letter if unicodedata.combining(letter) else bare
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return NFC text without capitals and marks, letter by letter, so that places in it stay the same."""
    return text.translate(_FOLDING)


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """Return a word folded, remembered: the syllables of the language are few."""
    return fold(word)


def compose(text: str) -> str:
    """Return text as NFC with small letters, marks kept."""
    return unicodedata.normalize("NFC", text).lower()


def runs(text: str) -> Iterator[list[str]]:
    """Yield the words of each run of text that no punctuation breaks; only such neighbours belong together."""
    for run in _RUN.findall(text):
        words = [word for word in WORD.findall(run) if len(word) <= LONGEST_WORD]
        if words:
            yield words


def code_key(text: str) -> str:
    """Return a code or an instrument's number as groups: ``QT 01/CX-HCTP`` is ``qt 1 cxhctp``.

    Separators, capitals, marks and leading zeros are typed in every way; letters that stand together in any
    spelling are one group, numbers stay apart: ``123/2015`` never matches inside ``23/2015`` or the reverse.
    """
    groups: list[str] = []
    for group in _GROUP.findall(fold(unicodedata.normalize("NFC", text))):
        if group.isdigit():
            groups.append(group.lstrip("0") or "0")
        elif groups and not groups[-1].isdigit():
            groups[-1] += group
        else:
            groups.append(group)
    return " ".join(groups)


def begins(key: str, start: str) -> bool:
    """Tell whether a code begins as typed: numbers to their end, letters as far as they were typed."""
    if not key.startswith(start):
        return False
    return len(key) == len(start) or key[len(start)] == " " or not start[-1].isdigit()
