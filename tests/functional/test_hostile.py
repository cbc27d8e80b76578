"""Hostile files: each is read or refused with a reason, within the child's limits, and leaves nothing behind."""

from __future__ import annotations

import io
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from qms.app import create_app
from qms.bootstrap import QMS
from qms.formats.refusals import Unacceptable
from qms.jobs.runner import drain
from qms.model.package import PackageStanding
from qms.stores.sandbox import Sandbox
from qms.usecases import importing, packages
from qms.usecases.package_files import Handed
from tests import house
from tests.functional.web.conftest import Browser
from tests.hostile import CASES, MEGABYTE, READ, many_words
from tests.papers import source, word_paper

GOOD = word_paper("QT-01", "Đăng ký khai sinh")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    # shorter than in the house: what is given up there is given up here sooner
    with Sandbox(wall_seconds=20, cpu_seconds=5) as one:
        yield one


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder for temporary files, empty and our own."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_is_read_or_refused_with_a_reason(sandbox: Sandbox, scratch: Path, name: str) -> None:
    case = CASES[name]
    try:
        reading = sandbox.read(case.make(), case.name)
    except Unacceptable as refusal:
        assert refusal.code in case.expected
        assert str(refusal).endswith(".")
    else:
        assert READ in case.expected
        html = sandbox.render(reading.markdown).lower()
        assert not any(harm in html for harm in ("<script", "<svg", "javascript:", "onload", "root:x:"))
    assert sandbox.render("a") == "<p>a</p>"
    assert list(scratch.iterdir()) == []


def _small() -> dict[str, bytes]:
    """The cases that a zip of 20 MB holds together."""
    made = {f"{number:02} {case.name}": case.make() for number, case in enumerate(CASES.values())}
    return {name: data for name, data in made.items() if len(data) < MEGABYTE}


def _listing(home: Path) -> set[Path]:
    kept = {path for path in home.rglob("*") if path.is_file()}
    return {path for path in kept if "cache" not in path.parts and not path.name.startswith("qms.sqlite3")}


def test_all_of_them_in_one_package_keep_no_good_file_from_control(qms: QMS, scratch: Path) -> None:
    hostile, before = _small(), _listing(qms.config.home)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**hostile, "tot.docx": GOOD}.items():
            archive.writestr(name, data)
    with qms.work(qms.shell("thuky")) as work:
        key = packages.begin(work, [Handed("goi.zip", out.getvalue())])
    drain(qms)
    with qms.reading(qms.shell("thuky")) as work:
        rows = {row.name.rpartition("/")[2]: row for row in packages.page(work, key).rows}
    assert len(rows) == len(hostile) + 1
    assert rows["tot.docx"].standing is PackageStanding.NEW
    refused = [row for row in rows.values() if row.standing is PackageStanding.UNREADABLE]
    assert len(refused) >= 30
    assert all(row.how.endswith(".") for row in refused)
    assert list(scratch.iterdir()) == []
    assert _listing(qms.config.home) == before


def test_the_terminal_refuses_them_one_by_one_and_takes_the_rest(qms: QMS, scratch: Path) -> None:
    papers = [source(name, data) for name, data in _small().items()]
    with qms.work(qms.shell("thuky")) as work:
        done = importing.take_in(work, [*papers, source("tot.docx", GOOD)])
    assert done.lines[-1].status == "imported"
    refused = [line for line in done.lines if line.status == "refused"]
    assert len(refused) >= 30
    assert all(line.warnings[0].message for line in refused)
    assert list(scratch.iterdir()) == []


def test_others_are_served_while_a_file_keeps_its_reader_busy(qms: QMS) -> None:
    document = house.draft(qms, "QT-01")
    other = house.draft(qms, "QT-02")
    app = create_app(qms)
    app.testing = True
    uploader, reader, writer = (Browser(app, qms, login) for login in ("soan", "thuky", "soan2"))
    slow = many_words(60_000)
    answers = []

    def upload() -> None:
        file = (io.BytesIO(slow), "cham.docx")
        answers.append(uploader.post(f"/documents/{document}/draft/file", {"file": file, "base": ""}))

    busy = threading.Thread(target=upload)
    busy.start()
    read = reader.get(f"/documents/{other}/draft")
    wrote = writer.post("/drafts/new", {"code": "QT-03", "title": "Mới", "text": "# Mới"})
    still_busy = busy.is_alive()
    busy.join()
    assert (read.status_code, wrote.status_code, still_busy) == (200, 302, True)
    assert answers[0].status_code < 500
