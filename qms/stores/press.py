"""The press: Markdown masters as PDF, Word masters stamped and, where LibreOffice is installed, as PDF too."""

from __future__ import annotations

from pathlib import Path

from qms.formats.press.sheet import Sheet, sheet_to_json
from qms.stores.office import Office
from qms.stores.sandbox.parent import Sandbox


class Press:
    """Prints in a child of its own; implements ``usecases.ports.Press``.

    ``templates`` is the folder of print templates, ``office`` the LibreOffice that may be there.
    """

    def __init__(self, templates: Path, office: Office) -> None:
        self._office = office
        self._child = _Printing(templates)

    def pdf(self, markdown: bytes, sheet: Sheet) -> bytes:
        """Return a Markdown master as PDF; raises ``refusals.Unacceptable``."""
        return self._child.printed("typeset", markdown, sheet)

    def stamped(self, docx: bytes, sheet: Sheet) -> bytes:
        """Return a Word master with copy line and QR code in its headers and footers; raises ``Unacceptable``."""
        return self._child.printed("stamp", docx, sheet)

    def stamped_pdf(self, docx: bytes, sheet: Sheet) -> bytes:
        """Return the same as PDF; raises ``NoOffice`` where this machine cannot."""
        return self._office.pdf(self.stamped(docx, sheet))

    @property
    def prints_word(self) -> bool:
        """Tell whether Word masters come as PDF here."""
        return self._office.there

    def close(self) -> None:
        """End the child."""
        self._child.close()


class _Printing(Sandbox):
    """The sandbox with the printing child behind it."""

    def __init__(self, templates: Path) -> None:
        super().__init__()
        self.runs = ("qms.stores.sandbox.press_child", str(templates))

    def printed(self, verb: str, master: bytes, sheet: Sheet) -> bytes:
        return self._ask(verb, "", master, sheet_to_json(sheet).encode())
