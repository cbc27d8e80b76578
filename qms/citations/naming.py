"""How a legal basis names an instrument: in full, or as plainly as the lines around it do. Pure.

The full form is that of Decree 30/2020/NĐ-CP, annex I: kind, number, day, issuer, title. Days below 10 and months 1 and
2 are written with a nought.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qms.citations.basis import legal_basis
from qms.citations.citation import Citation
from qms.citations.keys import instrument_type
from qms.citations.titles import titled_kind
from qms.model.ids import clean

_TITLE = re.compile(
    r"\b(?:quy định|quy chế|quy trình|hướng dẫn|sửa đổi|bổ sung|ban hành|về|bãi bỏ|thay thế|công bố|phê duyệt|phân cấp"
    r"|phân định|miễn|giảm|chi tiết|điều chỉnh|thực hiện|tổ chức)\b",
    re.IGNORECASE,
)
_ISSUER = re.compile(r"[,\s]*(?:của|do)\s")
_MINISTER = re.compile(r"\bcủa Bộ trưởng\b")
_SHORT_DAY = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}")
_PROPER = frozenset({"Luật", "Bộ", "Hiến", "Pháp", "Quốc", "Chính", "Thủ", "Nghị", "Thông", "UBND", "HĐND"})


class DayForm(StrEnum):
    """How the day of an instrument is written: 15/01/2026, 15 tháng 01 năm 2026, or not at all."""

    SHORT = "short"
    LONG = "long"
    NONE = "none"


@dataclass(frozen=True)
class InstrumentName:
    """What names an instrument; title, issuer and day may be unknown."""

    key: str
    type: str = ""
    title: str = ""
    issuer: str = ""
    issued: date | None = None

    @property
    def is_titled(self) -> bool:
        """Tell whether it is of a kind that goes by its title: law, code, ordinance."""
        return titled_kind(f"{self._kind} ") is not None or titled_kind(self._kind) is not None

    @property
    def _kind(self) -> str:
        return self.type or instrument_type(self.key)


@dataclass(frozen=True)
class LineStyle:
    """What the lines of a legal basis print of each instrument; the default is the full form."""

    number_word: bool = True
    day: DayForm = DayForm.SHORT
    issuer: bool = True
    title: bool = True
    minister: bool = True
    law_numbers: bool = False


FULL = LineStyle()


def style_of(lines: Iterable[str]) -> LineStyle:
    """Return the style that most lines of a basis have; of a basis without numbered lines, the full form."""
    named = [(line, found[0]) for line in lines if (found := legal_basis([line]))]
    numbered = [(line, one) for line, one in named if one.instrument and titled_kind(one.title or "") is None]
    laws = [one for _, one in named if titled_kind(one.title or "") is not None]
    law_numbers = _most(one.instrument is not None for one in laws) if laws else False
    if not numbered:
        return LineStyle(law_numbers=law_numbers)
    behind = [line[one.end :] for line, one in numbered]
    ministers = [
        _MINISTER.search(line) is not None
        for line, one in numbered
        if one.type == "thông tư" and re.search(r"\bcủa Bộ\b", line)
    ]
    return LineStyle(
        number_word=_most(" số " in f" {clean(one.text)} " for _, one in numbered),
        day=_day_form([one for _, one in numbered]),
        issuer=_most(_ISSUER.match(rest) is not None for rest in behind),
        title=_most(_TITLE.search(rest) is not None for rest in behind),
        minister=_most(ministers) if ministers else True,
        law_numbers=law_numbers,
    )


def in_words(name: InstrumentName, style: LineStyle = FULL) -> str:
    """Return the instrument as a line of a legal basis, without bullet and closing mark.

    "Nghị định số 18/2026/NĐ-CP ngày 15/01/2026 của Chính phủ sửa đổi, bổ sung ..."; "Luật Hộ tịch năm 2014".
    """
    kind = name.type or instrument_type(name.key)
    kind = kind[:1].upper() + kind[1:]
    if name.is_titled and name.title:
        return _law(name, kind, style)
    words = [kind, "số", name.key] if style.number_word else [kind, name.key]
    if name.issued is not None and style.day is not DayForm.NONE:
        words.append(f"ngày {_day(name.issued, style.day)}")
    if name.issuer and style.issuer:
        head = "Bộ trưởng " if style.minister and kind == "Thông tư" and name.issuer.startswith("Bộ ") else ""
        words.append(f"của {head}{name.issuer}")
    if name.title and style.title:
        words.append(_lowered(_without_kind(clean(name.title), kind)))
    return " ".join(words)


def _law(name: InstrumentName, kind: str, style: LineStyle) -> str:
    title = f"{kind} {_lowered(_without_kind(clean(name.title), kind), keep=True)}"
    # a law without its year is told from its forerunners by its number only
    if (style.law_numbers or name.issued is None) and any(char.isdigit() for char in name.key):
        day = (
            ""
            if name.issued is None or style.day is DayForm.NONE
            else f" ngày {_day(name.issued, style.day)}"
        )
        return f"{title} số {name.key}{day}"
    return title if name.issued is None else f"{title} năm {name.issued.year}"


def _without_kind(title: str, kind: str) -> str:
    return title[len(kind) :].lstrip() if title.casefold().startswith(f"{kind} ".casefold()) else title


def _lowered(title: str, *, keep: bool = False) -> str:
    """Return a title as it goes on in a line; names keep their capital, so does that of a law ("Luật Hộ tịch")."""
    first = title.partition(" ")[0]
    if first in _PROPER or first.isupper() or (keep and _TITLE.match(title) is None):
        return title
    return title[:1].lower() + title[1:]


def _day(day: date, form: DayForm) -> str:
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return (
        f"{day.day:02d}/{month}/{day.year}"
        if form is DayForm.SHORT
        else f"{day.day:02d} tháng {month} năm {day.year}"
    )


def _day_form(cited: Sequence[Citation]) -> DayForm:
    dated = [one for one in cited if one.date is not None]
    if 2 * len(dated) < len(cited):
        return DayForm.NONE
    return DayForm.SHORT if _most(_SHORT_DAY.search(one.text) is not None for one in dated) else DayForm.LONG


def _most(answers: Iterable[bool]) -> bool:
    told = list(answers)
    return 2 * sum(told) >= len(told)
