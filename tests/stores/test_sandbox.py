"""The child reads, breaks and is replaced; its limits hold."""

from __future__ import annotations

import os
import threading

import pytest

from qms.formats.basis_edit import edit_lines
from qms.formats.reader import read
from qms.formats.reading import refusal_from_json, refusal_to_json
from qms.formats.refusals import Damaged, GaveUp, HasMacros, TooLarge, Unacceptable
from qms.formats.regulation import read_regulation_file
from qms.model.basis import LineEdit
from qms.model.enums import BasisAction
from qms.stores.sandbox import Sandbox
from qms.stores.sandbox.frames import Job, pack, read_job
from tests.papers import regulation_paper
from tests.unit.formats.packages import docx, para

MASTER = "# QUY TRÌNH A\n\n## 1. MỤC ĐÍCH\n\nx\n\n## 2. PHẠM VI\n\ny\n".encode()


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as one:
        yield one


def child_of(sandbox: Sandbox) -> int:
    return sandbox._child._process.pid


def test_the_child_reads_as_this_process_would(sandbox):
    data = docx(para("Mã hiệu: QT-01"))
    assert sandbox.read(data, "a.docx") == read(data, "a.docx")
    assert sandbox.read(MASTER, "a.md") == read(MASTER, "a.md")


def test_the_child_edits_lines_as_this_process_would(sandbox):
    master = "**a. Căn cứ pháp lý:**\n\n- Luật Hộ tịch năm 2014;\n- Luật Cư trú năm 2020.\n".encode()
    edits = [
        LineEdit(0, "Luật Hộ tịch năm 2014", BasisAction.REPLACE, "Luật Đất đai năm 2024"),
        LineEdit(1, "Luật khác", BasisAction.REMOVE),
    ]
    found = sandbox.edit_lines(master, "a.md", edits)
    assert found == edit_lines(master, "a.md", edits)
    assert (found.applied, len(found.left)) == ((edits[0],), 1)
    with pytest.raises(Unacceptable):
        sandbox.edit_lines(b"%PDF-", "a.pdf", edits)


def test_the_child_reads_regulations_too(sandbox):
    data = regulation_paper(("Điều 1. Bãi bỏ.",))
    assert sandbox.regulation(data, "a.docx") == read_regulation_file(data, "a.docx")
    with pytest.raises(Damaged):
        sandbox.regulation(b"%PDF-1.4", "a.pdf")


def test_one_child_serves_many_jobs(sandbox):
    sandbox.render("a")
    first = child_of(sandbox)
    assert sandbox.redline("<p>a</p>", "<p>b</p>").count("<ins>") == 1
    assert child_of(sandbox) == first


def test_a_refusal_comes_back_with_its_facts(sandbox):
    with pytest.raises(Unacceptable) as caught:
        sandbox.read(docx(para("x" * 6_000_000)), "a.docx")
    assert caught.value.code == "too_much_inside"
    assert "document.xml" in str(caught.value)
    assert sandbox.render("a") == "<p>a</p>"


def test_too_many_bytes_never_reach_the_child(sandbox):
    with pytest.raises(TooLarge):
        sandbox.read(bytes(21 * 1024 * 1024), "a.docx")


def test_after_the_child_died_the_next_job_has_a_fresh_one(sandbox):
    sandbox.render("a")
    dead = child_of(sandbox)
    os.kill(dead, 9)
    assert sandbox.render("b") == "<p>b</p>"
    assert child_of(sandbox) != dead


def test_a_job_beyond_the_wall_limit_is_given_up():
    slow = ("[" * 400 + "\n\n") * 400
    with Sandbox(wall_seconds=0.3) as sandbox:
        with pytest.raises(GaveUp):
            sandbox.render(slow)
        assert sandbox.render("b") == "<p>b</p>"


def test_a_job_beyond_its_cpu_seconds_is_given_up():
    slow = ("[" * 400 + "\n\n") * 400
    with Sandbox(cpu_seconds=1) as sandbox, pytest.raises(GaveUp):
        sandbox.render(slow)


def test_threads_share_one_child(sandbox):
    found: dict[int, str] = {}

    def work(number: int) -> None:
        found[number] = sandbox.render(f"số {number}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: f"<p>số {number}</p>" for number in range(8)}


def test_a_closed_sandbox_opens_again_when_asked():
    sandbox = Sandbox()
    sandbox.render("a")
    sandbox.close()
    assert sandbox.render("b") == "<p>b</p>"
    sandbox.close()


def test_jobs_and_refusals_survive_the_pipe(tmp_path):
    job = Job("read", "tệp.docx", 5, (b"a", b""))
    path = tmp_path / "job"
    path.write_bytes(pack(job))
    with path.open("rb") as stream:
        assert read_job(stream) == job
        assert read_job(stream) is None
    for refusal in (HasMacros(), TooLarge(size=21, limit=20), Damaged(what="x")):
        again = refusal_from_json(refusal_to_json(refusal))
        assert (type(again), str(again)) == (type(refusal), str(refusal))


def test_every_odd_file_is_read_or_refused_with_a_reason(sandbox, real_data):
    read_or_refused = 0
    for path in sorted((real_data / "docx_odd").iterdir()):
        if path.suffix == ".csv":
            continue
        try:
            sandbox.read(path.read_bytes(), path.name)
        except Unacceptable as refusal:
            assert str(refusal)
            assert not isinstance(refusal, GaveUp)
        read_or_refused += 1
    assert read_or_refused > 90
