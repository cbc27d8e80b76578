"""Changes of the legal-basis part of a document, as values: by instrument for people, by line for the file."""

from __future__ import annotations

from dataclasses import dataclass

from qms.errors import Refused
from qms.model.enums import BasisAction


@dataclass(frozen=True)
class BasisEdit:
    """One change of the legal-basis part.

    ``cites`` is the key of the instrument whose line is changed (``123/2015/NĐ-CP``, ``Luật Hộ tịch 2014``), ``text``
    the words of the new line without bullet and closing mark. ``issuer`` tells local instruments of one number apart
    ('' means any).
    """

    cites: str
    action: BasisAction
    text: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class EditedBasis:
    """A file after its basis was edited: the edits that were made, and those left undone with the reason (Vietnamese).

    An edit stands in both where its instrument has several lines and only some of them could be changed.
    """

    data: bytes
    applied: tuple[BasisEdit, ...] = ()
    left: tuple[tuple[BasisEdit, str], ...] = ()


@dataclass(frozen=True)
class LineEdit:
    """One change of one line: ``line`` counts the anatomy's ``legal_basis_lines`` from 0, ``words`` is what it says.

    A file whose line says something else is not changed (compare before writing).
    """

    line: int
    words: str
    action: BasisAction
    text: str = ""


@dataclass(frozen=True)
class EditedLines:
    """A file after lines of its basis were edited, the lines as they read now, and what was left undone and why."""

    data: bytes
    lines: tuple[str, ...] = ()
    applied: tuple[LineEdit, ...] = ()
    left: tuple[tuple[LineEdit, str], ...] = ()


class LineLeft(Refused):
    """A line of the legal basis that is not changed; ``reason`` is a Vietnamese sentence."""

    code = "line_left"
    sentence = "{reason}"

    @property
    def reason(self) -> str:
        """Return why, as it is told to the officer."""
        return str(self)
