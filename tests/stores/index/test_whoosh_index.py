"""What the index on Whoosh promises beside the contract: its files, other processes, and damage."""

from __future__ import annotations

import random
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from qms.errors import Fault
from qms.model.search import IndexBusy, IndexDamaged, IndexOutdated, SearchQuery
from qms.stores.index.apart import LARGE
from qms.stores.index.files import CROWD
from qms.stores.index.whoosh_index import WhooshIndex
from tests.stores.index.entries import BIRTH, BIRTH_ENTRY, MARRIAGE, MARRIAGE_ENTRY, an_entry, found
from tests.stores.index.writers import a_held_lock, start


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "index"


@pytest.fixture
def whoosh(folder: Path) -> Iterator[WhooshIndex]:
    index = WhooshIndex(folder)
    yield index
    index.close()


def test_opening_and_asking_makes_no_file(whoosh: WhooshIndex, folder: Path) -> None:
    assert whoosh.search(SearchQuery("khai sinh")).total == 0
    assert not folder.exists()


def test_the_folder_is_private(whoosh: WhooshIndex, folder: Path) -> None:
    whoosh.add([BIRTH_ENTRY])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_reader_sees_what_another_one_wrote(whoosh: WhooshIndex, folder: Path) -> None:
    whoosh.add([BIRTH_ENTRY])
    assert found(whoosh, "kết hôn") == []
    other = WhooshIndex(folder)
    other.add([MARRIAGE_ENTRY])
    other.close()
    assert found(whoosh, "kết hôn") == [MARRIAGE]


def test_a_reader_sees_that_another_one_cleared_and_wrote_as_often(whoosh: WhooshIndex, folder: Path) -> None:
    whoosh.add([BIRTH_ENTRY])
    assert whoosh.keys() == {BIRTH}
    other = WhooshIndex(folder)
    other.clear()
    other.add([MARRIAGE_ENTRY])
    other.close()
    assert whoosh.keys() == {MARRIAGE}


def test_an_index_is_found_again_after_a_restart(whoosh: WhooshIndex, folder: Path) -> None:
    whoosh.add([BIRTH_ENTRY, MARRIAGE_ENTRY])
    whoosh.close()
    again = WhooshIndex(folder)
    assert found(again, "khai sinh") == [BIRTH]
    again.close()


def test_two_processes_write_and_nothing_is_lost(whoosh: WhooshIndex, folder: Path) -> None:
    writers = [start(folder, "add", prefix, "6") for prefix in "ab"]
    assert [writer.communicate()[1] for writer in writers] == ["", ""]
    assert whoosh.keys() == {(f"{prefix}{number:07d}", 1) for prefix in "ab" for number in range(6)}


def test_a_writer_waits_only_so_long_for_another(folder: Path) -> None:
    impatient = WhooshIndex(folder, wait_seconds=0.05)
    with a_held_lock(folder), pytest.raises(IndexBusy):
        impatient.add([BIRTH_ENTRY])


def test_readers_do_not_wait_for_a_writer(whoosh: WhooshIndex, folder: Path) -> None:
    whoosh.add([BIRTH_ENTRY])
    with a_held_lock(folder):
        assert found(whoosh, "khai sinh") == [BIRTH]


def test_a_batch_whose_writer_was_killed_leaves_nothing_behind(whoosh: WhooshIndex, folder: Path) -> None:
    whoosh.add([BIRTH_ENTRY])
    with a_held_lock(folder):
        pass
    assert whoosh.keys() == {BIRTH}
    whoosh.add([MARRIAGE_ENTRY])
    assert whoosh.keys() == {BIRTH, MARRIAGE}
    assert len(list(folder.glob("*.seg"))) == 2
    assert {path.suffix for path in folder.iterdir()} <= {".seg", ".toc", ".lock"}


def test_a_batch_that_fails_half_way_changes_nothing(whoosh: WhooshIndex) -> None:
    whoosh.add([BIRTH_ENTRY])
    with pytest.raises(TypeError):
        whoosh.add([MARRIAGE_ENTRY, an_entry("badentry", body=None)])
    assert whoosh.keys() == {BIRTH}
    whoosh.add([MARRIAGE_ENTRY])
    assert whoosh.keys() == {BIRTH, MARRIAGE}


def test_many_small_writes_leave_few_files(whoosh: WhooshIndex, folder: Path) -> None:
    for number in range(3 * CROWD):
        whoosh.add([an_entry(f"{number:08d}", body=f"Văn bản thứ {number}")])
        whoosh.add([BIRTH_ENTRY])
    assert len(list(folder.glob("*.seg"))) < CROWD + 1
    assert len(whoosh.keys()) == 3 * CROWD + 1
    assert found(whoosh, "văn bản thứ 5") == [("00000005", 1)]
    assert found(whoosh, "khai sinh") == [BIRTH]


