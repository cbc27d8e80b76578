"""Every use case names its act and asks before anything else: read from the code, so that none can be forgotten."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from qms.model.permissions import Act

FOLDER = Path(__file__).parents[2] / "qms" / "usecases"
SHARED = {
    "acts": "how a decision becomes a published act; its callers have asked",
    "candidates": "one file on its way through importing, which has asked",
    "archives": "the files of a zip; whoever imports them has asked",
    "package_files": "the files of packages; whoever works on one has asked",
    "package_rows": "the matrix of a package; whoever shows it has asked",
    "taking": "what a file needs to be recorded as issued; importing has asked",
    "matching": "what a file is to what is in control; importing has asked",
    "contents": "the files of a draft, for those who have asked",
    "marks": "how the legal basis of a text stands, for those who have asked",
    "provision_words": "provisions as people write them; values only",
    "cited": "what a text says of the law, as rows",
    "law_book": "comparing rows with the register; its callers have asked",
    "law_rows": "what a row says; values only",
    "law_views": "what is derived from the register, for those who have asked",
    "links": "which documents belong to one another, for those who have asked",
    "naming": "which instrument a key means, for those who have asked",
    "lookups": "finding what a request names, so that one can ask about it",
    "standings": "how instruments stand, for those who have asked",
    "ports": "protocols",
    "tthc_lookups": "procedures and the documents that cover them, for those who have asked",
    "tthc_rows": "rows on their way into the catalogue of procedures, for those who have asked",
    "reach": "how far a change of law reaches, for those who have asked",
    "change_items": "what is kept of a legal change, for those who have asked",
    "change_lines": "how the documents of a change stand, for those who have asked",
    "form_origins": "where forms get their validity from, for those who have asked",
    "form_places": "how issued forms stand on a day, for those who have asked",
    "form_hints": "what comes nearest to a file, for those who have asked",
    "form_texts": "the words of issued forms as rows, for those who have asked",
    "paper_standing": "how a revision stands as its paper says it, for those who have asked",
    "letterheads": "what stands on every paper, for those who have asked",
    "comparing_tables": "the table that compares two editions, for those who have asked",
    "covers": "what a draft's cover says, for those who have asked",
    "batches": "many of one act, for those who have asked",
    "change_tasks": "what a change asks of a person, for those who have asked",
    "change_edits": "what a change asks of a legal basis, for those who have asked",
    "notices": "what stands above a document, for those who have asked",
}
ASKS_NOTHING = {
    "people.actor": "turns a login into somebody who may be asked about",
    "searching.in_force": "a set of keys without texts; those who filter by it have asked",
}
WRITES = {
    "commit",
    "record",
    "publish",
    "enqueue",
    "add",
    "add_all",
    "delete",
    "remove",
    "clear",
    "put",
    "upload",
}


@dataclass(frozen=True)
class UseCase:
    """A public function that is handed a work, with the functions it may lean on."""

    name: str
    node: ast.FunctionDef
    helpers: dict[str, ast.FunctionDef]

    def __str__(self) -> str:
        return self.name


def functions(module: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse((FOLDER / f"{module}.py").read_text())
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def use_cases() -> Iterator[UseCase]:
    lookups = {f"lookups.{name}": node for name, node in functions("lookups").items()}
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem in SHARED or path.stem == "__init__":
            continue
        own = functions(path.stem)
        for name, node in own.items():
            takes_work = any(
                isinstance(a.annotation, ast.Name) and a.annotation.id == "Work" for a in node.args.args
            )
            if takes_work and not name.startswith("_") and f"{path.stem}.{name}" not in ASKS_NOTHING:
                yield UseCase(f"{path.stem}.{name}", node, own | lookups)


def steps(node: ast.AST, case: UseCase, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield ``ask``, ``write`` and ``return`` in the order in which a straight run of the function meets them."""
    for child in ast.iter_child_nodes(node):
        yield from steps(child, case, seen)
    if not isinstance(node, ast.Call):
        return
    called = ast.unparse(node.func)
    if called == "work.allow":
        yield "ask"
    elif called in case.helpers and called not in seen:
        yield from steps(case.helpers[called], case, seen | {called})
    elif _changes_a_store(node) or (called == "work.session.execute" and _is_a_change(node)):
        yield "write"


def _changes_a_store(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in WRITES and _is_a_store(call.func.value)


def _is_a_change(call: ast.Call) -> bool:
    changes = ("delete", "update", "insert")
    return any(isinstance(part, ast.Call) and ast.unparse(part.func) in changes for part in ast.walk(call))


def _is_a_store(target: ast.expr) -> bool:
    return ast.unparse(target) in ("work", "work.session", "work.index", "session", "contents")


CASES = list(use_cases())


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_use_case_asks_before_it_writes(case: UseCase) -> None:
    met = list(steps(case.node, case))
    assert "ask" in met, f"{case} never asks the table of permissions"
    assert met[0] == "ask", f"{case} writes before it asks"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_it_asks_for_is_an_act_of_the_table(case: UseCase) -> None:
    nodes = [case.node, *case.helpers.values()]
    named = {
        part.attr
        for node in nodes
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute) and ast.unparse(part.value) == "Act"
    }
    assert named
    assert named <= set(Act.__members__)


def test_every_act_but_those_of_the_doorways_is_asked_for_by_a_use_case() -> None:
    text = "".join(path.read_text() for path in FOLDER.glob("*.py"))
    assert [act.name for act in Act if f"Act.{act.name}" not in text] == []


def test_the_reader_of_this_test_sees_what_it_should() -> None:
    assert {"drafting.save_text", "creating.create", "importing.publish", "issuing.issue"} <= {
        c.name for c in CASES
    }
    late = ast.parse("def f(work: Work):\n    work.record('x', 'y')\n    work.allow(Act.READ)\n").body[0]
    assert isinstance(late, ast.FunctionDef)
    assert list(steps(late, UseCase("f", late, {}))) == ["write", "ask"]
    by_helper = ast.parse(
        "def f(work: Work):\n    _g(work)\n    work.commit()\ndef _g(work):\n    work.allow(1)\n"
    ).body
    assert isinstance(by_helper[0], ast.FunctionDef)
    assert isinstance(by_helper[1], ast.FunctionDef)
    assert list(steps(by_helper[0], UseCase("f", by_helper[0], {"_g": by_helper[1]}))) == ["ask", "write"]
