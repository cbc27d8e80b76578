"""When the machine is at fault: a real process, an ordinary user, a full disk, a reader that has gone."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qms.config import Config
from qms.jobs.lock import runner_lock
from tests.conftest import ROOT
from tests.functional.cli.conftest import Terminal

CALL = [sys.executable, "-m", "qms.cli"]

Process = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def process(config: Config) -> Process:
    """Return a function that runs ``qms`` as a process of its own before the test agency."""

    def start(*arguments: object, **settings: object) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "QMS_HOME": str(config.home),
            "QMS_SIGN_COMMITS": "0",
            "QMS_SHELL_DECISIONS": "1",
            "PYTHONPATH": str(ROOT),
        }
        return subprocess.run(
            [*CALL, *map(str, arguments)],
            capture_output=True,
            text=True,
            env=environment,
            timeout=120,
            check=False,
            **settings,  # type: ignore[call-overload]
        )

    return start


def without_powers() -> None:
    """Be an ordinary user as far as files go, root too: what may not be written can't be."""
    libc = ctypes.CDLL(None)
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP: gone once the new program begins


def small_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("words", [("register",), ("import", __file__), ("rebuild",)], ids=lambda w: w[0])
def test_a_home_that_may_only_be_read_is_a_fault(
    config: Config, process: Process, words: tuple[str, ...]
) -> None:
    config.home.chmod(0o500)
    try:
        done = process(*words, preexec_fn=without_powers)
    finally:
        config.home.chmod(0o700)
    assert done.returncode == 3
    assert str(config.home) in sentence(done)


def test_a_folder_in_which_nothing_can_be_made_is_a_fault(process: Process, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    done = process("--home", tmp_path / "locked" / "home", "init", preexec_fn=without_powers)
    assert done.returncode == 3
    sentence(done)


def test_a_full_disk_is_a_fault_and_nothing_is_half_done(
    terminal: Terminal, process: Process, paper: Callable[..., Path]
) -> None:
    big = paper("big.md", body="Chi tiết quy trình.\n\n" * 6000)
    done = process("import", big, "--publish", preexec_fn=small_disk)
    assert done.returncode == 3
    sentence(done)
    assert terminal("register", "--json").json["documents"] == []
    assert terminal("import", big, "--publish").code == 0
    assert terminal("doctor").code == 0


def test_a_reader_that_has_gone_is_no_trouble(process: Process) -> None:
    command = f"{sys.executable} -m qms.cli legal list --json | true"
    done = process("legal", "list")
    assert done.returncode == 0
    piped = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in piped.stderr


def test_vietnamese_comes_out_whole_whatever_the_locale(process: Process, config: Config) -> None:
    environment = os.environ | {
        "QMS_HOME": str(config.home),
        "PYTHONIOENCODING": "ascii",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run([*CALL, "show", "QT-99"], capture_output=True, env=environment, check=False)
    assert done.stderr.decode("utf-8") == "Không tìm thấy tài liệu «QT-99».\n"


def test_an_import_leaves_what_is_due_to_the_runner_of_the_home(
    terminal: Terminal, config: Config, paper: Callable[..., Path]
) -> None:
    with runner_lock(config.home) as mine:
        assert mine
        assert terminal("import", paper(), "--publish").code == 0
        assert terminal("search", "cap lai", "--json").json["total"] == 0
        assert terminal("worker", "--json").code == 2
        assert terminal("worker").code == 3
    assert terminal("doctor").code == 0
    assert terminal("search", "cap lai", "--json").json["total"] == 1


def test_errors_of_a_process_are_json_where_asked(process: Process) -> None:
    done = process("show", "QT-99", "--json")
    assert json.loads(done.stderr)["error"]["code"] == "not_found"
    assert done.stdout == ""
