"""Where words of a kind stand ("Nghị định", "QĐ", "BLDS"): the heads at which mentions of instruments are read.

Pure. One pattern finds them all. It looks for the marked vowel of a word, which is rare in running text, and only
then back at the letters before it; a pattern that began with the first letter would stop at every second character.
Words are read in small letters, with capital initials and in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from qms.citations.vocabulary import ABBREVIATIONS, KIND_OF_SYMBOL, KIND_OF_WORD, KINDS, Kind, fold_word

_WORDS = sorted(
    (word for kind in KINDS if not kind.weak for word in (kind.word, *kind.also)), key=len, reverse=True
)
_WEAK = "|".join(kind.word for kind in KINDS if kind.weak)
_SHORTS = ("NĐ", "TTLT", "TT", "QĐ", "NQ", "VBHN")
_CODES = sorted(ABBREVIATIONS, key=len, reverse=True)
_RARE = ("ị", "ậ", "ệ", "ợ", "ế", "ô", "ă", "â", "q", "d", "o")
_WEAK_BEFORE = re.compile(rf"(?<!\w)(?:{_WEAK}),? ?\(?(?:số)? ?[:.]? ?$", re.IGNORECASE)
_LONGEST_WEAK = 24
_NO_HEAD = {"luật": "(?<!háp luậ)"}  # "pháp luật" is in every paragraph of a law
_NO_MORE_LETTERS = "(?![^\\W\\d_A-ZĐ])"


class Head(NamedTuple):
    """A word of a kind in a plain text; ``code`` is the title that a code stands for ("BLDS")."""

    start: int
    end: int
    kind: Kind
    capital: bool
    code: str | None = None


class _Form(NamedTuple):
    """How one word is written: the letter looked for, what must stand around it, how far back the word begins."""

    letter: str
    around: str
    back: int
    kind: Kind
    code: str | None = None


def find_heads(text: str) -> list[Head]:
    """Return the heads of a plain text in order; "luật" inside a longer small word is none."""
    heads = []
    for match in _HEAD.finditer(text):
        _, _, back, kind, code = _FORMS[(match.lastindex or 0) - 1]
        start = match.start() - back
        capital = text[start].isupper()
        if capital or not start or not text[start - 1].isalnum():
            heads.append(Head(start, match.end(), kind, capital, code))
    return heads


def weak_head(text: str, number_start: int) -> int | None:
    """Return where the word begins that only ever introduces a number ("Kế hoạch số 12/KH-UBND"), if one does."""
    before = _WEAK_BEFORE.search(text, max(0, number_start - _LONGEST_WEAK), number_start)
    return before.start() if before else None


def _word_forms(word: str) -> Iterator[_Form]:
    anchored = next((shorter for shorter in reversed(_WORDS) if word.startswith(shorter)), word)
    back = next(anchored.index(letter) for letter in _RARE if letter in anchored)
    kind = KIND_OF_WORD[fold_word(word)]
    before, after = _either_initial(word[: back + 1]), _either_initial(word)
    is_initial = back == 0 or word[back - 1] == " "
    for letter in (word[back], word[back].upper())[: 2 if is_initial else 1]:
        other = _NO_HEAD.get(word, "")
        yield _Form(letter, f"(?<={before}){other}{after[len(before) :]}{_NO_MORE_LETTERS}", back, kind)
    large = word.upper()
    around = f"(?<={large[: back + 1]}){large[back + 1 :]}{_NO_MORE_LETTERS}"
    yield _Form(large[back], around, back, kind)


def _either_initial(words: str) -> str:
    return re.sub(r"\b(\w)", lambda first: f"[{first[1]}{first[1].upper()}]", words)


def _short_form(word: str, ending: str, kind: Kind, code: str | None = None) -> _Form:
    return _Form(word[0], f"(?<!\\w{word[0]}){word[1:]}{ending}", 0, kind, code)


def _forms() -> Iterator[_Form]:
    for word in _WORDS:
        yield from _word_forms(word)
    for word in _SHORTS:
        yield _short_form(word, "(?= ?(?:số:? ?)?\\d|/\\d)", KIND_OF_SYMBOL[word])
    for word in _CODES:
        yield _short_form(word, "(?!\\w)", KIND_OF_WORD["bộ luật"], ABBREVIATIONS[word])


def _compiled(forms: list[_Form]) -> re.Pattern[str]:
    """Return one pattern, its forms gathered by their letter; the last group of a match tells the form."""
    letters = groupby(forms, key=lambda form: form.letter)
    return re.compile(
        "|".join(f"{each}(?:{'|'.join(f'{form.around}()' for form in of)})" for each, of in letters)
    )


_FORMS = sorted(_forms(), key=lambda form: form.letter)
_HEAD = _compiled(_FORMS)
