"""The pieces of WordprocessingML that a print adds: the block of the footer, the lines of the header, new parts."""

from __future__ import annotations

from xml.sax.saxutils import escape

from qms.formats.docx.names import STRICT
from qms.formats.press.sheet import Sheet

QR_MM = 16
_EMU_A_MM = 36_000
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_STRICT_DRAWING = b"http://purl.oclc.org/ooxml/drawingml"
_NOTICE_LETTERS = 600
"""A notice longer than this would leave no room on the page: the rest is read on the page that the QR code opens."""


def footer_block(sheet: Sheet, number: int, image: str) -> bytes:
    """Return the table with copy line, marks and QR code that is put at the end of each footer.

    ``image`` is the relation of the footer to the picture, ``number`` makes the picture's own number unlike others.
    """
    place = (
        "Kiểm tra bản này còn áp dụng hay không: quét mã bên, "
        f"hoặc nhập mã {sheet.short_code} tại {sheet.check_place}"
    )
    lines = [_run(sheet.copy_line, 18, bold=True)]
    if sheet.mark_line:
        lines.append(_run(sheet.mark_line, 20, bold=True))
    lines.append(_run(place, 16))
    left = "".join(_paragraph(line, "left") for line in lines)
    margins = "<w:tblCellMar><w:top w:w='60' w:type='dxa'/></w:tblCellMar>"
    borders = "<w:tblBorders><w:top w:val='single' w:sz='4' w:space='0' w:color='auto'/></w:tblBorders>"
    columns = "<w:tblGrid><w:gridCol w:w='7560'/><w:gridCol w:w='1440'/></w:tblGrid>"
    right = _paragraph(_picture(number, image), "right")
    table = (
        f"<w:tbl {_W}><w:tblPr><w:tblW w:w='5000' w:type='pct'/>{borders}"
        f"<w:tblLayout w:type='fixed'/>{margins}</w:tblPr>{columns}"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cell(left, 4200)}{_cell(right, 800)}</w:tr></w:tbl>"
        f"<w:p {_W}><w:pPr><w:spacing w:before='0' w:after='0' w:line='20' w:lineRule='exact'/></w:pPr></w:p>"
    )
    return table.encode()


def header_lines(sheet: Sheet) -> bytes:
    """Return the paragraphs that are put at the head of each header: the mark, then the notices; often nothing."""
    lines = [_run(sheet.mark_line, 24, bold=True)] if sheet.mark_line else []
    for notice in sheet.notices:
        words = f"THÔNG BÁO ÁP DỤNG TẠM THỜI: {notice.text}"
        words = words if len(words) <= _NOTICE_LETTERS else f"{words[:_NOTICE_LETTERS]}..."
        lines.append(_run(words + (f" (Căn cứ: {notice.basis})" if notice.basis else ""), 18, bold=True))
    box = "<w:pBdr>" + "".join(
        f"<w:{side} w:val='single' w:sz='8' w:space='2' w:color='auto'/>"
        for side in ("top", "left", "bottom", "right")
    )
    return "".join(_paragraph(line, "center", f"{box}</w:pBdr>", outer=True) for line in lines).encode()


def new_part(kind: str, inside: bytes) -> bytes:
    """Return a whole header or footer part that holds nothing else."""
    root = "hdr" if kind == "header" else "ftr"
    body = inside or f"<w:p {_W}/>".encode()
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{root} {_W}>'.encode()
        + body
        + f"</w:{root}>".encode()
    )


def reference(kind: str, pages: str, relation: str, prefix: str) -> bytes:
    """Return the element by which a section names a header or footer part."""
    element = f"{prefix}:{kind}Reference" if prefix else f"{kind}Reference"
    return f'<{element} {_R} {f"{prefix}:" if prefix else ""}type="{pages}" r:id="{relation}"/>'.encode()


def in_dialect(xml: bytes, strict: bool) -> bytes:
    """Return XML in the names of the part it goes into: transitional, or those of ISO/IEC 29500 strict."""
    if not strict:
        return xml
    for name, transitional in STRICT.items():
        xml = xml.replace(transitional, name)
    return xml.replace(_DRAWING.encode(), _STRICT_DRAWING)


def _run(text: str, half_points: int, *, bold: bool = False) -> str:
    fonts = "<w:rFonts w:ascii='Times New Roman' w:hAnsi='Times New Roman' w:cs='Times New Roman'/>"
    weight = "<w:b/>" if bold else ""
    size = f"<w:sz w:val='{half_points}'/><w:szCs w:val='{half_points}'/>"
    return f"<w:r><w:rPr>{fonts}{weight}{size}</w:rPr><w:t xml:space='preserve'>{escape(text)}</w:t></w:r>"


def _paragraph(inside: str, align: str, borders: str = "", *, outer: bool = False) -> str:
    spacing = (
        "<w:spacing w:before='0' w:after='0' w:line='240' w:lineRule='auto'/>"
        "<w:ind w:left='0' w:right='0' w:firstLine='0'/>"
    )
    declared = f" {_W}" if outer else ""
    return f"<w:p{declared}><w:pPr>{borders}{spacing}<w:jc w:val='{align}'/></w:pPr>{inside}</w:p>"


def _cell(inside: str, share: int) -> str:
    return (
        f"<w:tc><w:tcPr><w:tcW w:w='{share}' w:type='pct'/><w:vAlign w:val='center'/></w:tcPr>{inside}</w:tc>"
    )


def _picture(number: int, image: str) -> str:
    side = QR_MM * _EMU_A_MM
    named = f"id='{900_000 + number}' name='QR {number}' descr='Mã QR kiểm tra bản in'"
    return (
        f"<w:r><w:drawing><wp:inline xmlns:wp='{_DRAWING}/wordprocessingDrawing'"
        " distT='0' distB='0' distL='0' distR='0'>"
        f"<wp:extent cx='{side}' cy='{side}'/><wp:docPr {named}/>"
        f"<a:graphic xmlns:a='{_DRAWING}/main'><a:graphicData uri='{_DRAWING}/picture'>"
        f"<pic:pic xmlns:pic='{_DRAWING}/picture'><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
        f"<pic:blipFill><a:blip {_R} r:embed='{image}'/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f"<pic:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='{side}' cy='{side}'/></a:xfrm>"
        "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r>"
    )
