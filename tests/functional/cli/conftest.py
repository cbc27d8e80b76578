"""A terminal in front of a real instance: commands run in this process, on a clock that stands still."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from qms.cli.__main__ import Start, run
from qms.config import Config
from tests.house import FixedClock

PAPER = """# {title}

| Mã hiệu | Lần ban hành | Ngày ban hành | Cơ quan ban hành |
|---|---|---|---|
| {code} | {issue:02d} | {day} | {issuer} |

## 1. MỤC ĐÍCH

{body}

## 2. TÀI LIỆU VIỆN DẪN

- Luật Hộ tịch năm 2014;
- Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ.
"""


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document it printed."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The documents it printed, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def error(self) -> dict[str, str]:
        """The error it printed as JSON."""
        found: dict[str, str] = json.loads(self.err)["error"]
        return found


Terminal = Callable[..., Answer]


@pytest.fixture
def bare_terminal(
    clock: FixedClock, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """Return a terminal that stands before whatever ``QMS_HOME`` names."""
    monkeypatch.setenv("QMS_SIGN_COMMITS", "0")

    def type_in(*arguments: object) -> Answer:
        capfdbinary.readouterr()
        code = run([str(argument) for argument in arguments], Start(clock))
        captured = capfdbinary.readouterr()
        return Answer(code, captured.out.decode(), captured.err.decode())

    return type_in


@pytest.fixture
def terminal(config: Config, bare_terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal before a fresh copy of the test agency, where decisions may be typed."""
    monkeypatch.setenv("QMS_HOME", str(config.home))
    monkeypatch.setenv("QMS_SHELL_DECISIONS", "1")
    return bare_terminal


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which the whole sample was played, once for all tests of a worker."""
    home = tmp_path_factory.mktemp("sample") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QMS_SIGN_COMMITS", "0")
        assert run(["--home", str(home), "init", "--sample"], Start(FixedClock())) == 0
    return home


@pytest.fixture
def sample(
    sample_template: Path, tmp_path: Path, bare_terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """Return a terminal before a fresh copy of the sample agency."""
    home = tmp_path / "sample"
    shutil.copytree(sample_template, home)
    monkeypatch.setenv("QMS_HOME", str(home))
    return bare_terminal


@pytest.fixture
def paper(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a small procedure as a file."""

    def write(
        name: str = "QT-09.md", code: str = "QT-09", title: str = "Cấp lại giấy tờ", **told: Any
    ) -> Path:
        facts = {
            "issue": 1,
            "day": "01/7/2025",
            "issuer": "Sở Tư pháp",
            "body": "Quy định việc cấp lại.",
        } | told
        path = tmp_path / "papers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAPER.format(code=code, title=title, **facts), encoding="utf-8")
        return path

    return write
