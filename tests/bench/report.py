"""The page ``docs/benchmarks.md``: figures of one machine in tables, and the ratios that carry over to another."""

from __future__ import annotations

import platform
import sqlite3
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

Figures = Mapping[str, Any]

HEAD = """# Benchmarks

Made by `make bench` ({day}); do not edit by hand. Milliseconds are those of one machine, and of whatever else it had to
do; the ratios carry over. Every figure is a median unless it says otherwise.

"""


def page(figures: Figures, day: date) -> str:
    """Return the whole page; a part that was not measured says why."""
    parts = [HEAD.format(day=day.isoformat()), _table("Machine", "Machine and versions", machine().items())]
    for name, write in PARTS.items():
        found = figures[name]
        parts.append(
            write(found) if isinstance(found, Mapping) else f"## {TITLES[name]}\n\nNot measured: {found}\n\n"
        )
    return "".join(parts).rstrip() + "\n"


def machine() -> dict[str, str]:
    """Return what the figures were measured on."""
    cpu = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "?"
    )
    cores = sum(line.startswith("processor") for line in _lines("/proc/cpuinfo"))
    memory = int(_lines("/proc/meminfo")[0].split()[1]) // 1024**2
    libraries = ("sqlalchemy", "gitpython", "whoosh-reloaded", "flask", "lxml")
    return {
        "processor": f"{cpu}, {cores} cores",
        "memory": f"{memory} GB",
        "system": platform.platform(),
        "Python": platform.python_version(),
        "git": _said("git", "--version").removeprefix("git version "),
        "SQLite": sqlite3.sqlite_version,
    } | {name: version(name) for name in libraries}


def publishing(found: Figures) -> str:
    """Return the part about one act on its way to Git."""
    acts, steps = found["act_ms"], found["steps_ms"]["signed"]
    rows = [
        ("one document, signed", f"{acts['signed']} ms"),
        ("one document, unsigned", f"{acts['unsigned']} ms"),
        ("35 documents by one decision, signed", f"{acts['35_documents_signed']} ms"),
        ("the same bytes written and fsynced one by one", f"{found['raw_fsynced_writes_ms']} ms"),
        ("GitPython `index.add` and `commit`, one document", f"{found['gitpython_index_commit_ms']} ms"),
        ("verify the whole record", f"{found['whole_record_s']['verify']} s, {found['findings']} findings"),
    ]
    faster, multiple = found["times_faster_than_gitpython"], found["multiple_of_raw_writes"]
    spent = ", ".join(f"{name} {ms}" for name, ms in steps.items())
    return (
        f"## {TITLES['publishing']}\n\nA record of {found['documents']:,} documents; every object is fsynced.\n\n"
        + _rows("An act", "takes", rows)
        + f"\n**{faster['signed']} times faster than GitPython's porcelain** ({faster['unsigned']} unsigned); "
        f"{multiple['signed']} times the raw fsynced writes ({multiple['unsigned']} unsigned). "
        f"Where the time of a signed act goes (ms): {spent}.\n\n"
    )


def writers(found: Figures) -> str:
    """Return the part about many processes that write at once."""
    words = {
        "asked": "revisions asked for",
        "acknowledged": "acknowledged",
        "refused": "refused (the index is locked)",
        "acknowledged_but_lost": "acknowledged **and lost**",
        "under_the_words_of_another": "kept under another's message",
        "fsck_clean": "`git fsck` is clean",
        "seconds": "seconds",
    }
    rows = [(said, found["ours"][key], found["naive"][key]) for key, said in words.items()]
    lines = "".join(f"| {said} | {_word(ours)} | {_word(naive)} |\n" for said, ours, naive in rows)
    return (
        f"## {TITLES['writers']}\n\nThe naive store is one work tree and GitPython's `repo.index.add`, "
        "`repo.index.commit`. Ours also drafts, submits, approves and signs every revision.\n\n"
        f"| | through the house | naive store |\n|---|---:|---:|\n{lines}\n"
        f"**{found['ours']['acknowledged']} of {found['ours']['asked']} against "
        f"{found['naive']['acknowledged'] - found['naive']['acknowledged_but_lost']} of "
        f"{found['naive']['asked']}**: what a user was told is there. "
        "(`make soak` kills processes besides: after every step and at 300 random moments.)\n\n"
    )


