"""Old Word files become readable where LibreOffice is installed, and say what to install where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from qms.formats.refusals import Damaged, GaveUp, NoOffice
from qms.formats.regulation import read_regulation_file
from qms.stores.office import Office
from qms.stores.readings import Readings
from qms.stores.sandbox import Sandbox
from tests.office import converted
from tests.papers import regulation_paper

LINES = ("Điều 1. Thông tư này có hiệu lực từ ngày 01 tháng 01 năm 2026.",)


@pytest.fixture(scope="module")
def old_word(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a .doc written by LibreOffice."""
    return converted(regulation_paper(LINES), tmp_path_factory.mktemp("doc"), "doc")


def test_an_old_word_file_is_read_as_its_docx(old_word: bytes, tmp_path: Path) -> None:
    readings = Readings(Sandbox(), tmp_path)
    assert LINES[0] in readings.regulation(old_word, "thong-tu.doc").text
    readings.close()


def test_what_office_writes_is_a_docx(old_word: bytes) -> None:
    assert LINES[0] in read_regulation_file(Office().docx(old_word), "a.docx").text


def test_without_office_the_refusal_says_what_to_install(old_word: bytes) -> None:
    with pytest.raises(NoOffice, match="LibreOffice"):
        Office("/nowhere/soffice").docx(old_word)


def test_a_conversion_that_takes_too_long_is_ended(old_word: bytes) -> None:
    with pytest.raises(GaveUp):
        Office(seconds=0.01).docx(old_word)


def test_a_program_that_writes_nothing_is_a_damaged_file(old_word: bytes) -> None:
    with pytest.raises(Damaged):
        Office("/bin/true").docx(old_word)
