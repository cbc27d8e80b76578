"""The words inside Word's own diagrams (SmartArt): flow charts of steps are often drawn so."""

from __future__ import annotations

from lxml import etree

from qms.formats.docx.names import R
from qms.model.ids import clean

_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def diagrams_in(drawing: etree._Element) -> list[str]:
    """Return the ids of the relationships under which a drawing keeps the words of its diagrams."""
    return [one.get(f"{R}dm", "") for one in drawing.iter(f"{_DIAGRAM}relIds")]


def diagram_lines(root: etree._Element) -> list[str]:
    """Return the words of a diagram's data part, a line a paragraph, in the order in which they were typed."""
    paragraphs = root.iter(f"{_DRAWING}p")
    lines = (clean("".join(text.text or "" for text in one.iter(f"{_DRAWING}t"))) for one in paragraphs)
    return [line for line in lines if line]
