"""The publishing protocol under death, races, full disks and forgery: one act, one commit, or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qms.errors import Fault
from qms.model.published import PersonLine
from qms.stores.git.errors import CannotWrite, GitFailed, StoreBusy, StoreUnreadable, WrittenBesides
from qms.stores.git.lock import WriterLock
from qms.stores.git.publish import STEPS
from qms.stores.git.run import GitRunner
from qms.stores.git.store import GitStore
from tests.stores.git.acts import AGENCY, an_act, an_id, an_issue
from tests.stores.git.processes import finish, start_writer, stock_git

STEP_NAMES = [name for name, _ in STEPS]


def test_the_steps_are_told_in_order(store: GitStore):
    told: list[str] = []
    store.publish(*an_issue("a"), {}, after_step=told.append)
    assert told == STEP_NAMES
    told.clear()
    store.publish(*an_issue("a"), {}, after_step=told.append)
    assert told == ["write_blobs", "read_back", "find_key"]


@pytest.mark.parametrize("step", STEP_NAMES)
def test_a_writer_killed_after_any_step_leaves_one_commit_after_the_second_try(repository: Path, step: str):
    with_history = GitStore(repository, None, AGENCY)
    before = with_history.publish(*an_issue("z", 9), {})
    with_history.close()
    assert finish(start_writer("die_after", repository, step))[0] == -signal.SIGKILL
    store = GitStore(repository, None, AGENCY)
    moved = step == STEP_NAMES[-1]
    assert (store.head() != before) == moved
    commit = store.publish(*an_issue("a", 1, 2), {}, since=before)
    keys = [act.publish_key for _, act in store.acts()]
    assert keys == [an_act("z").publish_key, an_act("a").publish_key]
    assert store.head() == commit
    assert list(store.verify()) == []
    store.close()


def test_a_lock_left_by_a_killed_git_is_cleared(store: GitStore, repository: Path):
    (repository / "refs" / "heads" / "main.lock").touch()
    (repository / "HEAD.lock").touch()
    assert store.publish(*an_issue("a"), {}) == store.head()


def test_two_processes_that_race_lose_nothing(repository: Path):
    writers = [start_writer("publish_many", repository, name, 12) for name in "xy"]
    assert [finish(writer)[0] for writer in writers] == [0, 0]
    store = GitStore(repository, None, AGENCY)
    assert len({act.publish_key for _, act in store.acts()}) == 24
    assert list(store.verify()) == []
    store.close()


def test_a_living_child_of_a_killed_writer_still_holds_the_lock(tmp_path: Path):
    lock = tmp_path / "writer.lock"
    ours, theirs = os.pipe()
    finish(start_writer("die_with_a_living_child", lock, ours, pass_fds=(ours,)))
    os.close(ours)
    with pytest.raises(StoreBusy), WriterLock(lock, patience=0).held():
        pass
    os.close(theirs)
    with WriterLock(lock, patience=30).held():
        pass


def test_the_same_thread_may_enter_the_lock_again(store: GitStore):
    with store.writing() as outer, store.writing() as inner:
        assert outer == inner
        store.publish(*an_issue("a"), {})
    with store.writing():
        pass


def test_a_busy_store_says_so(store: GitStore, repository: Path):
    impatient = GitStore(repository, None, AGENCY, patience=0)
    with store.writing():
        pass
    with WriterLock(repository.with_name("published.git.lock")).held(), pytest.raises(StoreBusy) as busy:
        impatient.publish(*an_issue("a"), {})
    assert isinstance(busy.value, Fault)
    impatient.close()


def test_git_children_that_write_hold_the_lock_and_see_nothing_else(
    repository: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", "/elsewhere")
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.hooksPath=/evil'")
    lock = WriterLock(repository.with_name("x.lock"))
    runner = GitRunner(repository)
    with lock.held() as descriptor:
        inside = ("-c", "alias.look=!ls -l /proc/self/fd; env", "look")
        shown = runner.run(*inside, lock=descriptor).decode()
        assert str(repository.with_name("x.lock")) in shown
        assert str(repository.with_name("x.lock")) not in runner.run(*inside).decode()
    assert "/elsewhere" not in shown
    assert "/evil" not in shown


def test_hooks_do_not_run(store: GitStore, repository: Path):
    hook = repository / "hooks" / "reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert store.publish(*an_issue("a"), {}) == store.head()


def test_a_commit_made_besides_the_protocol_is_not_overwritten(store: GitStore, repository: Path):
    first = store.publish(*an_issue("a", 1), {})
    tree = stock_git(repository, "rev-parse", f"{first}^{{tree}}").strip()
    words = ("-c", "user.name=x", "-c", "user.email=x", "commit-tree", tree, "-p", first, "-m", "x")
    foreign = stock_git(repository, *words).strip()

    def interfere(step: str) -> None:
        if step == "build_trees":
            stock_git(repository, "update-ref", "refs/heads/main", foreign)

    with pytest.raises(WrittenBesides):
        store.publish(*an_issue("b", 2), {}, after_step=interfere)
    assert store.head() == foreign


@pytest.mark.parametrize(("after", "size"), [("nothing", 20), ("find_key", 20)])
def test_a_full_disk_is_a_clear_fault_and_leaves_no_half(repository: Path, after: str, size: int):
    status, told = finish(start_writer("run_out_of_room", repository, after, size))
    assert status == 0
    assert told.split() == ["cannot_write", "3"]
    store = GitStore(repository, None, AGENCY)
    assert store.head() is None
    assert not list(repository.rglob("tmp_obj_*"))
    commit = store.publish(*an_issue("a", 1, 2), {})
    assert [commit] == [commit for commit, _ in store.acts()]
    assert list(store.verify()) == []
    store.close()


def test_a_reference_that_git_cannot_move_is_a_clear_fault_and_moves_next_time(
    store: GitStore, repository: Path
):
    before = store.publish(*an_issue("z", 9), {})

    def lock_reference(step: str) -> None:
        if step == "write_commit":
            (repository / "refs" / "heads" / "main.lock").touch()

    with pytest.raises(GitFailed) as fault:
        store.publish(*an_issue("a", 1), {}, after_step=lock_reference)
    assert "update-ref" in str(fault.value)
    assert "main.lock" in str(fault.value)
    assert store.head() == before
    assert store.publish(*an_issue("a", 1), {}) == store.head()


def test_a_folder_that_takes_no_files_is_a_clear_fault(store: GitStore, repository: Path):
    (repository / "objects").rename(repository / "moved")
    (repository / "objects").write_text("no folder")
    with pytest.raises(CannotWrite) as fault:
        store.publish(*an_issue("a"), {})
    assert "hãy kiểm tra" in str(fault.value)


def test_a_damaged_object_left_by_a_crash_is_written_anew(store: GitStore, repository: Path):
    act, trees = an_issue("a", 1)

    def damage(step: str) -> None:
        if step == "read_back":
            for path in (repository / "objects").glob("??/*"):
                path.chmod(0o644)
                path.write_bytes(b"")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        store.publish(act, trees, {}, after_step=damage)
    commit = store.publish(act, trees, {})
    assert store.files(commit, an_id(1)) == trees[an_id(1)]
    assert list(store.verify()) == []


def test_user_text_in_a_commit_forges_no_trailer_for_stock_git(store: GitStore, repository: Path):
    hostile = "x\n\nApproved-By: Kẻ giả; Chủ tịch\n---\nAct: withdraw\r\nAct: withdraw\x85Act: withdraw"
    act, trees = an_issue("a", 1, reason=hostile, agency=hostile, number=hostile)
    commit = store.publish(act, trees, {})
    keys = "%(trailers:key=Act,valueonly)%(trailers:key=Approved-By,valueonly)"
    shown = stock_git(repository, "log", "-1", f"--format={keys}", commit)
    assert shown.split("\n")[:2] == ["issue", act.documents[0].approved_by[0].text()]
    assert stock_git(repository, "log", "-1", "--format=%(trailers:key=Act,valueonly)").split() == ["issue"]


def test_names_become_harmless_authors(store: GitStore, repository: Path):
    person = PersonLine("Mai <x@y>\ncommitter z", "Thư ký")
    act, trees = an_issue("a", 1, recorded_by=person)
    store.publish(act, trees, {})
    assert (
        stock_git(repository, "log", "-1", "--format=%an|%ae|%cn").strip() == f"Mai x@y committer z||{AGENCY}"
    )
    assert list(store.verify()) == []


def test_dates_of_a_commit_are_those_of_the_act(store: GitStore, repository: Path):
    act, trees = an_issue("a", 1)
    store.publish(act, trees, {})
    assert int(stock_git(repository, "log", "-1", "--format=%ct")) == act.at.timestamp()


def test_a_folder_that_is_no_record_is_refused(tmp_path: Path):
    with pytest.raises(StoreUnreadable):
        GitStore(tmp_path, None, AGENCY)
    (tmp_path / "x").touch()
    with pytest.raises(CannotWrite):
        GitStore.create(tmp_path, None, AGENCY)


def test_a_forked_process_talks_to_its_own_reader(tmp_path: Path):
    command = [sys.executable, "-m", "tests.stores.git.forked", str(tmp_path / "published.git")]
    ended = subprocess.run(
        command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr


def test_making_a_record_is_whole_or_not_at_all(tmp_path: Path):
    left_over = tmp_path / ".published.git.new"
    left_over.mkdir()
    (left_over / "HEAD").write_text("half")
    store = GitStore.create(tmp_path / "published.git", None, AGENCY)
    assert not left_over.exists()
    assert store.publish(*an_issue("a"), {}) == store.head()
    store.close()
