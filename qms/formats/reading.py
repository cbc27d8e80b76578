"""The door of this room: one file in, one ``Reading`` out."""

from __future__ import annotations

from dataclasses import dataclass

from qms.formats.anatomy.values import Anatomy, Doubt
from qms.model.enums import MasterFormat


@dataclass(frozen=True)
class Reading:
    """All that was read from one file.

    ``markdown`` is the file itself for a Markdown master and derived for a DOCX master. ``plain`` has every
    word once. ``warnings`` are those of the file (mended characters, a wrong name), then the anatomy's.
    """

    format: MasterFormat
    anatomy: Anatomy
    markdown: str
    plain: str
    warnings: tuple[Doubt, ...] = ()


def read(data: bytes, name: str) -> Reading:
    """Read a DOCX or Markdown file by its content, never by its name; raises ``refusals.Unacceptable``."""
    raise NotImplementedError


def reading_to_json(reading: Reading) -> str:
    """Return a reading as JSON text."""
    raise NotImplementedError


def reading_from_json(text: str) -> Reading:
    """Return the reading that ``reading_to_json`` wrote."""
    raise NotImplementedError