def history(found: Figures) -> str:
    """Return the part about reading and issuing in a whole instance."""
    read = found["history"]
    rows = [
        ("history of one document with six revisions", f"{read['ours_ms']} ms"),
        ("`git log main -- path` of the same document", f"{read['git_log_path_ms']} ms"),
        ("its whole page: text, citations, basis, history", f"{read['document_page_ms']} ms"),
        ("recording a decision, until the person sees success", f"{found['issue_one_revision_ms']} ms"),
    ]
    return (
        f"## {TITLES['house']}\n\nAn instance of {found['documents']:,} documents in {found['make']['acts']} acts, "
        f"made by the real path: {found['make']['published_per_second']} documents a second published, "
        f"{found['make']['derived_per_second']} read, linked and indexed.\n\n"
        + _rows("Asked", "takes", rows)
        + f"\n**History is {read['times_faster_than_git_log']} times faster than `git log -- path`.**\n\n"
        + _rebuilt(found["rebuild"])
        + _served(found["serve"])
    )


def _rebuilt(found: Figures) -> str:
    rows = [
        ("replay Git into the database and compare", f"{found['replayed_per_second']} revisions a second"),
        ("read, find citations, index", f"{found['derived_and_indexed_per_second']} revisions a second"),
        ("both, from nothing but Git", f"{found['whole_per_second']} a second, {found['whole_s']} s"),
        ("`rebuild --check` afterwards", f"{found['check_s']} s, {found['findings']} findings"),
        ("plain Whoosh over the same texts, nothing else", f"{found['plain_whoosh_per_second']} a second"),
        (
            "processor time a revision (plain Whoosh)",
            f"{found['processor_ms_each']} ms ({found['plain_whoosh_processor_ms_each']} ms)",
        ),
    ]
    return (
        f"### Rebuild\n\nDatabase, index and cache deleted; {found['revisions']:,} revisions.\n\n"
        + _rows("Step", "takes", rows)
        + f"\n**{found['share_of_plain_whoosh']} of the speed of indexing alone**; a rebuild also parses every file "
        "in its sandbox, reads its citations and writes the register.\n\n"
    )


def _served(found: Figures) -> str:
    rows = [(f"`{path}`", f"{ms} ms") for path, ms in found["pages_ms"].items()]
    fresh, used = found["fresh"], found["after_pages"]
    return (
        "### Serving\n\n`qms serve` on the same instance, asked from the office network without sign-in.\n\n"
        + _rows("Page", "answers in", rows)
        + f"\n**Memory: {fresh['together_mb']} MB fresh, {used['together_mb']} MB after these pages** "
        f"({used['processes']} processes, shared pages counted once; the largest has {used['largest_rss_mb']} MB "
        "resident).\n\n"
    )


def searching(found: Figures) -> str:
    """Return the part about search."""
    lines = "".join(
        f"| {words} | {asked['ours']['p50_ms']} / {asked['ours']['p95_ms']} ms | "
        f"{asked['plain_and']['p50_ms']} / {asked['plain_and']['p95_ms']} ms | {asked['ratio_of_medians']} |\n"
        for words, asked in (("two words", found["two_words"]), ("four words", found["four_words"]))
    )
    ours, plain = found["build"]["ours"], found["build"]["plain_whoosh"]
    return (
        f"## {TITLES['search']}\n\n{found['revisions']:,} revisions varied from real procedures "
        f"({found['mean_characters']:.0f} characters each), one in five superseded and kept out by the day. Ours "
        "ranks by fields, folds marks, filters by the day and cuts a passage; "
        "the plain one is a Whoosh AND over one field.\n\n"
        "| Question | ours (median / p95) | plain Whoosh AND | ratio of medians |\n|---|---:|---:|---:|\n"
        f"{lines}\nOpening takes {found['open_ms']:.0f} ms; searching holds {found['memory_of_searching_mb']:.0f} MB. "
        f"Indexing: {ours['documents_per_second']:.0f} documents a second in batches that are findable at once, "
        f"plain Whoosh in one go {plain['documents_per_second']:.0f}.\n\n"
    )


