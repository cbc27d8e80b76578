"""Read a regulation's own text: which it is, from when it holds, and what it does to other instruments. Pure.

::

    text ── layout (lines, own provisions, quoted wording) ─┬── masthead    number, type, title, issuer, day
                                                            ├── effect      from when, and what begins otherwise
                                                            ├── statements  replaces, repeals, suspends, amends ...
                                                            ├── amending    "Sửa đổi khoản 2 Điều 5 như sau"
                                                            ├── grounds     basis, guides, implements
                                                            └── consolidated  what a VBHN brings together
"""

from qms.citations.intake.reader import effective_day, read_regulation
from qms.citations.intake.values import (
    Doubt,
    PartEffect,
    Regulation,
    StatedInstrument,
    StatedRelation,
    StatedTthc,
)

__all__ = [
    "Doubt",
    "PartEffect",
    "Regulation",
    "StatedInstrument",
    "StatedRelation",
    "StatedTthc",
    "effective_day",
    "read_regulation",
]
