"""The terminal explains itself quickly, and what we write about it is true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from qms.cli.commands import COMMANDS, LEGAL, PERSON
from tests.conftest import ROOT
from tests.functional.cli.conftest import Terminal

EVERY = [(name,) for name in COMMANDS] + [("legal", n) for n in LEGAL] + [("person", n) for n in PERSON]
LATER = {"backup", "restore"}


def test_help_names_every_command_and_enters_no_heavy_room() -> None:
    script = (
        "import sys; from qms.cli.__main__ import run; code = run(['--help']);"
        "heavy = {'sqlalchemy', 'lxml', 'git', 'whoosh', 'flask', 'docx', 'yaml', 'pydantic'} & set(sys.modules);"
        "assert not heavy, heavy; sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_command_says_what_it_does_in_vietnamese(
    bare_terminal: Terminal, words: tuple[str, ...]
) -> None:
    table = {"legal": LEGAL, "person": PERSON}.get(words[0], COMMANDS) if len(words) > 1 else COMMANDS
    answer = bare_terminal(*words, "--help")
    assert answer.code == 0
    assert table[words[-1]][1].split(",")[0] in " ".join(answer.out.split())
    assert "--home" in answer.out


def test_a_bare_call_shows_the_help_as_wrong_use(bare_terminal: Terminal) -> None:
    answer = bare_terminal()
    assert answer.code == 2
    assert "import" in answer.err
    assert answer.out == ""


def test_every_command_that_documents_and_sentences_name_exists() -> None:
    known = set(COMMANDS) | {f"legal {name}" for name in LEGAL} | {f"person {name}" for name in PERSON}
    texts = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("README.md"), *ROOT.glob("qms/**/*.py")]
    unknown = {
        f"{name} ({path.relative_to(ROOT)})"
        for path in texts
        for name in _named_in(path)
        if name not in known | LATER and name.split()[0] not in known - {"legal", "person"}
    }
    assert unknown == set()


def _named_in(path: Path) -> set[str]:
    found = re.findall(r"[`«]qms ([a-z]+)(?: ([a-z]+))?", path.read_text(encoding="utf-8"))
    return {f"{one} {two}" if one in ("legal", "person") and two else one for one, two in found}
