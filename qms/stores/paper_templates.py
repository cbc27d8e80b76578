"""Templates of papers: the agency's own of the same name first, else the one that comes with the program."""

from __future__ import annotations

import re
from pathlib import Path

from qms.errors import NotFound

_NAME = re.compile(r"[a-z][a-z0-9-]{1,60}")


class PaperTemplates:
    """DOCX templates in folders, the first that has one wins; implements ``usecases.ports.Templates``."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders

    def read(self, name: str) -> bytes:
        """Return a template's bytes; raises ``NotFound``."""
        for folder in self._folders if _NAME.fullmatch(name) else ():
            path = folder / f"{name}.docx"
            if path.is_file():
                return path.read_bytes()
        raise NotFound(what=f"mẫu «{name}.docx»")
