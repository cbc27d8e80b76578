"""Hostile files: each is read or refused with a reason, within the child's limits, and leaves nothing behind."""

from __future__ import annotations

import io
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
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
from tests.hostile import CASES, MEGABYTE, READ, locked, many_words
from tests.papers import source, word_paper
from tests.unit.formats.packages import archive

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
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in {**hostile, "tot.docx": GOOD}.items():
            packed.writestr(name, data)
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


ARCHIVES: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "one with sixty thousand entries": (
        lambda: archive({f"{n}": b"" for n in range(60_000)}),
        "quá nhiều mục",
    ),
    "one of three thousand files": (
        lambda: archive({f"{n}.md": b"# x" for n in range(3_000)}),
        "quá 2000 tệp",
    ),
    "one that unfolds to half a gigabyte": (lambda: _half_a_gigabyte(), "quá 500 MB"),
    "one within another": (lambda: archive({"a.zip": archive({"b.docx": GOOD})}), "không phải tài liệu"),
    "one that is cut off": (lambda: archive({"a.docx": GOOD})[:-40], "tệp hỏng"),
    "one that is none": (lambda: b"khong phai zip", "tệp hỏng"),
    "one behind a password": (lambda: locked(archive({"a.docx": GOOD})), "mật khẩu"),
    "one with nothing in it": (lambda: archive({}), "không có tệp nào"),
}


def _half_a_gigabyte() -> bytes:
    """Thirty-one files that unfold to 17 MB each."""
    return archive({f"{number}.md": bytes(17_000_000) for number in range(31)})


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_hostile_archive_is_one_line_with_a_reason(qms: QMS, scratch: Path, name: str) -> None:
    make, reason = ARCHIVES[name]
    with qms.work(qms.shell("thuky")) as work:
        key = packages.begin(work, [Handed("goi.zip", make()), Handed("tot.docx", GOOD)])
    drain(qms)
    with qms.reading(qms.shell("thuky")) as work:
        bad, good = packages.page(work, key).rows
    assert bad.standing is PackageStanding.UNREADABLE
    assert reason in bad.how
    assert good.standing is PackageStanding.NEW
    assert list(scratch.iterdir()) == []


def test_a_name_that_leads_out_of_an_archive_leads_nowhere(qms: QMS, scratch: Path) -> None:
    with qms.work(qms.shell("thuky")) as work:
        key = packages.begin(work, [Handed("goi.zip", archive({"../../../../tmp/ra.docx": GOOD}))])
    drain(qms)
    with qms.reading(qms.shell("thuky")) as work:
        (row,) = packages.page(work, key).rows
    assert row.standing is PackageStanding.NEW
    assert row.candidate.base_name == "ra.docx"
    assert not Path("/tmp/ra.docx").exists()


def test_a_broken_old_word_file_is_refused_and_leaves_nothing(qms: QMS, scratch: Path) -> None:
    broken = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(4000)
    )
    with qms.work(qms.shell("thuky")) as work:
        done = importing.take_in(work, [source("hong.doc", broken), source("tot.docx", GOOD)])
    assert done.lines[0].status in ("refused", "review")
    assert done.lines[0].warnings[0].message.endswith(".")
    assert done.lines[1].status == "imported"
    assert list(scratch.iterdir()) == []
