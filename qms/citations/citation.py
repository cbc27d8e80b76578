"""The value that the reader returns: one place in a text that points to a legal instrument."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from qms.citations.titles import canonical_title


class Said(NamedTuple):
    """What a citation says, the same wherever its line stands; the fields are those of ``Citation``."""

    text: str
    type: str | None = None
    instrument: str | None = None
    title: str | None = None
    year: int | None = None
    date: datetime.date | None = None
    issuer: str | None = None
    partial: bool = False
    nested: bool = False
    self_reference: bool = False
    provisions: tuple[str, ...] = ()


class Citation(NamedTuple):
    """One citation as it stands in a text: its place, and what it says.

    Named tuples in two parts, for a large text has hundreds of thousands of citations and repeats its lines: what a
    line says is kept once, and only the places are many.
    """

    start: int
    end: int
    said: Said

    @property
    def text(self) -> str:
        """Return exactly ``input[start:end]``."""
        return self.said.text

    @property
    def type(self) -> str | None:
        """Return the Vietnamese kind, None of a bare number that no word or symbol tells."""
        return self.said.type

    @property
    def instrument(self) -> str | None:
        """Return the canonical number."""
        return self.said.instrument

    @property
    def title(self) -> str | None:
        """Return the title as printed, of kinds that have one."""
        return self.said.title

    @property
    def year(self) -> int | None:
        """Return the year that stands with a title."""
        return self.said.year

    @property
    def date(self) -> datetime.date | None:
        """Return the day of issue that stands with it."""
        return self.said.date

    @property
    def issuer(self) -> str | None:
        """Return who issued it, as far as symbol or words say."""
        return self.said.issuer

    @property
    def partial(self) -> bool:
        """Tell whether the number is incomplete ("Nghị định 116")."""
        return self.said.partial

    @property
    def nested(self) -> bool:
        """Tell whether it is only quoted inside another's title."""
        return self.said.nested

    @property
    def self_reference(self) -> bool:
        """Tell whether the text speaks of itself ("Nghị định này")."""
        return self.said.self_reference

    @property
    def provisions(self) -> tuple[str, ...]:
        """Return the ids of what is cited, in the order named."""
        return self.said.provisions

    @property
    def key(self) -> str | None:
        """What names the instrument: its number, else title and year; None where the text names none."""
        if self.partial or self.self_reference:
            return None
        if self.instrument is not None or self.title is None:
            return self.instrument
        year = self.year or (self.date.year if self.date else None)
        title = canonical_title(self.title)
        return title if year is None else f"{title} {year}"

    def as_json(self, file: str | None = None) -> dict[str, object]:
        """Return exactly the keys of the ``qms cite`` contract (``design.md`` §7)."""
        return {
            "file": file,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "type": self.type,
            "instrument": self.instrument,
            "title": self.title,
            "year": self.year,
            "date": self.date.isoformat() if self.date else None,
            "issuer": self.issuer,
            "partial": self.partial,
            "nested": self.nested,
            "self": self.self_reference,
            "provisions": list(self.provisions),
        }
