"""Archives other than zip are opened by another program, within limits; without one it is said what to install."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from qms.formats.refusals import Damaged, NoUnpacker
from qms.stores.unpacking import Unpacker
from tests.unit.formats.packages import archive

STAND_IN = """#!{python}
import os, sys, zipfile
out = sys.argv[sys.argv.index("-C") + 1]
with zipfile.ZipFile(sys.argv[sys.argv.index("-f") + 1]) as packed:
    packed.extractall(out)
os.symlink("/etc/passwd", os.path.join(out, "lối ra"))
"""


@pytest.fixture
def bsdtar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program named ``bsdtar`` on the path that opens zips and leaves a link that leads out."""
    program = tmp_path / "bin" / "bsdtar"
    program.parent.mkdir()
    program.write_text(STAND_IN.format(python=sys.executable))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent))


@pytest.mark.usefixtures("bsdtar")
def test_the_files_of_an_archive_come_out_by_name_and_links_do_not() -> None:
    packed = archive({"cấp xã/b.docx": b"hai", "a.docx": b"mot"})
    assert Unpacker().files(packed) == [("a.docx", b"mot"), ("cấp xã/b.docx", b"hai")]


@pytest.mark.usefixtures("bsdtar")
def test_what_the_program_cannot_open_is_damaged() -> None:
    with pytest.raises(Damaged):
        Unpacker().files(b"Rar!\x1a\x07\x00 hong")


def test_without_a_program_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NoUnpacker, match="unar"):
        Unpacker().files(b"Rar!")
