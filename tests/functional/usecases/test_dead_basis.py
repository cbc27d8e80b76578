"""A legal basis that has ended is seen before anybody decides, and kept only with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from qms.bootstrap import QMS
from qms.model.enums import Verdict
from qms.usecases import deciding, drafting, submitting
from tests import house

ENDED = ("200/2026/NĐ-CP", "replaces", "123/2015/NĐ-CP", "2026-07-01")
KNOWN = {"number": "123/2015/NĐ-CP", "type": "Nghị định", "effective": "2016-01-01"}


def test_a_draft_on_a_dead_basis_is_sent_only_with_a_reason(qms: QMS, acting) -> None:
    document = house.draft(qms)
    house.law(qms, ENDED, instruments=[KNOWN])
    with acting("soan") as work:
        assert drafting.draft(work, document).dead == ("123/2015/NĐ-CP",)
    with acting("soan") as work, pytest.raises(submitting.DeadBasis) as refusal:
        submitting.submit(work, "QT-01", "  ")
    assert "123/2015/NĐ-CP" in str(refusal.value)
    with acting("soan") as work:
        submitting.submit(work, "QT-01", "Chờ hướng dẫn của Sở Tư pháp.")
    with acting("chutich") as work:
        page = deciding.page(work, document)
    assert page.basis_reason == "Chờ hướng dẫn của Sở Tư pháp."
    assert [line.key for line in page.basis if line.verdict is Verdict.DEAD] == ["123/2015/NĐ-CP"]


def test_no_reason_is_kept_where_nothing_is_dead(qms: QMS, acting) -> None:
    document = house.draft(qms)
    house.law(qms, ("18/2026/NĐ-CP", "amends", "123/2015/NĐ-CP", "2026-01-15"), instruments=[KNOWN])
    with acting("soan") as work:
        submitting.submit(work, "QT-01", "Thừa.")
    with acting("chutich") as work:
        assert deciding.page(work, document).basis_reason == ""


def test_whoever_decides_sees_what_is_not_in_the_register_as_unknown(qms: QMS, acting) -> None:
    document = house.draft(qms)
    with acting("soan") as work:
        submitting.submit(work, "QT-01")
    with acting("chutich") as work:
        page = deciding.page(work, document)
    assert {line.verdict for line in page.basis} == {Verdict.UNKNOWN}


def test_whoever_drafts_is_told_what_will_have_ended_before_long(qms: QMS, acting) -> None:
    document = house.draft(qms)
    house.law(qms, ("200/2026/NĐ-CP", "replaces", "123/2015/NĐ-CP", "2026-11-30"), instruments=[KNOWN])
    with acting("soan") as work:
        draft = drafting.draft(work, document)
    (line,) = [line for line in draft.basis if line.key == "123/2015/NĐ-CP"]
    assert (draft.dead, line.verdict, line.ends) == ((), Verdict.LIVE, date(2026, 11, 30))
