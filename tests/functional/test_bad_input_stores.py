"""A full disk, a folder of somebody else, a schema of yesterday: one clear sentence, and nothing half written."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import text

from qms.bootstrap import QMS, HomeUnwritable, build, create
from qms.config import Config
from qms.errors import Fault, QmsError, WrongUse
from qms.model.enums import FindingLevel
from qms.stores.publishing import STEPS
from qms.stores.sql.schema import NoInstance, SchemaDiffers
from qms.usecases import issuing, people, rebuilding
from tests import house
from tests.conftest import skip_or_fail
from tests.crash.keeper import CONTEXT

NOBODY = 65534
Outcome = tuple[str, int, str]


def told(act: Callable[[], object]) -> Outcome:
    """Return code, exit code and sentence of what an act refuses; nothing where it succeeds."""
    try:
        act()
    except QmsError as error:
        return error.code, error.exit_code, str(error)
    return "", 0, ""


def is_one_sentence(sentence: str) -> bool:
    return bool(sentence) and "\n" not in sentence and "Traceback" not in sentence and sentence[-1] == "."


def in_a_child(act: Callable[..., Outcome], *facts: object) -> Outcome:
    """Do something in a process of its own, whose limits and user may be changed."""
    ours, theirs = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_answer, args=(act, facts, theirs))
    process.start()
    theirs.close()
    answer: Outcome = ours.recv()
    process.join()
    return answer


def _answer(act: Callable[..., Outcome], facts: tuple[object, ...], pipe: Connection) -> None:
    pipe.send(act(*facts))


def issue(qms: QMS, number: str = "145/QĐ-UBND") -> None:
    with qms.work(qms.shell("vanthu")) as work:
        issuing.issue(work, ["QT-01"], house.decision(number))


def issue_while_files_cannot_grow(config: Config, after: str) -> Outcome:
    def limit(step: str) -> None:
        if step == after:
            _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (20, most))

    qms = build(config, clock=house.FixedClock(), after_step=limit)
    limit("opened")
    return told(lambda: issue(qms))


def become_nobody(act: str, config: Config) -> Outcome:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    if act == "create":
        return told(lambda: create(config))
    if act == "write":
        return told(lambda: write(config))
    return told(lambda: build(config).close())


def write(config: Config) -> None:
    qms = build(config, clock=house.FixedClock())
    with qms.work(qms.job()) as work:
        people.one_time_link(work, "thuky")


def outcome_of_issue(config: Config, sentence: str) -> None:
    """Assert that the act is there once if it was recorded, else not at all but may be done now."""
    qms = build(config, clock=house.FixedClock())
    recorded = "Đã ghi nhận" in sentence
    assert len(qms.publisher.pending()) == int(recorded)
    qms.publisher.drain()
    if not recorded:
        issue(qms)
    house.drain(qms)
    assert [act.number for _, act in qms.stores.git.acts()] == ["145/QĐ-UBND"]
    assert nothing_half_written(qms)
    qms.close()


def nothing_half_written(qms: QMS) -> bool:
    with qms.work(qms.job()) as work:
        assert rebuilding.check(work) == []
        assert [f for f in rebuilding.verify(work) if f.level is FindingLevel.DAMAGE] == []
    return True


@pytest.fixture
def approved(config: Config) -> Config:
    """Return an instance where one approved revision waits for its decision."""
    qms = build(config, clock=house.FixedClock())
    house.draft(qms)
    house.approve(qms, "QT-01")
    qms.close()
    return config


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """Return a folder that any user may enter; those of pytest are closed to others."""
    if os.getuid() != 0:
        skip_or_fail("only root may become another user")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.mark.parametrize("after", ["opened", *STEPS[:-2]])
def test_files_that_cannot_grow_are_one_fault_and_the_act_is_there_once_afterwards(
    approved: Config, after: str
) -> None:
    code, exit_code, sentence = in_a_child(issue_while_files_cannot_grow, approved, after)
    assert (code, exit_code) == ("storage_failed" if after == "opened" else "not_published", 3)
    assert is_one_sentence(sentence)
    outcome_of_issue(approved, sentence)


@pytest.fixture
def small_disk(tmp_path: Path, approved: Config) -> Iterator[Config]:
    """Return the instance on a disk of its own, 8 MB small."""
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    if os.getuid() != 0 or subprocess.run(words, capture_output=True).returncode != 0:
        skip_or_fail("mounting a small disk is not permitted here")
    try:
        shutil.copytree(approved.home, disk / "home")
        yield approved.model_copy(update={"home": disk / "home"})
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("free", [0, 4, 12, 40, 100, 200])
def test_a_disk_that_fills_up_is_one_fault_and_the_act_is_there_once_afterwards(
    small_disk: Config, free: int
) -> None:
    ballast = small_disk.home.parent / "ballast"
    qms = build(small_disk, clock=house.FixedClock())
    fill(ballast, free * 1024)
    code, exit_code, sentence = told(lambda: issue(qms))
    ballast.unlink()
    qms.close()
    if code:
        assert (code in ("storage_failed", "not_published"), exit_code) == (True, 3)
        assert is_one_sentence(sentence)
        outcome_of_issue(small_disk, sentence)
    else:
        assert free, "a full disk takes nothing"


def fill(ballast: Path, free: int) -> None:
    room = os.statvfs(ballast.parent)
    with ballast.open("wb") as file:
        file.write(bytes(max(0, room.f_bavail * room.f_bsize - free)))


def test_a_read_only_home_is_told_to_an_ordinary_user(public_folder: Path, approved: Config) -> None:
    home = public_folder / "home"
    shutil.copytree(approved.home, home)
    home.chmod(0o555)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    code, exit_code, sentence = in_a_child(become_nobody, "build", approved.model_copy(update={"home": home}))
    assert (code, exit_code) == (HomeUnwritable.code, 3)
    assert str(home) in sentence
    assert is_one_sentence(sentence)
    assert before == {path: path.stat().st_mtime_ns for path in home.rglob("*")}


def test_a_home_that_others_may_not_enter_is_told(public_folder: Path) -> None:
    closed = public_folder / "closed"
    (closed / "home").mkdir(parents=True)
    closed.chmod(0o700)
    code, exit_code, sentence = in_a_child(become_nobody, "build", Config(home=closed / "home"))
    assert (code, exit_code) == (HomeUnwritable.code, 3)
    assert is_one_sentence(sentence)


def test_files_of_another_user_in_ones_own_home_are_told(public_folder: Path, approved: Config) -> None:
    home = public_folder / "home"
    shutil.copytree(approved.home, home)
    home.chmod(0o755)
    os.chown(home, NOBODY, NOBODY)
    (home / "qms.sqlite3").chmod(0o444)
    _, exit_code, sentence = in_a_child(become_nobody, "write", approved.model_copy(update={"home": home}))
    assert exit_code == 3
    assert is_one_sentence(sentence)


def test_a_home_that_cannot_be_made_is_told_and_nothing_is_left(public_folder: Path) -> None:
    code, exit_code, sentence = in_a_child(
        become_nobody, "create", Config(home=public_folder / "new" / "home")
    )
    assert (code, exit_code) == (HomeUnwritable.code, 3)
    assert is_one_sentence(sentence)
    assert list(public_folder.iterdir()) == []


@pytest.mark.parametrize("version", ["0000", "9999"])
def test_a_schema_of_another_version_is_told_and_left_alone(config: Config, version: str) -> None:
    qms = build(config)
    with qms.sessions() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
        session.commit()
    qms.close()
    with pytest.raises(SchemaDiffers) as refusal:
        build(config)
    assert refusal.value.exit_code == 3
    assert version in str(refusal.value)
    assert "qms upgrade" in str(refusal.value)


def test_a_folder_without_an_instance_is_told(tmp_path: Path) -> None:
    for home in (tmp_path, tmp_path / "missing"):
        with pytest.raises(NoInstance) as refusal:
            build(Config(home=home))
        assert refusal.value.exit_code == 3
    assert not (tmp_path / "missing").exists()


def test_a_home_in_use_is_not_founded_again(qms: QMS) -> None:
    with qms.work(qms.shell()) as work, pytest.raises(people.HomeInUse) as refusal:
        people.found(work, "UBND xã Khác")
    assert isinstance(refusal.value, WrongUse)
    assert refusal.value.exit_code == 2
    assert "UBND xã Mẫu Thử" in str(refusal.value)


def test_making_an_instance_again_changes_nothing(qms: QMS, config: Config) -> None:
    house.issued(qms)
    secret = (config.keys / "session").read_text()
    head = qms.stores.git.head()
    create(config)
    assert (config.keys / "session").read_text() == secret
    assert qms.stores.git.head() == head
    assert nothing_half_written(qms)


@pytest.mark.parametrize("content", [b"this is no database " * 400, b""], ids=["garbage", "empty"])
def test_a_database_that_is_none_is_a_fault(config: Config, content: bytes) -> None:
    for name in ("qms.sqlite3-wal", "qms.sqlite3-shm"):
        (config.home / name).unlink(missing_ok=True)
    (config.home / "qms.sqlite3").write_bytes(content)
    with pytest.raises(Fault) as refusal:
        build(config)
    assert is_one_sentence(str(refusal.value))


def test_a_repository_that_is_gone_is_a_fault(config: Config) -> None:
    shutil.rmtree(config.repository)
    with pytest.raises(Fault) as refusal:
        build(config)
    assert is_one_sentence(str(refusal.value))
