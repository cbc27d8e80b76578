"""The documentation is held to what is: commands, settings, links, numbers and versions."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from qms import __version__
from qms.cli.__main__ import command
from qms.config import Config

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "documents" / "README.md"])
GUIDES = [page for page in PAGES if page.name != "CHANGELOG.md"]
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"(?<!`)`(?!`)([^`\n]+)`(?!`)")
PREFIX = re.compile(r"(?:sudo |-u \w+ |\w+=\S* )*")
"""What may stand before a command: as whom, and with which settings."""
NOT_OURS = {"QMS_CI", "QMS_BENCH_EYECITE", "QMS_SCREENS"}
"""Settings of the tests, not of an instance."""


def name_of(page: Path) -> str:
    """Return a page's path as the test report shows it."""
    return str(page.relative_to(ROOT))


def prose(page: Path) -> str:
    """Return a page without its code blocks."""
    return FENCE.sub("", page.read_text())


def typed(text: str) -> Iterator[list[str]]:
    """Yield the arguments of every ``qms`` call in a piece of shell."""
    for line in re.split(r"\n|&&|\|\|?|;(?=\s)", text.replace("\\\n", " ")):
        try:
            words = shlex.split(PREFIX.sub("", line.strip()), comments=True)
        except ValueError:
            continue
        if words and Path(words[0]).name == "qms":
            yield words[1:]


def find_command(arguments: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command that is called and what it is called with; fails where there is none."""
    found: click.Command = command()
    context = click.Context(found, info_name="qms")
    rest = list(arguments)
    while isinstance(found, click.Group) and rest and not rest[0].startswith("-"):
        inner = found.get_command(context, rest[0])
        assert inner is not None, f"qms {' '.join(arguments)}: there is no «{rest[0]}»"
        found, rest = inner, rest[1:]
    return found, rest


def check_call(arguments: list[str], *, whole: bool) -> None:
    """Check command and options of a call; a whole one has all that is required."""
    found, rest = find_command(arguments)
    options = {name: p for p in found.params for name in (*p.opts, *p.secondary_opts) if name[0] == "-"}
    given = {word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)} - {"--help", "--version"}
    assert given <= options.keys(), f"qms {' '.join(arguments)}: no option {given - options.keys()}"
    if whole and not isinstance(found, click.Group):
        needed = {p.opts[-1] for p in found.params if p.required and isinstance(p, click.Option)}
        assert needed <= given, f"qms {' '.join(arguments)}: lacks {needed - given}"


def shell_blocks(page: Path) -> Iterator[str]:
    """Yield the blocks of a page that are typed into a terminal or started by a unit."""
    for language, block in FENCE.findall(page.read_text()):
        if language in ("sh", "bash", "console"):
            yield block
        elif language == "ini":
            yield "\n".join(re.findall(r"^ExecStart=(.*)$", block, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_that_is_shown_exists(page: Path) -> None:
    for block in shell_blocks(page):
        for arguments in typed(block):
            check_call(arguments, whole=True)
    for span in SPAN.findall(prose(page)):
        if span.startswith("qms "):
            for arguments in typed(span):
                check_call(arguments, whole=False)


def test_the_readme_shows_the_whole_main_job() -> None:
    shown = {" ".join(call[:2]) for block in shell_blocks(ROOT / "README.md") for call in typed(block)}
    first = {call.partition(" ")[0] for call in shown}
    assert {"import", "draft", "submit", "approve", "issue", "search", "retire", "verify"} <= first
    assert {"legal import", "legal impact"} <= shown


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in GUIDES:
        named = re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(), re.MULTILINE)
        assert set(named) <= targets, name_of(page)


def default_of(name: str) -> str:
    """Return a setting's default as the table writes it."""
    value = Config.model_fields[name].default
    if value is None:
        return "none"
    if value == "":
        return "empty"
    shown = {"True": "true", "False": "false", "()": "[]"}.get(str(value), str(value))
    return f"`{shown}`"


def test_every_setting_is_documented_with_its_default() -> None:
    rows = re.findall(
        r"^\| `(QMS_[A-Z_]+)` \| (\S+) \|", (ROOT / "docs/operations.md").read_text(), re.MULTILINE
    )
    assert dict(rows) == {f"QMS_{name.upper()}": default_of(name) for name in Config.model_fields}
    assert len(rows) == len(Config.model_fields)


@pytest.mark.parametrize("page", GUIDES, ids=name_of)
def test_every_setting_that_is_named_exists(page: Path) -> None:
    named = set(re.findall(r"\bQMS_[A-Z_]*[A-Z]\b", page.read_text()))
    assert named <= {f"QMS_{name.upper()}" for name in Config.model_fields} | NOT_OURS


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#{1,6} (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{name_of(page)}: {link}"
        assert target.is_relative_to(ROOT), f"{name_of(page)}: {link} lies outside the repository"
        if anchor:
            assert anchor in anchors(target), f"{name_of(page)}: {link}"


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "guide").glob("*.md")), ids=name_of)
def test_every_label_that_a_guide_quotes_stands_on_a_page(page: Path) -> None:
    shown = "\n".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    missing = [label for label in re.findall(r"«([^»]+)»", page.read_text()) if f"'{label}'" not in shown]
    assert missing == []


def test_decisions_are_numbered_without_gaps() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", page.name)
        title = page.read_text().partition("\n")[0]
        assert re.match(rf"# 0*{int(page.name[:4])}\. ", title), f"{page.name}: {title}"


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=name_of)
def test_a_decision_says_context_decision_and_consequences(page: Path) -> None:
    headings = re.findall(r"^## (.+)$", page.read_text(), re.MULTILINE)
    assert [h for h in headings if h in ("Context", "Decision", "Consequences")] == [
        "Context",
        "Decision",
        "Consequences",
    ]


def test_the_changelog_begins_with_this_version() -> None:
    versions = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert versions[0] == __version__


def test_the_readme_names_every_room_of_the_house() -> None:
    readme = (ROOT / "README.md").read_text()
    rooms = [path.name for path in (ROOT / "qms").iterdir() if (path / "__init__.py").exists()]
    missing = [
        name for name in (*rooms, "docs", "documents", "templates", "tests") if f"{name}/" not in readme
    ]
    assert missing == []


def test_the_lock_holds_every_dependency_with_hashes_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {re.match(r"[\w.-]+", need)[0].lower() for need in project["dependencies"]}  # type: ignore[index]
    locked = re.findall(r"^([\w.-]+)==\S+.*\\\n +--hash=sha256:", lock, re.MULTILINE)
    assert wanted <= set(locked)
    assert len(locked) == len(re.findall(r"^[\w.-]+==", lock, re.MULTILINE))
    assert "//" not in lock
