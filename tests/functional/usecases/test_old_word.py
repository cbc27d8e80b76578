"""Old Word files in an import: LibreOffice makes the master, the file as received is kept beside it."""

from __future__ import annotations

import fcntl
import hashlib
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from qms.bootstrap import QMS
from qms.jobs.runner import drain
from qms.model.enums import ImportMatch, ImportStatus, IssuanceKind
from qms.model.package import PackageStanding
from qms.stores.office import Office
from qms.usecases import contents, importing, lookups, package_issuing, packages, reading
from qms.usecases.package_files import Handed
from tests import house
from tests.functional.usecases.conftest import Acting
from tests.office import converted
from tests.papers import source, word_paper


@pytest.fixture(scope="module")
def old_word(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return converted(word_paper("QT-01", "Đăng ký khai sinh"), tmp_path_factory.mktemp("doc"), "doc")


def test_an_old_word_file_is_published_as_docx_with_itself_beside(
    qms: QMS, acting: Acting, old_word: bytes
) -> None:
    with acting("thuky") as work:
        (line,) = importing.publish(work, [source("khai sinh.doc", old_word)]).lines
    assert (line.status, line.match) == (ImportStatus.IMPORTED, ImportMatch.NEW)
    with qms.reading(qms.shell()) as work:
        document = lookups.document(work, "QT-01")
        (revision,) = lookups.issued_revisions(work, document.id)
        manifest = work.git.manifest(revision.commit_id or "", document.id)
        assert {file.path for file in manifest.files} == {"content.docx", "meta.yaml", "source.doc"}
        assert work.git.read(revision.commit_id or "", document.id, "source.doc") == old_word
        assert revision.source_sha256 == hashlib.sha256(old_word).hexdigest()
        assert "Đăng ký khai sinh" in (reading.page(work, "QT-01").html or "")
    with acting("thuky") as work:
        (again,) = importing.publish(work, [source("khai sinh.doc", old_word)]).lines
    assert again.status is ImportStatus.UNCHANGED


def test_a_draft_of_an_old_word_file_holds_both(qms: QMS, acting: Acting, old_word: bytes) -> None:
    with acting("thuky") as work:
        importing.take_in(work, [source("khai sinh.doc", old_word)])
    with qms.reading(qms.shell()) as work:
        document = lookups.document(work, "QT-01")
        draft = lookups.need_open(work, document)
        files = contents.all_files(work.session, draft)
        assert set(files) == {"content.docx", "source.doc"}
        assert draft.master_sha256 == hashlib.sha256(files["content.docx"]).hexdigest()


def test_without_office_the_file_waits_and_says_what_to_install(
    qms: QMS, acting: Acting, old_word: bytes
) -> None:
    qms.stores.reader.office = Office("/nowhere/soffice")
    with acting("thuky") as work:
        done = importing.publish(
            work, [source("a.doc", old_word), source("b.docx", word_paper("QT-02", "B"))]
        )
    waiting, taken = done.lines
    assert (waiting.status, taken.status) == (ImportStatus.REVIEW, ImportStatus.IMPORTED)
    assert "LibreOffice" in waiting.warnings[0].message
    assert replace(done.package, absent=()) == importing.Package(next=0, new=1, same=0, refused=0, absent=())


def test_in_a_package_an_old_word_file_waits_for_office_and_is_then_taken(
    qms: QMS, acting: Acting, old_word: bytes
) -> None:
    reader = qms.stores.reader
    there, reader.office = reader.office, Office("/nowhere/soffice")
    with acting("thuky") as work:
        key = packages.begin(work, [Handed("khai sinh.doc", old_word)])
    drain(qms)
    with acting("thuky") as work:
        (row,) = packages.page(work, key).rows
    assert row.standing is PackageStanding.UNREADABLE
    assert "LibreOffice" in row.how
    reader.office = there
    with acting("thuky") as work:
        packages.again(work, key)
    drain(qms)
    with acting("thuky") as work:
        assert package_issuing.publish(work, key, IssuanceKind.ADOPT, house.decision()).taken == 1
    with qms.reading(qms.shell()) as work:
        document = lookups.document(work, "QT-01")
        (revision,) = lookups.issued_revisions(work, document.id)
        assert work.git.read(revision.commit_id or "", document.id, "source.doc") == old_word


def test_conversions_of_two_processes_wait_for_one_another(old_word: bytes, tmp_path: Path) -> None:
    lock = tmp_path / "office.lock"
    done = threading.Event()

    def convert() -> None:
        Office(lock=lock).docx(old_word)
        done.set()

    thread = threading.Thread(target=convert)
    with lock.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        thread.start()
        assert not done.wait(0.2)
    thread.join()
    assert done.is_set()
