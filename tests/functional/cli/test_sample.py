"""The sample agency tells its whole story, and the demo serves it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from qms.cli import story
from qms.data import data_dir
from tests.conftest import ROOT
from tests.functional.cli.conftest import Terminal

TOLD: dict[str, Any] = yaml.safe_load((data_dir("documents") / "sample/story.yaml").read_text("utf-8"))
EXPECTED: dict[str, Any] = TOLD["expected"]


def test_the_sample_stands_where_its_story_says(sample: Terminal) -> None:
    documents = sample("register", "--json").json["documents"]
    titles = {entry["code"]: entry["title"] for entry in TOLD["documents"]}
    assert {line["code"]: line["title"] for line in documents}.items() <= titles.items()
    status = {line["code"]: line["status"] for line in documents}
    for code, sequence in EXPECTED["effective"].items():
        assert sample("show", code, "--json").json["shown"]["sequence"] == sequence
    for code, sequence in EXPECTED["scheduled"].items():
        assert sample("show", code, "--json").json["scheduled"]["sequence"] == sequence
    assert [code for code, one in status.items() if one == "retired"] == EXPECTED["retired"]


def test_what_is_still_in_motion_can_be_gone_on_with(sample: Terminal) -> None:
    (waiting,), (approved,), (drafted,) = (EXPECTED[state] for state in ("in_review", "approved", "draft"))
    assert sample("approve", waiting, "--as", "chutich").code == 0
    words = ("--number", "280/QĐ-UBND", "--signed", "2026-11-25", "--as", "vanthu")
    assert sample("issue", approved, waiting, *words).code == 0
    assert sample("submit", drafted, "--as", "thuky").code == 0
    assert sample("verify").code == 0


def test_the_law_that_changed_touches_what_the_story_says(sample: Terminal) -> None:
    change = EXPECTED["legal_change"]
    found = sample("legal", "impact", change["instrument"], "--json").json
    assert [line["code"] for line in found["affected"]] == change["suspect"]
    assert set(change["clean"]) <= {line["code"] for line in found["untouched"]}
    assert found["deadline"] == change["deadline"].isoformat()


def test_every_act_bears_the_day_and_the_person_of_the_story(sample: Terminal) -> None:
    lines = sample("history", "QT-HT-01", "--json").json["revisions"]
    assert [line["recorded_at"][:10] for line in lines] == ["2026-04-06", "2025-11-20", "2025-07-07"]
    assert {line["author"] for line in lines} == {"Công chức Tư pháp - Hộ tịch, Hoàng Thị Mẫu"}


@contextmanager
def served(home: Path, command: str, *flags: str) -> Iterator[list[str]]:
    """Serve as a person would and yield the lines that were printed up to the first address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "qms.cli", "--home", str(home), command, "--port", "0", *flags],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"QMS_SIGN_COMMITS": "0", "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    lines: list[str] = []
    try:
        for line in process.stdout:
            lines.append(line)
            if "http://" in line:
                break
        assert lines
        yield lines
    finally:
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "")


def first_address(lines: list[str]) -> str:
    found = re.search(r"https?://[^/\s]+/\S+", "".join(lines))
    assert found
    return found[0]


@pytest.fixture
def demo_home(sample_template: Path, tmp_path: Path) -> Path:
    """Return the home of a demo that was made before."""
    home = tmp_path / "demo"
    shutil.copytree(sample_template, home)
    story.mark(home, "demo", ready=True)
    return home


def test_the_demo_is_kept_and_its_first_address_is_the_way_in(demo_home: Path) -> None:
    kept = (demo_home / "keys" / "session").read_text()
    with served(demo_home, "demo") as lines:
        address = first_address(lines)
        with urllib.request.urlopen(address) as answer:
            assert answer.status == 200
        assert address.startswith("http://127.0.0.1:")
        root = address.partition("/sign-in/")[0]
        with urllib.request.urlopen(f"{root}/healthz") as answer:
            assert answer.status == 200
    assert (demo_home / "keys" / "session").read_text() == kept


def test_an_instance_is_served_until_it_is_told_to_stop(demo_home: Path) -> None:
    with served(demo_home, "serve") as lines:
        found = re.search(r"http://127\.0\.0\.1:\d+", lines[0])
        assert found
        with urllib.request.urlopen(f"{found[0]}/readyz") as answer:
            assert answer.status == 200


def test_a_fresh_demo_is_made_anew(demo_home: Path) -> None:
    kept = (demo_home / "keys" / "session").read_text()
    with (
        served(demo_home, "demo", "--fresh") as lines,
        urllib.request.urlopen(first_address(lines)) as answer,
    ):
        assert answer.status == 200
    assert (demo_home / "keys" / "session").read_text() != kept
    assert story.marked(demo_home) == ("demo", True)


@pytest.mark.parametrize("flags", [(), ("--fresh",)], ids=["plain", "fresh"])
def test_the_demo_never_takes_another_folder_for_its_own(
    bare_terminal: Terminal, sample_template: Path, tmp_path: Path, flags: tuple[str, ...]
) -> None:
    shutil.copytree(sample_template, tmp_path / "mine")
    answer = bare_terminal("--home", tmp_path / "mine", "demo", "--port", "0", *flags)
    assert answer.code == 2
    assert (tmp_path / "mine" / "qms.sqlite3").exists()


def test_a_port_in_use_is_told_before_anything_is_made(
    bare_terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = bare_terminal("--home", tmp_path / "new", "demo", "--port", taken.getsockname()[1])
    assert answer.code == 3
    assert not (tmp_path / "new").exists()
