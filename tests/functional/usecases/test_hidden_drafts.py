"""What was never published is known to those who work on it; to everybody else it is as if it were not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qms.bootstrap import QMS
from qms.errors import NotFound
from qms.model.ids import fold_code
from qms.model.permissions import Actor
from qms.usecases import deciding, drafting, issuing, lookups, reading, retiring, submitting
from qms.usecases.ports import Work
from tests import house

HIDDEN, UNKNOWN = "QT-09", "QT-77"
STRANGERS = ("doc", "thanhtra", "quantri", "phongkt")
ACTS: dict[str, Callable[[Work, str], object]] = {
    "candidates": reading.candidates,
    "page": reading.page,
    "history": reading.history,
    "redline": lambda work, code: reading.redline(work, code, 1, 2),
    "file": lambda work, code: reading.file(work, code, 1),
    "begin": drafting.begin,
    "submit": submitting.submit,
    "approve": deciding.approve,
    "issue": lambda work, code: issuing.issue(work, [code], house.decision()),
    "withdraw": lambda work, code: issuing.withdraw(work, code, "Nhầm."),
    "retire": lambda work, code: retiring.retire(work, [code], "Nhầm.", house.decision()),
}


def refusal(qms: QMS, actor: Actor, act: str, code: str) -> str:
    with qms.work(actor) as work, pytest.raises(NotFound) as refused:
        ACTS[act](work, code)
    return str(refused.value).replace(code, "…")


@pytest.mark.parametrize("act", ACTS)
def test_a_hidden_draft_is_answered_like_a_code_that_nobody_gave(qms: QMS, act: str) -> None:
    document = house.draft(qms, HIDDEN)
    actors = [qms.visitor(office=True), qms.visitor(), *map(qms.shell, STRANGERS)]
    if act == "candidates":
        actors.remove(qms.visitor())  # outside the office nothing is read at all
    for actor in actors:
        unknown = refusal(qms, actor, act, UNKNOWN)
        assert refusal(qms, actor, act, HIDDEN) == unknown
        assert refusal(qms, actor, act, document) == unknown, "its id tells no more"


def test_a_hidden_draft_is_not_found_by_its_id_either(qms: QMS) -> None:
    document = house.draft(qms, HIDDEN)
    for login in STRANGERS:
        for act in (drafting.draft, drafting.abandon, submitting.rebase):
            with qms.work(qms.shell(login)) as work, pytest.raises(NotFound):
                act(work, document)


@pytest.mark.parametrize("login", [None, "soan", "soan2", "thuky", "vanthu", "chutich"])
def test_those_who_work_on_it_know_it(qms: QMS, login: str | None) -> None:
    document = house.draft(qms, HIDDEN)
    with qms.reading(qms.shell(login)) as work:
        assert [found for found, _, _ in reading.candidates(work, HIDDEN)] == [document]


def test_a_code_shared_with_a_hidden_draft_is_not_ambiguous_to_a_reader(qms: QMS) -> None:
    known, hidden = house.issued(qms, "QT-01"), house.draft(qms, HIDDEN)
    with qms.work(qms.shell()) as work:
        (row,) = lookups.document(work, HIDDEN).codes
        row.code, row.folded = "QT-01", fold_code("QT-01")
        work.commit()
    with qms.reading(qms.shell("doc")) as work:
        assert lookups.document(work, "QT-01").id == known
    with qms.reading(qms.shell("soan")) as work, pytest.raises(lookups.AmbiguousCode, match=hidden):
        lookups.document(work, "QT-01")


def test_what_was_published_and_taken_back_stays_known(qms: QMS) -> None:
    document = house.issued(qms, by=house.decision(effective=date(2027, 2, 1)))
    with qms.work(qms.shell("vanthu")) as work:
        issuing.withdraw(work, "QT-01", "Chờ hướng dẫn.")
    with qms.reading(qms.shell("doc")) as work:
        assert reading.candidates(work, "QT-01")[0][0] == document
        assert [line.withdrawn for line in reading.history(work, "QT-01")[2]] == [True]
