"""The walk of the README runs as it stands: what a newcomer types first must be true."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEADING = "## The main job in the terminal"


def walk() -> str:
    """Return the walk as a script that stops at the first command that fails."""
    section = (ROOT / "README.md").read_text().partition(HEADING)[2].partition("\n## ")[0]
    (script,) = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return "set -euo pipefail\n" + re.sub(r"^\. \.venv/bin/activate\n", "", script, flags=re.MULTILINE)


def test_the_walk_of_the_readme_runs_as_it_stands(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QMS_")}
    environment |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "TMPDIR": str(tmp_path)}
    ended = subprocess.run(
        ["bash", "-c", walk()], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    impacts = re.findall(r"^Hạn cập nhật: 15/04/2026\n\nChịu tác động: (\d+)$", ended.stdout, re.MULTILINE)
    assert [int(count) for count in impacts] == [2, 1], ended.stdout
    assert ended.stdout.count("Mọi thứ khớp nhau.") == 2
