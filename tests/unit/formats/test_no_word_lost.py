"""Every word of a Word file is in the text derived from it: counted from the file's XML by other means than ours."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

from lxml import etree

from qms.formats.docx.preflight import check_kind, preflight
from qms.formats.docx.reader import read_docx
from qms.formats.markdown import to_markdown
from qms.formats.refusals import Unacceptable
from qms.formats.text import Table, Text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
GONE = (f"{W}del", f"{W}moveFrom", FALLBACK)
STORIES = re.compile(r"word/(?:header\d*|footer\d*|footnotes|endnotes)\.xml")
AUTOMATIC = re.compile(r"\d+|[ivxlcIVXLC]+|[a-zđA-ZĐ]{1,2}")
BLANKS = frozenset(f"{W}{name}" for name in ("tab", "ptab", "br", "cr", "sym"))


def words(text: str) -> Counter[str]:
    bare = re.sub("[\u200b-\u200f\u2060\ufeff\u00ad]", "", text)
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFC", bare)))


def stories(data: bytes) -> list[str]:
    """Return the words of each story, each different one of headers and footers once, page numbers left out."""
    found = {" ".join(story(document(data)).split()): None}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in sorted(filter(STORIES.fullmatch, package.namelist())):
            root = etree.fromstring(package.read(name).replace(STRICT, W[1:-1].encode()))
            found[" ".join(story(root).split())] = None
    return list(found)


def story(root: etree._Element) -> str:
    lines: dict[etree._Element, list[str]] = {}
    pages: list[str] = []
    for element in root.iter(f"{W}t", f"{W}instrText", f"{W}fldChar", *BLANKS):
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            pages = pages[:-1] if kind == "end" else [*pages, ""] if kind == "begin" else pages
        elif element.tag == f"{W}instrText":
            pages = [*pages[:-1], pages[-1] + (element.text or "")] if pages else pages
        elif not is_gone(element) and not any(counts_pages(one) for one in pages):
            paragraph = next(element.iterancestors(f"{W}p"))
            lines.setdefault(paragraph, []).append(" " if element.tag in BLANKS else element.text or "")
    return "\n".join("".join(line) for line in lines.values())


def is_gone(element: etree._Element) -> bool:
    ruled = element.iterancestors(*GONE, f"{W}footnote", f"{W}endnote", f"{W}fldSimple")
    return any(
        one.tag in GONE or one.get(f"{W}type") is not None or counts_pages(one.get(f"{W}instr", ""))
        for one in ruled
    )


def counts_pages(instruction: str) -> bool:
    return instruction.split()[:1] in (["PAGE"], ["NUMPAGES"], ["SECTIONPAGES"])


def readable(real_data: Path):
    for folder in ("procedures", "procedures_other", "docx_odd"):
        for path in sorted((real_data / folder).iterdir()):
            data = path.read_bytes()
            try:
                check_kind(data)
                preflight(data)
                yield path.name, data, read_docx(data)
            except Unacceptable:
                continue


def test_every_word_of_every_story_is_in_the_text_derived_once(real_data):
    lost, count = {}, 0
    for name, data, text in readable(real_data):
        missing = sum(map(words, stories(data)), Counter()) - words(text.plain())
        count += 1
        if missing:
            lost[name] = missing
    assert not lost
    assert count > 100


def test_nothing_is_read_twice_and_nothing_is_added_but_numbers_that_word_shows(real_data):
    for name, data, text in readable(real_data):
        added = words(text.plain()) - sum(map(words, stories(data)), Counter())
        assert [word for word in added if not AUTOMATIC.fullmatch(word)] == [], name


def test_tables_keep_their_rows_and_cells(real_data):
    for name, data, text in readable(real_data):
        shown = [row for row in document(data).iter(f"{W}tr") if not is_gone(row) and not is_deleted(row)]
        assert count_rows(text) == len(shown), name


def document(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        links = etree.fromstring(package.read("_rels/.rels"))
        (target,) = (one.get("Target") for one in links if one.get("Type").endswith("/officeDocument"))
        return etree.fromstring(package.read(target.lstrip("/")).replace(STRICT, W[1:-1].encode()))


def is_deleted(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def count_rows(text: Text) -> int:
    return sum(rows_in(block) for block in text.blocks if isinstance(block, Table))


def rows_in(table: Table) -> int:
    inner = (block for row in table.rows for cell in row.cells for block in cell.blocks)
    return len(table.rows) + sum(rows_in(block) for block in inner if isinstance(block, Table))


def test_the_derived_markdown_has_the_words_of_the_body_too(real_data):
    for path in sorted((real_data / "procedures").iterdir()):
        text = read_docx(path.read_bytes())
        body = Text(text.blocks, footnotes=text.footnotes)
        shown = re.sub(r"<br>|&lt;|&gt;|&amp;|\\|\[\^\d+\]:?", " ", to_markdown(text))
        assert not words(body.plain()) - words(shown), path.name
