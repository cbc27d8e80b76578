"""What paragraph styles add to a paragraph: its list, its outline level, bold letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from qms.formats.docx.names import VAL, W, is_on

_HEADING_NAME = re.compile(r"heading ([1-6])")


@dataclass(frozen=True)
class Style:
    """A style with all that it inherits; ``level`` is 1 to 6 for a heading."""

    level: int | None = None
    number_id: str | None = None
    number_level: int | None = None
    bold: bool = False
    hidden: bool = False
    font: str = ""


PLAIN = Style()
_MAX_ANCESTORS = 30


class Styles:
    """The styles of a document by id; an unknown one is plain."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = [] if root is None else root.findall(f"{W}style")
        self._elements = {element.get(f"{W}styleId", ""): element for element in elements}
        self._known: dict[str, Style] = {}
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.font = "" if defaults is None else font_in(defaults)
        self.default = next(
            (
                element.get(f"{W}styleId", "")
                for element in elements
                if element.get(f"{W}type") == "paragraph"
                and element.get(f"{W}default") in {"1", "true", "on"}
            ),
            "",
        )

    def get(self, style_id: str | None) -> Style:
        """Return the style of this id, the default paragraph style for None."""
        key = self.default if style_id is None else style_id
        if key not in self._known:
            self._known[key] = self._resolve(key)
        return self._known[key]

    def _resolve(self, style_id: str) -> Style:
        chain: list[etree._Element] = []
        current = self._elements.get(style_id)
        while current is not None and len(chain) < _MAX_ANCESTORS:
            chain.append(current)
            parent = current.find(f"{W}basedOn")
            current = None if parent is None else self._elements.get(parent.get(VAL, ""))
        style = PLAIN
        for element in reversed(chain):
            style = _refined(style, element)
        return style


def font_in(properties: etree._Element) -> str:
    """Return the font that run properties name for Vietnamese letters, '' when they name none."""
    fonts = properties.find(f"{W}rFonts")
    return "" if fonts is None else fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii") or ""


def _refined(parent: Style, element: etree._Element) -> Style:
    level = _heading_level(element)
    number_id = _value(element, "pPr/numPr/numId")
    number_level = _value(element, "pPr/numPr/ilvl")
    bold = element.find(f"{W}rPr/{W}b")
    hidden = element.find(f"{W}rPr/{W}vanish")
    properties = element.find(f"{W}rPr")
    font = "" if properties is None else font_in(properties)
    return Style(
        level=parent.level if level is None else level,
        number_id=parent.number_id if number_id is None else number_id,
        number_level=parent.number_level if number_level is None else _small(number_level),
        bold=parent.bold if bold is None else is_on(bold.get(VAL)),
        hidden=parent.hidden if hidden is None else is_on(hidden.get(VAL)),
        font=font or parent.font,
    )


def _heading_level(element: etree._Element) -> int | None:
    name = _value(element, "name") or ""
    if match := _HEADING_NAME.fullmatch(name.lower()):
        return int(match[1])
    outline = _value(element, "pPr/outlineLvl")
    if outline is None or not outline.isdecimal():
        return None
    return int(outline) + 1 if int(outline) < 6 else None


def _value(element: etree._Element, path: str) -> str | None:
    found = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    return None if found is None else found.get(VAL)


def _small(text: str) -> int:
    return min(int(text), 8) if text.isdecimal() else 0