def test_threads_ask_and_write_at_the_same_time(whoosh: WhooshIndex) -> None:
    whoosh.add([BIRTH_ENTRY])
    answers: list[list[tuple[str, int]]] = []
    askers = [Thread(target=lambda: answers.append(found(whoosh, "khai sinh"))) for _ in range(8)]
    writers = [Thread(target=lambda n=n: whoosh.add([an_entry(f"{n:08d}")])) for n in range(3)]
    for thread in (*askers, *writers):
        thread.start()
    for thread in (*askers, *writers):
        thread.join()
    assert answers == [[BIRTH]] * 8
    assert len(whoosh.keys()) == 4


def test_files_of_another_version_ask_for_a_rebuild(whoosh: WhooshIndex, folder: Path) -> None:
    whoosh.add([BIRTH_ENTRY])
    for path in list(folder.glob("*qms1*")):
        path.rename(folder / path.name.replace("qms1", "qms0"))
    with pytest.raises(IndexOutdated):
        whoosh.search(SearchQuery("khai sinh"))
    with pytest.raises(IndexOutdated):
        whoosh.add([MARRIAGE_ENTRY])
    whoosh.clear()
    whoosh.add([MARRIAGE_ENTRY])
    assert whoosh.keys() == {MARRIAGE}
    assert not list(folder.glob("*qms0*"))


@pytest.mark.parametrize("suffix", ["toc", "seg"])
def test_torn_files_are_told_as_damage_and_healed_by_clearing(
    whoosh: WhooshIndex, folder: Path, suffix: str
) -> None:
    whoosh.add([BIRTH_ENTRY])
    (path,) = folder.glob(f"*.{suffix}")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    other = WhooshIndex(folder)
    with pytest.raises(IndexDamaged):
        other.search(SearchQuery("khai sinh"))
    with pytest.raises(IndexDamaged):
        other.keys()
    other.clear()
    other.add([BIRTH_ENTRY])
    assert found(other, "khai sinh") == [BIRTH]
    other.close()


def test_spoiled_bytes_raise_nothing_but_damage(folder: Path) -> None:
    written = WhooshIndex(folder)
    written.add([an_entry(f"{number:08d}", body=f"Đăng ký khai sinh số {number}") for number in range(40)])
    written.close()
    (path,) = folder.glob("*.seg")
    whole = path.read_bytes()
    chance = random.Random(9001)
    for _ in range(60):
        spoiled = bytearray(whole)
        for _ in range(20):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        path.write_bytes(spoiled)
        index = WhooshIndex(folder)
        try:
            index.keys()
            index.search(SearchQuery("khai sinh số 7", limit=40))
        except IndexDamaged:
            pass
        finally:
            index.close()


def test_a_folder_that_cannot_be_made_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault, match="chỉ mục"):
        WhooshIndex(tmp_path / "file" / "index").add([BIRTH_ENTRY])


@pytest.mark.skipif(
    not Path("/proc/self/fdinfo").is_dir(), reason="places in open files are seen in /proc only"
)
def test_a_forked_process_reads_through_files_of_its_own(folder: Path) -> None:
    command = [sys.executable, "-m", "tests.stores.index.forked", str(folder)]
    ended = subprocess.run(
        command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr


def test_a_large_batch_is_findable_however_it_was_written(whoosh: WhooshIndex, tmp_path: Path) -> None:
    entries = [an_entry(f"{n:08d}", body=f"Cấp giấy phép số {n}") for n in range(LARGE + 5)]
    whoosh.add(entries)
    here = WhooshIndex(tmp_path / "here")
    here.add_here(entries)
    assert whoosh.keys() == here.keys() == {entry.key for entry in entries}
    for text in ("giấy phép", "giấy phép số 7", "cap giay phep so 103"):
        assert found(whoosh, text, limit=200) == found(here, text, limit=200)
    whoosh.add([replace(entry, body="Thu hồi") for entry in entries])
    assert found(whoosh, "giấy phép") == []
    assert len(whoosh.keys()) == LARGE + 5
    here.close()


def test_what_keeps_another_process_from_writing_a_large_batch_is_told(
    whoosh: WhooshIndex, folder: Path
) -> None:
    whoosh.add([BIRTH_ENTRY])
    for path in list(folder.glob("*qms1*")):
        path.rename(folder / path.name.replace("qms1", "qms0"))
    with pytest.raises(IndexOutdated):
        whoosh.add([an_entry(f"{n:08d}") for n in range(LARGE)])
