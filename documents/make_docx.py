"""Make the Word masters of the sample library from their texts; the same texts give the same bytes.

Run ``python documents/make_docx.py [FOLDER]``; without a folder the committed masters are written anew.
"""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import yaml
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

HERE = Path(__file__).resolve().parent / "sample"
TEXTS = HERE / "texts"
MASTERS = HERE / "masters"
FIXED = datetime(2025, 7, 1, tzinfo=UTC).replace(tzinfo=None)
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
FONT = "Times New Roman"
WIDTH_MM = 165
FOOTER = "TÀI LIỆU MẪU - không phải văn bản thật"
BLANK_DATE = "..../..../20.."

Text = dict[str, Any]


def masters() -> dict[str, bytes]:
    """Return every Word master of the sample by its path under ``masters/``."""
    made: dict[str, bytes] = {}
    for path in sorted(TEXTS.glob("[!_]*.yaml")):
        text = _with_bases(_read(path))
        for name in text["revisions"]:
            made[f"{text['code']}/{name}.docx"] = _bytes(_document(revision(text, name)))
    return made


def revision(text: Text, name: str) -> Text:
    """Return the whole text of one revision: common part, document, then every change up to ``name``."""
    common = _read(TEXTS / "_common.yaml")
    whole: Text = {"notice": text.get("notice", common["notice"]), "agency": common["agency"]}
    whole |= {key: text[key] for key in ("code", "title", "kind")}
    whole["body"] = _merge(common["body"], text["body"])
    for step, change in text["revisions"].items():
        whole |= {key: value for key, value in change.items() if key != "set"}
        whole["body"] = _merge(whole["body"], change.get("set", {}))
        if step == name:
            break
    if text["kind"] == "tthc":
        whole["body"] = _full(whole["body"])
    words = {"desk": str(whole.get("desk", "")), "title": text["title"]}
    words |= {key: text[key] for key in ("tthc", "limit") if key in text}
    filled: Text = _filled(whole, words)
    return filled


def _with_bases(text: Text) -> Text:
    """Return a text with what its bases say under it, the last base nearest."""
    whole: Text = {}
    for name in text.get("base", []):
        whole = _merge(whole, _read(TEXTS / f"_{name}.yaml"))
    return _merge(whole, text)


def _full(body: Text) -> Text:
    """Return the body of a TTHC procedure, told in short, as the other texts tell theirs."""
    content = {
        letter: {"title": title, "lines": body["content"].get(letter, [])}
        for letter, title in body["titles"].items()
    }
    basis = sorted(body["basis"] + body.get("basis_more", []), key=_rank)
    content["i"]["lines"] = [f"- {line}{';' if line != basis[-1] else '.'}" for line in basis]
    content["g"]["lines"] = [f"{name}." for name, _source in body.get("papers", [])] or ["Không."]
    steps = [_step(row, body["known_steps"]) for row in body["steps"]]
    return body | {
        "content": content,
        "steps": {"head": body["steps_head"], "rows": _numbered(steps)},
        "forms": _numbered([*body.get("papers", []), *body["forms"]]),
        "records": _numbered(body["records"]),
    }


def _rank(line: str) -> int:
    """Return the place of an instrument in a legal basis: laws, decrees and resolutions, decisions, circulars."""
    kinds = (("Luật", "Bộ luật"), ("Nghị định", "Nghị quyết"), ("Quyết định",), ("Thông tư",))
    return next(rank for rank, kind in enumerate(kinds) if line.startswith(kind))


def _step(row: list[str], known: dict[str, list[str]]) -> list[str]:
    """Return a step as action, responsible, time; one that all procedures share is told by its name and time."""
    return row if len(row) == len(("action", "responsible", "time")) else [*known[row[0]], row[1]]


def _numbered(rows: list[list[str]]) -> list[list[str]]:
    return [[str(number), *row] for number, row in enumerate(rows, 1)]


def _read(path: Path) -> Text:
    loaded: Text = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def _merge(base: Text, change: Text) -> Text:
    merged = dict(base)
    for key, value in change.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _filled(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, str):
        for name, word in words.items():
            value = value.replace(f"{{{name}}}", word)
        return value
    if isinstance(value, list):
        return [_filled(part, words) for part in value]
    if isinstance(value, dict):
        return {key: _filled(part, words) for key, part in value.items()}
    return value


