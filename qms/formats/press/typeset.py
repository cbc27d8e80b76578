"""A Markdown master typeset as PDF: read into the one intermediate form, handed to a template as JSON.

Nothing of the text is ever spliced into the template's source, so that no text can be a command.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qms.formats.markdown import from_markdown
from qms.formats.press.blocks import laid_out
from qms.formats.press.qr import qr_svg
from qms.formats.press.sheet import Sheet
from qms.formats.refusals import BadTemplate

if TYPE_CHECKING:
    import typst

TEMPLATE = "document.typ"
FONTS = "fonts"


def typeset(markdown: str, sheet: Sheet, templates: Path) -> bytes:
    """Return the PDF of a master; raises ``MarkdownTooComplex``, or ``BadTemplate`` for a template with a mistake."""
    paper = asdict(sheet) | laid_out(from_markdown(markdown), sheet) | {"qr": qr_svg(sheet.address)}
    return compiled(templates / TEMPLATE, json.dumps(paper, ensure_ascii=False))


def compiled(template: Path, paper: str) -> bytes:
    """Return the PDF that a template makes of the JSON text ``paper``; raises ``BadTemplate``."""
    import typst

    try:
        made = typst.compile(
            template,
            root=template.parent,
            font_paths=_fonts(template.parent / FONTS),
            ignore_system_fonts=True,
            sys_inputs={"paper": paper},
        )
    except typst.TypstError as error:
        raise BadTemplate(name=template.name, reason=str(error).partition("\n")[0][:300]) from None
    if not isinstance(made, bytes):
        raise BadTemplate(name=template.name, reason="không ra PDF")
    return made


def warm_up(templates: Path) -> None:
    """Typeset next to nothing, so that fonts are read and threads are there before limits hold."""
    import typst

    typst.compile(
        b'#set text(font: "Tinos")\nA', font_paths=_fonts(templates / FONTS), ignore_system_fonts=True
    )


@lru_cache(maxsize=4)
def _fonts(folder: Path) -> typst.Fonts:
    """Fonts are read once; the machine's own are left alone, so that a page looks the same everywhere."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[folder])
