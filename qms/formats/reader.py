"""The door of this room: one file in, one ``Reading`` out; told apart by content, never by name."""

from __future__ import annotations

from pathlib import PurePath

from qms.formats.anatomy import read_anatomy
from qms.formats.anatomy.masthead import with_front_matter
from qms.formats.anatomy.values import Doubt
from qms.formats.docx.legacy import looks_legacy
from qms.formats.docx.package import Package
from qms.formats.docx.preflight import check_kind, check_size, preflight
from qms.formats.docx.reader import read_package
from qms.formats.frontmatter import split
from qms.formats.markdown import from_markdown, to_markdown
from qms.formats.reading import Reading
from qms.formats.refusals import NotADocument, NotWhatItsNameSays
from qms.model.enums import MasterFormat, WarningCode

_TEXT_EXTENSIONS = frozenset({".md", ".markdown", ".txt"})
BINARY = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF-", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")


def read(data: bytes, name: str) -> Reading:
    """Read a DOCX or Markdown file by its content, never by its name; raises ``refusals.Unacceptable``."""
    check_size(data)
    if data.startswith(BINARY) or data.lstrip()[:5] == b"%PDF-":
        check_kind(data)
        return _read_docx(data, name)
    return _read_markdown(data, name)


def _read_docx(data: bytes, name: str) -> Reading:
    preflight(data)
    found = read_package(Package(data))
    anatomy = read_anatomy(found.text)
    plain = found.text.plain()
    doubts: list[Doubt] = []
    if not name.lower().endswith((".docx", ".docm")):
        doubts.append(
            Doubt(WarningCode.WRONG_EXTENSION, "Tên tệp không có đuôi .docx nhưng nội dung là Word.")
        )
    if not plain.strip():
        message = "Tệp không có chữ nào đọc được (có thể chỉ là ảnh quét); nội dung chưa được kiểm tra."
        doubts.append(Doubt(WarningCode.NO_TEXT, message))
    if found.old_fonts:
        message = (
            "Tệp dùng phông chữ cũ (TCVN3 hoặc VNI); chữ đã được đổi sang Unicode, hãy đối chiếu với bản gốc."
        )
        doubts.append(Doubt(WarningCode.CHARACTERS_MENDED, message))
    elif looks_legacy(plain):
        message = (
            "Chữ trong tệp không phải Unicode (TCVN3 hoặc VNI nhưng không nhận ra phông); hãy chuyển mã sang "
            "Unicode rồi gửi lại."
        )
        doubts.append(Doubt(WarningCode.LEGACY_CHARACTERS, message))
    if found.tracked_changes:
        message = "Tệp còn sửa đổi chưa chấp nhận (Track Changes); hãy chấp nhận hoặc từ chối hết trong Word."
        doubts.append(Doubt(WarningCode.TRACKED_CHANGES, message))
    if found.embedded_parts:
        message = "Tệp có phần nhúng từ tài liệu khác mà máy không đọc được; phần đó chưa được kiểm tra."
        doubts.append(Doubt(WarningCode.NOT_EXAMINED, message))
    return Reading(MasterFormat.DOCX, anatomy, to_markdown(found.text), plain, (*doubts, *anatomy.warnings))


def _read_markdown(data: bytes, name: str) -> Reading:
    extension = PurePath(name).suffix.lower()
    if extension and extension not in _TEXT_EXTENSIONS:
        raise NotWhatItsNameSays(extension=extension)
    markdown = decoded(data)
    text = from_markdown(markdown)
    meta, _ = split(markdown)
    anatomy = with_front_matter(read_anatomy(text), meta)
    doubts: list[Doubt] = []
    if not name.lower().endswith((".md", ".markdown", ".txt")):
        doubts.append(
            Doubt(WarningCode.WRONG_EXTENSION, "Tên tệp không có đuôi .md nhưng nội dung là văn bản.")
        )
    return Reading(MasterFormat.MARKDOWN, anatomy, markdown, text.plain(), (*doubts, *anatomy.warnings))


def decoded(data: bytes) -> str:
    """Return the words of a plain text file; raises ``NotADocument`` for what is none."""
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotADocument from None
    if "\0" in words:
        raise NotADocument
    return words
