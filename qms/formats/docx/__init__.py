"""Word packages: judged before they are parsed, then read as a reader of the page sees them."""

from qms.formats.docx.preflight import preflight
from qms.formats.docx.reader import read_docx

__all__ = ["preflight", "read_docx"]