def _document(text: Text) -> Document:
    doc = docx.Document()
    _page(doc)
    _styles(doc)
    _running_header(doc, text)
    _cover(doc, text)
    notice = _line(doc, text["notice"], align=WD_ALIGN_PARAGRAPH.CENTER, italic=True)
    notice.paragraph_format.space_before = notice.paragraph_format.space_after = Pt(8)
    if text["kind"] == "form":
        _form(doc, text["body"])
    elif text["kind"] == "blank":
        _blank(doc, text["body"])
    else:
        _procedure(doc, text)
    core = doc.core_properties
    core.title, core.author, core.last_modified_by = text["title"], "Tài liệu mẫu", "Tài liệu mẫu"
    core.comments, core.revision = text["notice"], 1
    core.created = core.modified = FIXED
    return doc


def _procedure(doc: Document, text: Text) -> None:
    body = text["body"]
    _approvals(doc, text["approvals"])
    _heading(doc, "SỬA ĐỔI TÀI LIỆU")
    blank = [["", "", "", ""]] * (0 if text["history"] else 2)
    _table(
        doc,
        ["STT", "Tóm lược nội dung sửa đổi", "Căn cứ sửa đổi", "Lần ban hành"],
        text["history"] + blank,
        [15, 80, 45, 25],
    )
    for title, key in (
        ("1. MỤC ĐÍCH", "purpose"),
        ("2. PHẠM VI", "scope"),
        ("3. TÀI LIỆU VIỆN DẪN", "references"),
    ):
        _heading(doc, title)
        for line in body[key]:
            _line(doc, line)
    _heading(doc, "4. ĐỊNH NGHĨA, VIẾT TẮT")
    for short, long in body["terms"]:
        _line(doc, f"{short}: {long}")
    _content(doc, body)
    _closing(doc, body)


def _content(doc: Document, body: Text) -> None:
    _heading(doc, "5. NỘI DUNG")
    for letter, item in body["content"].items():
        lines = item["lines"]
        inline = lines if len(lines) == 1 else []
        paragraph = _line(doc, f"{letter}. {item['title']}:", bold=True)
        paragraph.paragraph_format.keep_with_next = not inline
        for line in inline:
            paragraph.add_run(f" {line}")
        for line in [] if inline else lines:
            _line(doc, line)
    steps = body["steps"]
    times = len(steps["head"]) - 3
    _table(
        doc,
        steps["head"],
        steps["rows"],
        [12, 93 - 23 * (times - 1), 35, *[25 if times == 1 else 24] * times],
    )
    for note in body["step_notes"]:
        _line(doc, note, italic=True)


def _closing(doc: Document, body: Text) -> None:
    _heading(doc, "6. BIỂU MẪU")
    if body["forms"]:
        _table(doc, ["TT", "Tên biểu mẫu", "Nguồn"], body["forms"], [12, 88, 65])
    else:
        _line(doc, "Không.")
    _heading(doc, "7. HỒ SƠ LƯU")
    _table(doc, ["TT", "Tên hồ sơ", "Nơi lưu, người lưu", "Thời gian lưu"], body["records"], [12, 68, 57, 28])


def _form(doc: Document, body: Text) -> None:
    _line(
        doc, "Số: ........../PĐN        Ngày ...... tháng ...... năm ......", align=WD_ALIGN_PARAGRAPH.RIGHT
    )
    table = _table(doc, ["Mục", "Nội dung ghi"], body["fields"], [55, 110])
    for row in table.rows[1:]:
        row.height = Mm(12)
    _heading(doc, "Ý KIẾN VÀ CHỮ KÝ")
    signed = _table(doc, body["opinions"], [[""] * len(body["opinions"])], [42, 41, 41, 41])
    signed.rows[1].height = Mm(32)
    for hint in body["hints"]:
        _line(doc, hint, italic=True)


def _blank(doc: Document, body: Text) -> None:
    """Write a blank form block by block: a line to fill in, a table with empty rows, or who signs."""
    for block in body["blocks"]:
        if isinstance(block, str):
            _to_fill_in(doc, block)
        elif "head" in block:
            _line(doc, block["head"], bold=True).paragraph_format.keep_with_next = True
        elif "table" in block:
            empty = [""] * len(block["table"])
            rows = [[*row, *empty[len(row) :]] for row in block.get("rows", [])] + [empty] * block.get(
                "empty", 0
            )
            _heights(_table(doc, block["table"], rows, block["widths"]), 9)
        else:
            _signed(doc, block["signed"])
    _line(doc, body["hint"], italic=True)