def reaching(found: Figures) -> str:
    """Return the part about what a change of law reaches: a table, a plot, and how the times grow."""
    libraries, growth = found["libraries"], found["growth"]
    lines = "".join(
        f"| {one['documents']:,} | {one['citations']:,} | {one['fixed_ms']:.0f} ms ({one['fixed_reached']}) | "
        f"{one['share_ms']:.0f} ms ({one['share_reached']:,}) | {one['first_question_ms']:.0f} ms | "
        f"{one['unexamined']:,} |\n"
        for one in libraries
    )
    return (
        f"## {TITLES['impact']}\n\nThe register of {libraries[-1]['instruments']:,} instruments and "
        f"{libraries[-1]['relations']:,} relations; documents written as rows with ten citations each, "
        "one in fifty a scan. Every reason of the design is looked for, and every document that could not be read "
        "is listed; the full-text index is empty.\n\n"
        "| Documents | citations | a change that reaches 50 (affected) | one that reaches 1 % (affected) | "
        "first question after a publication | unexamined |\n"
        f"|---:|---:|---:|---:|---:|---:|\n{lines}\n```\n{_bars(libraries)}```\n\n"
        f"**{growth['documents']:.0f} times the library: {growth['fixed']:.1f} times the time for the same affected "
        f"documents**; {growth['share']:.1f} times for {growth['share_documents']:.0f} times as many affected.\n\n"
    )


def _bars(libraries: Sequence[Figures]) -> str:
    longest = max(one["share_ms"] for one in libraries)
    lines = []
    for one in libraries:
        for name, key in (("50", "fixed_ms"), ("1 %", "share_ms")):
            bar = "#" * max(1, round(50 * one[key] / longest))
            lines.append(f"{one['documents']:>8,} documents, {name:>3} affected |{bar} {one[key]:.0f} ms\n")
    return "".join(lines)


def citing(found: Figures) -> str:
    """Return the part about the citation reader."""
    once, large, calls = found["once"], found["large"], found["calls"]
    names = {
        "find": "`find`: all citations, resolved to keys, provisions, dates, issuers",
        "numbers_re": "one `re` for numbers in all forms, nothing else",
        "plain_re": "one `re` as written in a minute",
    }
    lines = "".join(
        f"| {said} | {once['mb_per_s'][name]:.1f} MB/s ({once['found'][name]:,}) "
        f"| {large['mb_per_s'][name]:.1f} MB/s ({large['found'][name]:,}) |\n"
        for name, said in names.items()
    )
    return (
        f"## {TITLES['citations']}\n\nAll real text at hand, once ({once['megabytes']:.1f} MB) and gone round up to "
        f"{large['megabytes']:.0f} MB, where the reader reads a repeated line only once. Seconds of the processor.\n\n"
        "| Reading | once (found) | gone round (found) |\n|---|---:|---:|\n"
        f"{lines}\n**{large['times_as_fast_as']['numbers_re']:.2f} times the speed of the pattern** for numbers over "
        f"{large['megabytes']:.0f} MB ({once['times_as_fast_as']['numbers_re']:.2f} times where nothing repeats); "
        f"{large['times_as_fast_as']['plain_re']:.2f} times that of the short one. One call for one line: "
        f"{calls['citing_us']:.0f} µs with a citation in it, {calls['silent_us']:.0f} µs without.\n\n"
        + _against_eyecite(found["eyecite"])
    )


