"""Who issued a local instrument, folded for comparing: the same council or committee, however it is written.

Pure. A number of a People's Council or Committee is given anew in every province (``domain.md`` §4.2), so it is a key
only together with its issuer, and the issuer is written in full or short, with or without the place's level, in old
or new spelling. Marks are kept in names of communes ("xã Phú Hòa" is not "xã Phú Hoa"); names of provinces are also
known without marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from qms.citations.vocabulary import (
    AGENCIES,
    CITIES,
    LEVEL_SHORTS,
    LOCAL_BODIES,
    LOCAL_LEVELS,
    PLACE_ALIASES,
    PROVINCES,
    fold_agency,
    fold_word,
)
from qms.model.ids import clean, fold

_TOKEN = re.compile(r"[^\W_]+")
_GLUED_CITY = re.compile(r"\btp\.?(?=hcm\b|hn\b)", re.IGNORECASE)
_LEADING = (("của",), ("do",), ("chủ", "tịch"), ("bộ", "trưởng"))
_CITY, _PROVINCE = "thành phố", "tỉnh"


def issuer_key(text: str) -> str:
    """Return the issuer folded so that equal keys mean the same issuer: "HĐND tỉnh Sóc Trăng" as in full.

    "Chủ tịch UBND" counts as the committee, a province named without its level as the province. Never raises; of an
    issuer that is not known as a form the words are kept.
    """
    words = _led_off(tuple(fold_word(word) for word in _TOKEN.findall(_GLUED_CITY.sub("tp ", clean(text)))))
    central = _CENTRAL.get(fold_agency("".join(words))) or _CENTRAL.get(_ministry_code(words))
    if central is not None:
        return central
    body, rest = _body(words)
    return " ".join((*body, *_places(rest, bool(body))))


def issuer_covers(wider: str, stated: str) -> bool:
    """Tell whether the key ``wider`` only leaves out the places around the one that ``stated`` names.

    "ủy ban nhân dân xã tân lợi" may be that of "... xã tân lợi tỉnh đồng nai": alike, but not proved the same.
    """
    return stated.startswith(f"{wider} ") and _LEVEL_NEXT.match(stated, len(wider) + 1) is not None


def _led_off(words: tuple[str, ...]) -> tuple[str, ...]:
    for leading in _LEADING:
        if words[: len(leading)] == leading:
            words = words[len(leading) :]
    return words


def _ministry_code(words: tuple[str, ...]) -> str:
    """Return what stands for "Bộ KH&CN" in a number: ``BKHCN``."""
    return fold_agency(f"b{''.join(words[1:])}") if words[:1] == ("bộ",) else ""


def _body(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    plain = tuple(fold(word) for word in words)
    for spoken, name in _BODIES.items():
        if plain[: len(spoken)] == spoken:
            return name, words[len(spoken) :]
    return (), words


def _places(words: tuple[str, ...], local: bool) -> Iterator[str]:
    """Yield the places that the words name, each with its level where that is known."""
    level, name = "", list[str]()
    for word in _spoken_levels(words, local):
        if word in _LEVELS:
            yield from _place(level, name, local)
            level, name = word, []
        else:
            name.append(word)
    yield from _place(level, name, local)


def _place(level: str, name: list[str], local: bool) -> Iterator[str]:
    known = _PLACES.get(fold(" ".join(name))) if level in ("", _CITY, _PROVINCE) else None
    if known is not None and (level == _PROVINCE or (not level and local)):
        level = _CITY if known in _CITY_KEYS else _PROVINCE
    yield from (part for part in (level, known or " ".join(name)) if part)


def _spoken_levels(words: tuple[str, ...], local: bool) -> Iterator[str]:
    position = 0
    while position < len(words):
        pair = " ".join(words[position : position + 2])
        first = position == 0 and local
        if len(words) - position > 1 and (level := _level(pair, first)):
            yield level
            position += 2
        elif position + 1 < len(words) and (level := _level(words[position], first)):
            yield level
            position += 1
        else:
            yield words[position]
            position += 1


def _level(words: str, first: bool) -> str | None:
    """Return the level that the words stand for; behind the body also without marks."""
    if words in _LEVELS:
        return words
    return _SHORT_LEVELS.get(words) or (_UNMARKED_LEVELS.get(words) if first else None)


_CENTRAL: Mapping[str, str] = {
    key: fold_name
    for code, name in AGENCIES.items()
    if code not in LOCAL_BODIES
    for fold_name in (" ".join(fold_word(word) for word in _TOKEN.findall(name)),)
    for key in (fold_agency(code).replace("&", ""), fold_agency("".join(fold_name.split())))
}
_BODIES: Mapping[tuple[str, ...], tuple[str, ...]] = {
    tuple(fold(word).split()): tuple(fold_word(part) for part in name.split())
    for word, name in LOCAL_BODIES.items()
}
_LEVELS = frozenset(level.lower() for level in LOCAL_LEVELS if level != "TP")
_SHORT_LEVELS: Mapping[str, str] = LEVEL_SHORTS
_UNMARKED_LEVELS: Mapping[str, str] = {fold(level): level for level in sorted(_LEVELS)}
_LEVEL_NEXT = re.compile("|".join(sorted(_LEVELS)))
_PLACES: Mapping[str, str] = {
    **{fold(name): " ".join(fold_word(word) for word in _TOKEN.findall(name)) for name in PROVINCES},
    **{
        alias: " ".join(fold_word(word) for word in _TOKEN.findall(name))
        for alias, name in PLACE_ALIASES.items()
    },
}
_CITY_KEYS = frozenset(" ".join(fold_word(word) for word in _TOKEN.findall(name)) for name in CITIES)
