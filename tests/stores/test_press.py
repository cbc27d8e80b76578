"""The printing child keeps its limits, prints as an ordinary user, and what took long is remembered."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from qms.formats.refusals import MarkdownTooComplex, NotADocument
from qms.stores.office import Office
from qms.stores.press import Press
from tests.conftest import ROOT
from tests.papers import word_paper
from tests.unit.formats.press.test_stamp import SHEET

TEMPLATES = ROOT / "templates" / "print"
LIMITED = """
import os, sys
from pathlib import Path
from qms.formats.press.typeset import typeset, warm_up
from qms.stores.sandbox import child
from tests.unit.formats.press.test_stamp import SHEET
templates = Path(sys.argv[1])
os.environ["RAYON_NUM_THREADS"] = "2"
warm_up(templates)
child._limit()
if os.getuid() == 0:
    os.setuid(65534)  # no limit of processes holds for root
sys.stdout.write(str(len(typeset("# A\\n\\n## 1. B\\n\\n" + "Chữ. " * 20000, SHEET, templates))))
"""


class CountingOffice(Office):
    """A LibreOffice that only counts how often it was asked."""

    asked = 0

    def pdf(self, data: bytes) -> bytes:
        self.asked += 1
        return b"%PDF-1.7 " + data[:4]


@pytest.fixture
def press(tmp_path: Path) -> Press:
    return Press(TEMPLATES, CountingOffice(), tmp_path / "paper")


def test_under_its_limits_an_ordinary_user_prints_many_pages() -> None:
    made = subprocess.run(
        [sys.executable, "-c", LIMITED, str(TEMPLATES)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
    )
    assert int(made.stdout) > 50_000


def test_bad_masters_are_refused_and_the_next_is_printed(press: Press) -> None:
    with pytest.raises(MarkdownTooComplex):
        press.pdf(b"a" * 300_000, SHEET)
    with pytest.raises(NotADocument):
        press.stamped(_package_without_document(), SHEET)
    assert press.pdf("# Tên\n\nChữ.".encode(), SHEET).startswith(b"%PDF-")
    press.close()


def test_what_libreoffice_made_of_the_same_file_is_made_once(press: Press) -> None:
    paper = word_paper()
    assert press.stamped_pdf(paper, SHEET) == press.stamped_pdf(paper, SHEET)
    office = press._office
    assert isinstance(office, CountingOffice)
    assert office.asked == 1
    press.close()


def _package_without_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "a")
    return out.getvalue()