def _to_fill_in(doc: Document, words: str) -> None:
    """Write a line whose last dots run to the right margin."""
    bare = words.rstrip(".")
    if len(words) - len(bare) < len("..........."):
        _line(doc, words)
        return
    paragraph = _line(doc, f"{bare.rstrip()} \t", align=WD_ALIGN_PARAGRAPH.LEFT)
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _signed(doc: Document, names: list[str]) -> None:
    table = _table(doc, names, [[""] * len(names)], [WIDTH_MM // len(names)] * len(names))
    for cell in table.rows[1].cells:
        _cell(cell, "(Ký, ghi rõ họ tên)", centre=True, size=11)
    _heights(table, 28)


def _heights(table: Table, height_mm: int) -> None:
    for row in table.rows[1:]:
        row.height = Mm(height_mm)


def _cover(doc: Document, text: Text) -> None:
    kind = "BIỂU MẪU" if text["kind"] in {"form", "blank"} else "QUY TRÌNH"
    table = _grid(doc.add_table(4, 3), [42, 69, 54])
    agency = table.cell(0, 0).merge(table.cell(3, 0))
    _cell(agency, text["agency"], bold=True, centre=True)
    _cell(table.cell(0, 1), kind, bold=True, centre=True)
    title = table.cell(1, 1).merge(table.cell(3, 1))
    _cell(title, text["title"], bold=True, centre=True)
    for row, label in enumerate(_labels(text)):
        _cell(table.cell(row, 2), label)
    _cell(table.cell(3, 2), "Trang: ")
    _page_of(table.cell(3, 2).paragraphs[0])
    for cell in (agency, table.cell(0, 1), title):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _labels(text: Text) -> tuple[str, str, str]:
    day = text["issued"] or BLANK_DATE
    return f"Mã hiệu: {text['code']}", f"Lần ban hành: {text['issue']}", f"Ngày ban hành: {day}"


def _approvals(doc: Document, people: list[list[str]]) -> None:
    names, posts = [one[0] for one in people], [one[1] for one in people]
    rows = [["Họ tên", *names], ["Chữ ký", "", "", ""], ["Chức vụ", *posts]]
    table = _table(doc, ["Trách nhiệm", "Soạn thảo", "Xem xét", "Phê duyệt"], rows, [30, 45, 45, 45])
    table.rows[2].height = Mm(18)


def _running_header(doc: Document, text: Text) -> None:
    section = doc.sections[0]
    section.different_first_page_header_footer = True  # the cover table says the same on page one
    table = _grid(section.header.add_table(1, 4, Mm(WIDTH_MM)), [43, 34, 58, 30])
    code, issue, day = _labels(text)
    labels = (code, issue.replace("ban hành", "BH"), day.replace("ban hành", "BH"), "Trang: ")
    for cell, words in zip(table.rows[0].cells, labels, strict=True):
        _cell(cell, words, size=11)
    _page_of(table.cell(0, 3).paragraphs[0])
    section.header._element.append(section.header.paragraphs[0]._p)
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        footer.paragraphs[0].add_run(FOOTER).font.size = Pt(10)


def _page_of(paragraph: Paragraph) -> None:
    _field(paragraph, "PAGE")
    paragraph.add_run("/")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)


def _page(doc: Document) -> None:
    section = doc.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)


def _styles(doc: Document) -> None:
    for name in ("Normal", "Heading 1"):
        style = doc.styles[name]
        style.font.name, style.font.size = FONT, Pt(13)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in list(fonts.attrib):
            if kind.endswith("Theme"):
                del fonts.attrib[kind]
        for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(kind), FONT)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_before = Pt(10 if name == "Heading 1" else 0)
        style.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    doc.styles["Normal"].element.get_or_add_rPr().append(language)


def _heading(doc: Document, words: str) -> None:
    doc.add_paragraph(words, style="Heading 1")


def _line(
    doc: Document,
    words: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
) -> Paragraph:
    paragraph = doc.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(words)
    run.bold, run.italic = bold, italic
    return paragraph


def _table(doc: Document, head: list[str], rows: list[list[str]], widths: list[int]) -> Table:
    table = _grid(doc.add_table(1 + len(rows), len(head)), widths)
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        _cell(cell, words, bold=True, centre=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row, values in zip(table.rows[1:], rows, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, words in zip(row.cells, values, strict=True):
            _cell(cell, words)
    gap = doc.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(6)
    return table


def _grid(table: Table, widths: list[int]) -> Table:
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _cell(cell: _Cell, words: str, *, bold: bool = False, centre: bool = False, size: int = 13) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(size)


def _bytes(doc: Document) -> bytes:
    raw = io.BytesIO()
    doc.save(raw)
    fixed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return fixed.getvalue()


def main(arguments: list[str]) -> None:
    """Write the Word masters into the folder named, or over the committed ones."""
    folder = Path(arguments[0]) if arguments else MASTERS
    for name, content in masters().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1:])
