"""Keys of instruments as people type them, and what a key says by itself.

Pure. A key is the canonical number (``18/2026/NĐ-CP``) or, for laws named by title only, title and year
(``Luật Hộ tịch 2014``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from qms.citations.citation import Citation
from qms.citations.reader import find
from qms.citations.symbols import Number, find_numbers, is_known_agency, read_loose
from qms.citations.titles import titled_kind
from qms.citations.vocabulary import LAW_TITLES, LOCAL_AGENCIES
from qms.model.ids import clean, fold

OTHER = "khác"
_YEAR = re.compile(r" (?:nam )?((?:19|20)\d\d)$")
_LEAD = re.compile(r"[\s\d.,;:()«\"'“*-]*", re.ASCII)


def parse_key(text: str) -> str | None:
    """Return the key of the instrument that a person typed, with or without marks, capitals or kind; else None.

    Text that names no instrument completely ("Nghị định 116", "18/2026") gives None.
    """
    typed = clean(text)
    named = _first_named(typed)
    if named is None:
        named = _first_named(typed.upper())
        return named.instrument if named is not None and named.instrument else _unmarked_title(typed)
    return named.key


def instrument_type(key: str) -> str:
    """Return the Vietnamese kind that a key stands for, ``khác`` where it does not say.

    Laws and ordinances share the symbols of the assembly: ``QH`` counts as luật, ``UBTVQH`` as pháp lệnh.
    """
    number = _number(key)
    if number is None:
        return titled_kind(key) or OTHER
    if number.kind is not None:
        return number.kind
    agency = number.agencies[0].rstrip("0123456789") if number.agencies else ""
    return {"QH": "luật", "UBTVQH": "pháp lệnh"}.get(agency, OTHER)


def is_local(key: str) -> bool:
    """Tell whether the number is given anew in every province or office, so that it is a key only with its issuer.

    True of People's Councils and Committees and of every office that is not a central one.
    """
    number = _number(key)
    if number is None or not number.agencies or number.kind in ("tiêu chuẩn", "quy chuẩn"):
        return False
    first = number.agencies[0]
    return first in LOCAL_AGENCIES or not (is_known_agency(first) or first.startswith("B"))


def _first_named(typed: str) -> Citation | None:
    named = next((citation for citation in find(typed) if citation.key is not None), None)
    return named if named is not None and _is_lead(typed[: named.start]) else None


def _number(key: str) -> Number | None:
    number = next(find_numbers(key), None)
    return number if number is not None and number.start == 0 else read_loose(key, 0)


def _is_lead(before: str) -> bool:
    return _LEAD.fullmatch(before) is not None or len(before.split()) <= 2


def _unmarked_title(typed: str) -> str | None:
    folded = fold(typed)
    year = _YEAR.search(folded)
    title = _UNMARKED.get(folded[: year.start()] if year else folded)
    if title is None:
        return None
    return f"{title} {year[1]}" if year else title


_UNMARKED: Mapping[str, str] = {fold(title): title for title in LAW_TITLES}
