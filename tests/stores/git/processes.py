"""Starting ``writer`` as a process of its own, and asking stock git as an outsider would."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def start_writer(*words: object, pass_fds: tuple[int, ...] = ()) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.stores.git.writer", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, pass_fds=pass_fds, stdout=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit status and what was printed."""
    out, _ = process.communicate(timeout=60)
    return process.returncode, out


def stock_git(repository: Path, *words: str, stdin: bytes | None = None) -> str:
    """What git prints, run without any of our settings."""
    command = ["git", "--git-dir", str(repository), *words]
    return subprocess.run(command, check=True, capture_output=True, input=stdin).stdout.decode()
