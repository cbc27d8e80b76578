"""Changes one line of the legal basis inside a Markdown file; every other byte stays as it was."""

from __future__ import annotations

from qms.model.basis import LineLeft
from qms.model.enums import BasisAction


def edit_markdown(data: bytes, line: int, action: BasisAction, text: str) -> bytes:
    """Return the file with one line changed; raises ``LineLeft``."""
    raise LineLeft(reason="Chưa sửa tự động được tệp Markdown.")
