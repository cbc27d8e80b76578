"""Make the Word templates of the papers that the record prints; the same program gives the same bytes.

Run ``python documents/make_print_templates.py [FOLDER]``; without a folder ``templates/print`` is written anew.
Layout after Decree 30/2020/NĐ-CP: A4, Times New Roman 13 to 14, margins 20, 20, 30 and 15 mm, page number from page 2.
An agency may put a template of the same name into ``QMS_HOME/templates``; fields are written ``{{ ten_truong }}``.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

HERE = Path(__file__).resolve().parents[1] / "templates" / "print"
FIXED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
FONT = "Times New Roman"
LEFT, RIGHT, TOP, BOTTOM = 30, 15, 20, 20
TALL, WIDE = 210 - LEFT - RIGHT, 297 - LEFT - RIGHT
CENTRE, BOTH, RIGHTWARD = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.RIGHT
STANDARD = "Hệ thống quản lý chất lượng theo Tiêu chuẩn quốc gia TCVN ISO 9001:2015"

Columns = Sequence[tuple[str, str, int]]
"""Head, field and share of the width of each column; ``field`` is what stands in braces."""


def templates() -> dict[str, bytes]:
    """Return every template by its name."""
    made = {
        **_registers(),
        **_signing_set(),
        "phieu-de-nghi-sua-doi": _request(),
        "danh-sach-pho-bien": _informed(),
    }
    return {f"{name}.docx": _bytes(document) for name, document in sorted(made.items())}


def _registers() -> dict[str, Document]:
    found: dict[str, tuple[str, str, Columns]] = {
        "danh-muc-tai-lieu-noi-bo": (
            "DANH MỤC TÀI LIỆU NỘI BỘ",
            "(Tính đến ngày {{ tinh_den }})",
            (
                ("Mã hiệu", "d.ma_hieu", 24), ("Tên tài liệu", "d.ten", 54), ("Loại", "d.loai", 17),
                ("Đơn vị", "d.don_vi", 28), ("Lần ban hành", "d.lan", 15), ("Ngày hiệu lực", "d.hieu_luc", 27),
                ("Quyết định", "d.quyet_dinh", 27), ("Tình trạng", "d.tinh_trang", 21),
                ("Hạn soát xét", "d.han_soat_xet", 27),
            ),
        ),
        "danh-muc-tai-lieu-ben-ngoai": (
            "DANH MỤC TÀI LIỆU BÊN NGOÀI",
            "(Tính đến ngày {{ tinh_den }})",
            (
                ("Số, ký hiệu", "d.so", 28), ("Tên văn bản", "d.ten", 62), ("Loại", "d.loai", 17),
                ("Cơ quan ban hành", "d.co_quan", 25), ("Ngày hiệu lực", "d.hieu_luc", 27),
                ("Tình trạng", "d.tinh_trang", 34), ("Đơn vị theo dõi", "d.don_vi", 20),
                ("Rà soát gần nhất", "d.ra_soat", 27),
            ),
        ),
        "danh-muc-ho-so": (
            "DANH MỤC HỒ SƠ",
            "(Tính đến ngày {{ tinh_den }})",
            (
                ("Tên hồ sơ", "d.ten", 90), ("Theo quy trình", "d.ma_hieu", 32),
                ("Nơi lưu, người lưu", "d.noi_luu", 56),
                ("Thời gian lưu", "d.thoi_gian", 30), ("Ghi chú", "d.ghi_chu", 32),
            ),
        ),
        "bang-theo-doi-sua-doi": (
            "BẢNG THEO DÕI SỬA ĐỔI TÀI LIỆU",
            "(Tính đến ngày {{ tinh_den }})",
            (
                ("Mã hiệu", "d.ma_hieu", 26), ("Tên tài liệu", "d.ten", 48), ("Lần ban hành", "d.lan", 15),
                ("Tóm lược nội dung sửa đổi", "d.tom_luoc", 72), ("Quyết định", "d.quyet_dinh", 27),
                ("Ngày ký", "d.ngay_ky", 26), ("Ngày hiệu lực", "d.hieu_luc", 26),
            ),
        ),
        "bang-theo-doi-cap-nhat": (
            "BẢNG THEO DÕI CẬP NHẬT VĂN BẢN QUY PHẠM PHÁP LUẬT",
            "(Năm {{ nam }}, tính đến ngày {{ tinh_den }})",
            (
                ("Văn bản", "d.van_ban", 27), ("Hiệu lực từ", "d.hieu_luc", 26), ("Hạn cập nhật", "d.han", 26),
                ("Mã hiệu", "d.ma_hieu", 24), ("Tên tài liệu", "d.ten", 44), ("Ngày áp dụng bản mới", "d.cap_nhat", 26),
                ("Quyết định", "d.quyet_dinh", 26), ("Kết quả", "d.ket_qua", 20), ("Lý do, ghi chú", "d.ly_do", 25),
            ),
        ),
    }  # fmt: skip
    return {name: _register(*parts) for name, parts in found.items()}


def _register(title: str, below: str, columns: Columns) -> Document:
    document = _document(landscape=True)
    _masthead(document, WIDE)
    _title(document, title, below)
    _list(document, columns, WIDE)
    _signatures(document, WIDE, left=("NGƯỜI LẬP", "{{ nguoi_lap }}"))
    return document


def _signing_set() -> dict[str, Document]:
    return {"to-trinh": _submission(), "du-thao-quyet-dinh": _decision(), "bang-so-sanh": _comparison()}


DOCUMENTS: Columns = (
    ("Mã hiệu", "d.ma_hieu", 32), ("Tên tài liệu", "d.ten", 70), ("Lần ban hành", "d.lan", 20),
    ("Thay thế", "d.thay_the", 31),
)  # fmt: skip


def _submission() -> Document:
    document = _document()
    _masthead(document, TALL, number="Số:         /TTr-{{ chu_viet_tat }}", day=True)
    _title(document, "TỜ TRÌNH", f"Về việc ban hành tài liệu {STANDARD}")
    _line(document, "Kính gửi: {{ kinh_gui }}", align=CENTRE, after=10)
    _text(document, "{%p for c in can_cu %}", "Căn cứ {{ c }};", "{%p endfor %}", italic=True)
    _text(
        document,
        "Để tài liệu Hệ thống quản lý chất lượng của cơ quan phù hợp với quy định hiện hành, đơn vị được giao đã "
        "rà soát, soạn thảo và lấy ý kiến đối với {{ so_luong }} tài liệu dưới đây. Nội dung đã được xem xét, phê "
        "duyệt trên hệ thống quản lý tài liệu.",
    )
    _line(document, "1. Tài liệu đề nghị ban hành", bold=True, indent=True)
    _list(document, DOCUMENTS, TALL)
    _line(document, "2. Nội dung sửa đổi, bổ sung chủ yếu", bold=True, indent=True, before=6)
    _text(document, "{%p for d in dong %}", "- {{ d.ma_hieu }}: {{ d.tom_luoc }}", "{%p endfor %}")
    _text(document, "Chi tiết từng nội dung có tại Bảng so sánh kèm theo.")
    _line(document, "3. Đề nghị", bold=True, indent=True)
    _text(
        document,
        "Kính trình {{ kinh_gui }} xem xét, ký Quyết định ban hành (có dự thảo Quyết định, Bảng so sánh và toàn "
        "văn tài liệu kèm theo)./.",
    )
    _closing(document, ("- Như trên;", "- Lưu: VT, ISO."), "{{ chuc_vu_trinh }}", "{{ nguoi_trinh }}")
    return document


def _decision() -> Document:
    document = _document()
    _masthead(document, TALL, number="Số:         /QĐ-{{ chu_viet_tat }}", day=True)
    _line(document, "DỰ THẢO", bold=True, before=2)
    _title(document, "QUYẾT ĐỊNH", f"Về việc ban hành tài liệu {STANDARD}")
    _line(document, "{{ tham_quyen }}", bold=True, align=CENTRE, after=8)
    _text(document, "{%p for c in can_cu %}", "Căn cứ {{ c }};", "{%p endfor %}", italic=True)
    _text(
        document,
        "Theo đề nghị của {{ chuc_vu_trinh_thuong }} tại Tờ trình số         /TTr-{{ chu_viet_tat }}.",
        italic=True,
    )
    _line(document, "QUYẾT ĐỊNH:", bold=True, align=CENTRE, before=6, after=6)
    _article(
        document, "Điều 1. ", f"Ban hành kèm theo Quyết định này {{{{ so_luong }}}} tài liệu {STANDARD}, gồm:"
    )
    _list(document, DOCUMENTS, TALL)
    _article(
        document,
        "Điều 2. ",
        "Quyết định này có hiệu lực thi hành kể từ ngày        tháng        năm {{ nam }}. Tài liệu ban hành tại "
        "Điều 1 thay thế lần ban hành trước của tài liệu cùng mã hiệu; hồ sơ đã tiếp nhận trước ngày Quyết định này có "
        "hiệu lực được giải quyết theo lần ban hành trước, trừ trường hợp pháp luật có quy định khác.",
        before=6,
    )
    _article(
        document,
        "Điều 3. ",
        "Văn phòng, các đơn vị và cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./.",
    )
    _closing(
        document,
        ("- Như Điều 3;", "- {{ noi_nhan_tren }};", "- Lưu: VT, ISO."),
        "{{ chuc_vu_ky }}",
        "{{ nguoi_ky }}",
    )
    return document


def _comparison() -> Document:
    document = _document(landscape=True)
    _masthead(document, WIDE)
    _title(document, "BẢNG SO SÁNH NỘI DUNG SỬA ĐỔI, BỔ SUNG", "{{ ten }} ({{ ma_hieu }})")
    _line(document, "{{ lan_cu }} và {{ lan_moi }}", align=CENTRE, italic=True, after=6)
    widths = [98, 98, 56]
    head = ("Nội dung hiện hành", "Nội dung sửa đổi, bổ sung", "Lý do, căn cứ")
    table = _grid(document, 6, [w * WIDE // sum(widths) for w in widths])
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        _cell(cell, words, bold=True, centre=True)
    _repeat(table)
    _cell(table.cell(1, 0), "{%tr for m in muc %}")
    _cell(table.cell(2, 0), "{{ m.ten }}", bold=True)
    table.cell(2, 0).merge(table.cell(2, 2))
    _cell(table.cell(3, 0), "{%tr for p in m.doan %}")
    for column, words in enumerate(("{{r p.cu }}", "{{r p.moi }}", "{% vm %}{{ m.ly_do }}")):
        _cell(table.cell(4, column), words)
    _cell(table.cell(5, 0), "{%tr endfor %}")
    row = table.add_row()
    _cell(row.cells[0], "{%tr endfor %}")
    _line(
        document,
        "Ghi chú: chữ gạch ngang là phần bỏ đi; chữ đậm, gạch chân là phần thay vào hoặc thêm mới.",
        italic=True, size=12, before=4, after=4,
    )  # fmt: skip
    _signatures(document, WIDE, left=("NGƯỜI LẬP", "{{ nguoi_lap }}"))
    return document


def _request() -> Document:
    document = _document()
    _masthead(document, TALL, number="Số:         /PĐN", day=True)
    _title(document, "PHIẾU ĐỀ NGHỊ SỬA ĐỔI TÀI LIỆU", "")
    rows = (
        ("Người đề nghị", "{{ nguoi_de_nghi }}"),
        ("Đơn vị", "{{ don_vi }}"),
        ("Tài liệu", "{{ ten }} ({{ ma_hieu }}), {{ lan }}"),
        ("Hình thức", "{{ hinh_thuc }}"),
        ("Lý do, căn cứ", "{{ ly_do }}"),
        ("Nội dung bị tác động", "{{ tac_dong }}"),
        ("Nội dung đề nghị", "{{ noi_dung }}"),
        ("Văn bản có hiệu lực từ", "{{ hieu_luc }}"),
        ("Hạn cập nhật", "{{ han }}"),
        ("Phụ trách", "{{ phu_trach }}"),
    )
    table = _grid(document, len(rows), [48, TALL - 48])
    for row, (head, words) in zip(table.rows, rows, strict=True):
        _cell(row.cells[0], head, bold=True, size=13)
        _cell(row.cells[1], words, size=13)
    _line(document, "Ý KIẾN XEM XÉT, PHÊ DUYỆT", bold=True, before=10, after=4)
    opinions = _grid(document, 2, [TALL // 3] * 3)
    for cell, words in zip(
        opinions.rows[0].cells, ("Người đề nghị", "Thư ký ISO", "Lãnh đạo phê duyệt"), strict=True
    ):
        _cell(cell, words, bold=True, centre=True, size=13)
    opinions.rows[1].height = Mm(34)
    return document


def _informed() -> Document:
    document = _document()
    _masthead(document, TALL)
    _title(document, "DANH SÁCH PHỔ BIẾN, KÝ NHẬN TÀI LIỆU", "(Theo {{ quyet_dinh }})")
    _line(document, "1. Tài liệu được phổ biến", bold=True, after=4)
    _list(document, DOCUMENTS, TALL)
    _line(document, "{%p if co_thay_the %}")
    _line(
        document,
        "Bản cũ của các tài liệu trên hết hiệu lực từ {{ hieu_luc }}; người nhận trả lại hoặc đóng dấu «HẾT HIỆU "
        "LỰC» bản in cũ đang giữ.",
        before=6,
    )
    _line(document, "{%p endif %}")
    _line(document, "2. Người được phổ biến", bold=True, before=4, after=4)
    people: Columns = (
        ("Họ và tên", "d.ten", 48), ("Chức vụ, vị trí", "d.chuc_vu", 48), ("Ngày nhận", "d.ngay", 24),
        ("Ký nhận", "d.ky", 33),
    )  # fmt: skip
    _list(document, people, TALL, rows="nguoi", height=10)
    _signatures(document, TALL, left=("NGƯỜI LẬP", "{{ nguoi_lap }}"))
    return document


def _document(*, landscape: bool = False) -> Document:
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    _field(number, "PAGE")
    _style(document)
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = "", "", "", ""
    core.created = core.modified = FIXED
    core.revision = 1
    return document


def _style(document: Document) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in [kind for kind in fonts.attrib if kind.endswith("Theme")]:
        del fonts.attrib[kind]
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), FONT)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)


def _masthead(document: Document, width: int, *, number: str = "", day: bool = False) -> None:
    """Put names of agencies left, name and motto of the state right, number and place with date below."""
    left = 70 if width == TALL else 95
    table = document.add_table(2, 2)
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, share in zip(table.columns, (left, width - left), strict=True):
        column.width = Mm(share)
        for cell in column.cells:
            cell.width = Mm(share)
    agency = table.cell(0, 0)
    _cell(agency, "{%p if co_quan_chu_quan %}", centre=True)
    _more(agency, "{{ co_quan_chu_quan }}", size=12)
    _more(agency, "{%p endif %}")
    _more(agency, "{{ co_quan }}", bold=True, size=12)
    _rule(agency, left // 3)
    state = table.cell(0, 1)
    _cell(
        state, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, centre=True, size=13 if width == WIDE else 12
    )
    _more(state, "Độc lập - Tự do - Hạnh phúc", bold=True, size=13)
    _rule(state, 56)
    _cell(table.cell(1, 0), number, centre=True, size=13)
    words = "{{ dia_danh }}, ngày        tháng        năm {{ nam }}" if day else ""
    _cell(table.cell(1, 1), words, centre=True, italic=True, size=13)


def _rule(cell: _Cell, width: int) -> None:
    """Draw a line below the words, as wide as given: a paragraph with a border and wide indents."""
    paragraph = cell.add_paragraph()
    room = max((int(cell.width.mm) - width) // 2 - 2, 4)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(room)
    paragraph.paragraph_format.line_spacing = Pt(5)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(border, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _title(document: Document, title: str, below: str) -> None:
    _line(document, title, bold=True, align=CENTRE, size=14, before=12)
    if below:
        is_day = below.startswith("(")
        _line(document, below, bold=not is_day, italic=is_day, align=CENTRE, after=10 if is_day else 4)
        if not is_day:
            rule = document.add_paragraph()
            rule.alignment = CENTRE
            rule.paragraph_format.line_spacing = Pt(8)
            rule.add_run("_______________").font.size = Pt(8)
            rule.paragraph_format.space_after = Pt(8)
    else:
        _line(document, "", size=6)


def _list(document: Document, columns: Columns, width: int, *, rows: str = "dong", height: int = 0) -> Table:
    number = 12
    total = sum(share for _, _, share in columns)
    widths = [number, *((width - number) * share // total for _, _, share in columns)]
    table = _grid(document, 4, widths)
    size = 12
    for cell, words in zip(table.rows[0].cells, ("STT", *(head for head, _, _ in columns)), strict=True):
        _cell(cell, words, bold=True, centre=True, size=size)
    _repeat(table)
    _cell(table.cell(1, 0), f"{{%tr for d in {rows} %}}")
    _cell(table.cell(2, 0), "{{ loop.index }}", centre=True, size=size)
    for cell, (_, field, _) in zip(table.rows[2].cells[1:], columns, strict=True):
        _cell(cell, f"{{{{ {field} }}}}", size=size)
    if height:
        table.rows[2].height = Mm(height)
    table.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    _cell(table.cell(3, 0), "{%tr endfor %}")
    _line(document, f"{{%p if not {rows} %}}")
    _line(document, "Không có mục nào.", italic=True, before=4)
    _line(document, "{%p endif %}")
    return table


def _grid(document: Document, rows: int, widths: Sequence[int]) -> Table:
    table = document.add_table(rows, len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _repeat(table: Table) -> None:
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _signatures(document: Document, width: int, *, left: tuple[str, str]) -> None:
    _line(
        document,
        "{{ dia_danh }}, ngày        tháng        năm {{ nam }}",
        italic=True,
        align=RIGHTWARD,
        before=8,
    )
    table = document.add_table(1, 2)
    table.autofit = False
    for cell, share in zip(table.rows[0].cells, (width // 2, width - width // 2), strict=True):
        cell.width = Mm(share)
    _signature(table.cell(0, 0), *left)
    _signature(table.cell(0, 1), "{{ chuc_vu_ky }}", "{{ nguoi_ky }}")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _signature(cell: _Cell, office: str, name: str) -> None:
    _cell(cell, office, bold=True, centre=True, size=13)
    for _ in range(4):
        _more(cell, "", size=13)
    _more(cell, name, bold=True, size=13)


def _closing(document: Document, receivers: Sequence[str], office: str, name: str) -> None:
    """Put the receivers left and the signature right; they never stand alone on a page."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _line(document, "", size=6).paragraph_format.keep_with_next = True
    table = document.add_table(1, 2)
    table.autofit = False
    for cell, share in zip(table.rows[0].cells, (80, TALL - 80), strict=True):
        cell.width = Mm(share)
    _cell(table.cell(0, 0), "Nơi nhận:", bold=True, italic=True, size=12)
    for words in receivers:
        _more(table.cell(0, 0), words, size=11, centre=False)
    _signature(table.cell(0, 1), office, name)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _article(document: Document, head: str, words: str, before: int = 0) -> None:
    paragraph = _line(document, head, bold=True, align=BOTH, indent=True, before=before, after=6)
    paragraph.add_run(words)


def _text(document: Document, *lines: str, italic: bool = False) -> None:
    for words in lines:
        _line(document, words, align=BOTH, indent=True, after=6, italic=italic)


def _line(  # noqa: PLR0913 (how a line looks)
    document: Document,
    words: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
    size: float = 13,
    before: int = 0,
    after: int = 0,
    indent: bool = False,
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.first_line_indent = Mm(10) if indent else None
    run = paragraph.add_run(words)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _cell(
    cell: _Cell,
    words: str,
    *,
    bold: bool = False,
    italic: bool = False,
    centre: bool = False,
    size: float = 12,
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = CENTRE if centre else None
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(words)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _more(cell: _Cell, words: str, *, bold: bool = False, size: float = 12, centre: bool = True) -> None:
    paragraph = cell.add_paragraph()
    paragraph.alignment = CENTRE if centre else None
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(size)


def _field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "2"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)


def _bytes(document: Document) -> bytes:
    raw = io.BytesIO()
    document.save(raw)
    fixed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, source.read(name))
    return fixed.getvalue()


def main(arguments: list[str]) -> None:
    """Write the templates into the folder named, or over the committed ones."""
    folder = Path(arguments[0]) if arguments else HERE
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in templates().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1:])
