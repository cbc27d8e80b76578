"""The press: Markdown masters as PDF, Word masters stamped and, where LibreOffice is installed, as PDF too."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from qms.formats.press.sheet import Sheet, sheet_to_json
from qms.stores.office import Office
from qms.stores.sandbox.parent import Sandbox

KEPT = 200
"""So many PDFs of Word masters are remembered: LibreOffice takes seconds for each, and a day's prints are alike."""


class Press:
    """Prints in a child of its own; implements ``usecases.ports.Press``.

    ``templates`` is the folder of print templates, ``office`` the LibreOffice that may be there, ``folder`` where its
    PDFs are remembered by the hash of the file they were made of; it may be deleted at any time.
    """

    def __init__(self, templates: Path, office: Office, folder: Path) -> None:
        self._office = office
        self._folder = folder
        self._child = _Printing(templates)

    def pdf(self, markdown: bytes, sheet: Sheet) -> bytes:
        """Return a Markdown master as PDF; raises ``refusals.Unacceptable``."""
        return self._child.printed("typeset", markdown, sheet)

    def stamped(self, docx: bytes, sheet: Sheet) -> bytes:
        """Return a Word master with copy line and QR code in its headers and footers; raises ``Unacceptable``."""
        return self._child.printed("stamp", docx, sheet)

    def stamped_pdf(self, docx: bytes, sheet: Sheet) -> bytes:
        """Return the same as PDF; raises ``NoOffice`` where this machine cannot."""
        stamped = self.stamped(docx, sheet)
        path = self._folder / f"{hashlib.sha256(stamped).hexdigest()}.pdf"
        with contextlib.suppress(FileNotFoundError):
            return path.read_bytes()
        made = self._office.pdf(stamped)
        self._remember(path, made)
        return made

    @property
    def prints_word(self) -> bool:
        """Tell whether Word masters come as PDF here."""
        return self._office.there

    def _remember(self, path: Path, data: bytes) -> None:
        # a full or read-only disk must not keep anybody from printing
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._folder)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).replace(path)
            oldest = sorted(self._folder.glob("*.pdf"), key=lambda one: one.stat().st_mtime)[:-KEPT]
            for one in oldest:
                one.unlink(missing_ok=True)

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
