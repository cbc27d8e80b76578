"""The value that the reader returns: one place in a text that points to a legal instrument."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from qms.citations.titles import canonical_title


class Citation(NamedTuple):
    """One citation as it stands in a text; ``text`` is exactly ``input[start:end]``.

    A named tuple, for a large text has hundreds of thousands: a quarter of a dataclass in time and room.

    ``instrument`` is the canonical number, ``title`` the title as printed (titled kinds only). ``partial`` means
    that the number is incomplete ("Nghị định 116"), ``nested`` that it is quoted inside another's title,
    ``self_reference`` that the text speaks of itself ("Nghị định này").
    """

    start: int
    end: int
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