def _against_eyecite(found: Figures | str) -> str:
    if isinstance(found, str):
        return f"Against eyecite: not measured: {found}\n\n"
    return (
        f"eyecite {found['version']} on American text of the same density ({found['found']:,} found in "
        f"{found['megabytes']:.2f} MB): {found['mb_per_s']:.3f} MB/s. **Ours reads {found['times_as_fast']:.0f} times "
        "the bytes a second**, each on its own language's text, nothing repeated.\n\n"
    )


def registering(found: Figures) -> str:
    """Return the part about the pages of the legal register."""
    lines = "".join(
        f"| {name}, `{one['address']}` | {one['p50_ms']:.0f} / {one['p95_ms']:.0f} ms | {one['first_ms']:.0f} ms |\n"
        for name, one in found["pages"].items()
    )
    return (
        f"## {TITLES['register']}\n\n{found['documents']:,} documents in force with {found['citations']:,} citations, "
        f"{found['instruments']:,} instruments and {found['relations']:,} relations of the official codification. "
        "Whole answers of the web app to a signed-in officer, without the network; the first answer is the one after "
        "the law has moved on, when nothing is remembered.\n\n"
        "| Page | median / p95 | first answer |\n|---|---:|---:|\n"
        f"{lines}\n"
    )


def reading_word(found: Figures) -> str:
    """Return the part about Word files."""
    return (
        f"## {TITLES['docx']}\n\nThe longest real procedure, opened and read, least of all rounds. Ours gives "
        f"{found['words']:,} words (text boxes, footnotes and Word's own numbers among them), python-docx "
        f"{found['python_docx_words']:,}.\n\n| Reading | ms | ours is |\n|---|---:|---:|\n"
        f"| ours: text, tables, numbers, notes, headers | {found['ours_ms']:.1f} | |\n"
        f"| python-docx: words of paragraphs and cells | {found['words_ms']:.1f} "
        f"| {found['times_bare']:.1f} times as fast |\n"
        f"| python-docx: the same with styles, bold, lists, spans, headers | {found['same_ms']:.1f} "
        f"| {found['times_same']:.1f} times as fast |\n\n"
        f"{found['files']} real procedures from end to end (judged, read, anatomy, Markdown): "
        f"{found['seconds']:.1f} s.\n\n"
    )


def printing(found: Figures) -> str:
    """Return the part about PDF."""
    ours, other = found["ours"], found["weasyprint"]
    told = f"{ours['pages']} pages by typst: {ours['wall_ms']:.0f} ms, {ours['cpu_ms']:.0f} ms of work.\n\n"
    if isinstance(other, str):
        return f"## {TITLES['paper']}\n\n{told}Against WeasyPrint: not measured: {other}\n\n"
    return (
        f"## {TITLES['paper']}\n\n{told}WeasyPrint {other['version']} over the same words, header, footer, fonts and "
        f"QR code, {other['pages']} pages: {other['wall_ms']:.0f} ms by the clock, {other['cpu_ms']:.0f} ms of work. "
        f"**It takes {other['times_as_long']:.0f} times as long**, {other['times_the_work']:.0f} times the work.\n\n"
    )


PARTS = {
    "publishing": publishing,
    "writers": writers,
    "house": history,
    "search": searching,
    "impact": reaching,
    "register": registering,
    "citations": citing,
    "docx": reading_word,
    "paper": printing,
}
TITLES = {
    "publishing": "Publishing one act",
    "writers": "Eight processes at once",
    "house": "History, issue, rebuild, serving",
    "search": "Search",
    "impact": "What a change of law reaches",
    "register": "Pages of the legal register",
    "citations": "Reading citations",
    "docx": "Reading Word files",
    "paper": "A PDF of ten pages",
}


def _table(title: str, head: str, rows: Iterable[tuple[str, str]]) -> str:
    return f"## {title}\n\n" + _rows(head, "", rows) + "\n"


def _rows(head: str, other: str, rows: Iterable[tuple[str, str]]) -> str:
    return f"| {head} | {other} |\n|---|---|\n" + "".join(f"| {name} | {value} |\n" for name, value in rows)


def _word(value: object) -> object:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
