"""Which words of a file are set in a font older than Unicode: by the run, its style or the paragraph's style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from lxml import etree

from qms.formats.docx.legacy import Legacy, legacy_of, says_legacy
from qms.formats.docx.names import VAL, W
from qms.formats.docx.styles import Styles, font_in


class Fonts:
    """The old fonts of a file; asked only when some part of it names one."""

    def __init__(self, styles: Styles, roots: Iterable[etree._Element], *, otherwise: bool = False) -> None:
        self._styles = styles
        texts = [text for root in roots for text in root.iter(f"{W}t") if text.text]
        self.in_use = any(says_legacy(text.text or "") and self._code_at(text) for text in texts)
        """Whether any words are in an old code, not only under an old font's name."""
        said = Counter(says_legacy(text.text or "") for text in texts if self.in_use and self._code_at(text))
        self.unclear_is_old = said[True] > said[False] if said[True] or said[False] else otherwise
        """What holds for words whose letters could be either: what most others of the file are."""

    def code_of(self, run: etree._Element) -> Legacy | None:
        """Return the old code that a run's font shows, None for a font of Unicode."""
        properties = run.find(f"{W}rPr")
        font = "" if properties is None else font_in(properties) or self._of_style(properties, "rStyle")
        return legacy_of(font or self._of_paragraph(run))

    def _code_at(self, text: etree._Element) -> Legacy | None:
        run = text.getparent()
        return None if run is None else self.code_of(run)

    def _of_paragraph(self, run: etree._Element) -> str:
        paragraph = next(run.iterancestors(f"{W}p"), None)
        properties = None if paragraph is None else paragraph.find(f"{W}pPr")
        styled = None if properties is None else properties.find(f"{W}pStyle")
        style = self._styles.get(None if styled is None else styled.get(VAL))
        return style.font or self._styles.font

    def _of_style(self, properties: etree._Element, name: str) -> str:
        found = properties.find(f"{W}{name}")
        return "" if found is None else self._styles.get(found.get(VAL, "")).font
