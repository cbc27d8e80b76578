"""The legal basis of real procedures is edited in their Word files, and all else of them stays byte for byte."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from qms.citations import legal_basis
from qms.formats.basis_edit import edit_lines
from qms.formats.html import render
from qms.formats.reader import read
from qms.formats.redline import redline, summary
from qms.formats.refusals import Unacceptable
from qms.model.basis import LineEdit
from qms.model.enums import BasisAction
from tests.conftest import skip_or_fail

REPLACE, ADD, REMOVE = BasisAction.REPLACE, BasisAction.ADD_AFTER, BasisAction.REMOVE
NEW = (
    "Nghị định số 18/2026/NĐ-CP ngày 15/01/2026 của Chính phủ sửa đổi, bổ sung một số điều của các nghị định "
    "trong lĩnh vực hộ tịch"
)


@cache
def masters(root: Path) -> list[tuple[str, bytes, tuple[str, ...]]]:
    """Return (name, bytes, lines of the basis) of every real procedure that has a legal basis."""
    paths = [
        *sorted((root / "procedures").glob("*.docx")),
        *sorted((root / "procedures_other").glob("*.docx")),
    ]
    found = [(path.name, path.read_bytes()) for path in paths]
    read_ones = [(name, data, read(data, name).anatomy.legal_basis_lines) for name, data in found]
    return [one for one in read_ones if one[2]]


def edits_of(number: int, lines: tuple[str, ...]) -> Iterator[LineEdit]:
    """Yield for each file two of five edits: at the beginning, inside and at the end of its list."""
    middle, last = len(lines) // 2, len(lines) - 1
    kinds = ((0, ADD), (middle, REPLACE), (0, REMOVE), (last, ADD), (last, REMOVE))
    for at, action in (kinds[(number + step) % len(kinds)] for step in (0, 2)):
        yield LineEdit(at, lines[at], action, "" if action is REMOVE else NEW)


def wanted(lines: tuple[str, ...], edit: LineEdit) -> list[str]:
    now = list(lines)
    if edit.action is REPLACE:
        now[edit.line] = edit.text
    elif edit.action is ADD:
        now.insert(edit.line + 1, edit.text)
    else:
        del now[edit.line]
    return now


@pytest.fixture(scope="module")
def edited(real_data):
    """Return (name, before, after, edit, lines before, lines after) of some edits of every file."""
    found = []
    for number, (name, data, lines) in enumerate(masters(real_data)):
        for edit in edits_of(number, lines):
            after = edit_lines(data, name, [edit])
            found.append((name, data, after.data, edit, lines, after.lines))
    return found


def members(data: bytes) -> list[tuple[object, ...]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [
            (one.filename, one.date_time, one.compress_type, one.extra, one.external_attr)
            for one in package.infolist()
        ]


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def paragraphs(data: bytes) -> list[str]:
    """Return the raw XML of the document cut at every begin and end of a paragraph."""
    return re.split(r"(?=<w:p[ >])|(?<=</w:p>)", contents(data)["word/document.xml"].decode())


def test_every_real_basis_reads_as_before_with_exactly_the_edit(edited):
    assert len(edited) > 50
    for name, _, _, edit, before, after in edited:
        assert list(after) == wanted(before, edit), (name, edit)


def test_no_other_part_of_the_package_changes_in_any_byte(edited):
    for name, before, after, *_ in edited:
        assert members(before) == members(after), name
        old, new = contents(before), contents(after)
        assert {part for part in old if old[part] != new[part]} == {"word/document.xml"}


def test_outside_of_the_lines_touched_the_document_is_the_same_byte_for_byte(edited):
    for name, before, after, edit, lines, _ in edited:
        old, new = Counter(paragraphs(before)), Counter(paragraphs(after))
        gone, come = old - new, new - old
        # at most the line itself and the neighbour whose closing mark moved
        assert gone.total() <= 2 and come.total() <= 2, (name, edit, gone)
        assert all("<w:tbl" not in piece and "<w:p" in piece for piece in [*gone, *come])
        for piece in gone:
            words = plain(piece)
            assert any(plain(line) in words for line in lines)


def plain(xml: str) -> str:
    return "".join(unicodedata.normalize("NFC", re.sub(r"<[^>]*>|[\u200e\u200b]", "", xml)).split())


def test_steps_sections_and_all_else_that_is_read_stay_equal(edited):
    for name, before, after, *_ in edited[::3]:
        old, new = read(before, name), read(after, name)
        blank = {"legal_basis_lines": ()}
        assert replace(old.anatomy, **blank) == replace(new.anatomy, **blank)
        assert old.warnings == new.warnings


def test_the_closing_marks_stay_those_of_a_list(edited):
    for name, _, after, edit, before, _ in edited:
        if edit.action is ADD and edit.line == len(before) - 1:
            said = read(after, name).plain.split("\n")
            at = next(at for at, line in enumerate(said) if NEW in line)
            last, added = said[at - 1].rstrip(), said[at].rstrip()
            assert added[-1] != ";" or last[-1] == ";", (name, last, added)
            assert not last.endswith(".")


def test_every_line_of_one_long_basis_can_be_edited_and_nothing_twice(real_data):
    name, data, lines = masters(real_data)[0]
    for at, line in enumerate(lines):
        once = edit_lines(data, name, [LineEdit(at, line, REPLACE, NEW)])
        assert once.lines[at] == NEW
        again = edit_lines(once.data, name, [LineEdit(at, line, REPLACE, NEW)])
        assert again.data == once.data


def test_the_redline_of_an_edited_procedure_marks_the_new_line_only(real_data):
    name, data, lines = masters(real_data)[0]
    at = next(at for at, line in enumerate(lines) if legal_basis([line])[0].key == "123/2015/NĐ-CP")
    after = edit_lines(data, name, [LineEdit(at, lines[at], ADD, NEW)])
    old, new = read(data, name).markdown, read(after.data, name).markdown
    marked = redline(render(old), render(new))
    inserted = " ".join("".join(re.findall(r"<ins[^>]*>(.*?)</ins>", marked, re.DOTALL)).split())
    assert "<del" not in marked
    assert NEW in re.sub(r"<[^>]*>", "", inserted)
    assert len(re.sub(r"<[^>]*>", "", inserted)) <= len(NEW) + 5
    (change,) = summary(old, new).changed
    assert (change.title, change.words_in, change.words_out) == ("NỘI DUNG", len(NEW.split()) + 1, 0)


def test_odd_files_are_refused_or_left_but_never_damaged(real_data):
    seen = 0
    for path in sorted((real_data / "docx_odd").iterdir()):
        data = path.read_bytes()
        try:
            lines = read(data, path.name).anatomy.legal_basis_lines
        except Unacceptable:
            with pytest.raises(Unacceptable):
                edit_lines(data, path.name, [LineEdit(0, "", REPLACE, NEW)])
            continue
        seen += 1
        after = edit_lines(data, path.name, [LineEdit(0, "".join(lines[:1]), REPLACE, NEW)])
        assert after.data == data or after.lines[0] == NEW
    assert seen > 50


def converted(data: bytes, folder: Path, name: str, kind: str) -> Path:
    """Return what LibreOffice makes of a Word file."""
    (folder / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, folder / f"{name}.docx"],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / f"{name}.{kind.partition(':')[0]}"


def pages_of(data: bytes, folder: Path, name: str) -> int:
    pdf = pypdfium2.PdfDocument(converted(data, folder, name, "pdf"))
    pages = len(pdf)
    pdf.close()
    return pages


def text_of(data: bytes, folder: Path, name: str) -> list[str]:
    text = converted(data, folder, name, "txt:Text (encoded):UTF8").read_text("utf-8-sig")
    return [" ".join(unicodedata.normalize("NFC", line).split()) for line in text.splitlines()]


def test_an_office_program_shows_the_edited_file_on_the_same_pages_with_one_line_more(real_data, tmp_path):
    if shutil.which("soffice") is None:
        skip_or_fail("LibreOffice (soffice) is not installed")
    name, data, lines = masters(real_data)[0]
    after = edit_lines(data, name, [LineEdit(0, lines[0], ADD, NEW)])
    assert pages_of(after.data, tmp_path, "after") == pages_of(data, tmp_path, "before")
    old, new = text_of(data, tmp_path, "before"), text_of(after.data, tmp_path, "after")
    at = old.index(f"- {lines[0]};")
    assert new == [*old[: at + 1], f"- {NEW};", *old[at + 1 :]]
