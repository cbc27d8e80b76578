"""Documents are tied to the forms they use and the models they adopt; a change of one reaches the other."""

from __future__ import annotations

from datetime import date

import pytest

from qms.bootstrap import QMS
from qms.errors import Forbidden
from qms.model.enums import DocumentType, LinkKind
from qms.usecases import creating, deciding, impact, linking, reading, submitting
from tests import house

SIGNED = date(2026, 1, 5)


def a_form(qms: QMS, code: str = "BM-01") -> str:
    with qms.work(qms.shell("soan")) as work:
        new = creating.NewDocument(code, "Tờ khai thử", DocumentType.FORM)
        document = creating.create(work, new, "# Tờ khai thử\n\nHọ và tên: ...\n")
    with qms.work(qms.shell("soan")) as work:
        submitting.submit(work, code)
    with qms.work(qms.shell("chutich")) as work:
        deciding.approve(work, code)
    house.issue(qms, code, by=house.decision("9/QĐ-UBND", signed=SIGNED))
    return document


def test_a_tie_is_seen_from_both_ends_and_made_once(qms: QMS, acting) -> None:
    procedure, form = house.issued(qms), a_form(qms)
    with acting("thuky") as work:
        assert linking.link(work, "QT-01", "BM-01")
    with acting("thuky") as work:
        assert not linking.link(work, "QT-01", "BM-01")
    with acting("doc") as work:
        (there,) = reading.page(work, procedure).links
        (back,) = reading.page(work, form).links
    assert (there.document, there.incoming) == (form, False)
    assert (back.document, back.incoming) == (procedure, True)
    with acting("thuky") as work:
        assert linking.unlink(work, "QT-01", "BM-01")
    with acting("doc") as work:
        assert reading.page(work, form).links == ()


def test_only_a_form_is_used_as_one_and_nothing_belongs_to_itself(qms: QMS, acting) -> None:
    house.issued(qms)
    house.issued(qms, "QT-02")
    with acting("thuky") as work, pytest.raises(linking.NotAForm):
        linking.link(work, "QT-01", "QT-02")
    with acting("thuky") as work, pytest.raises(linking.LinkedToItself):
        linking.link(work, "QT-01", "QT-01", LinkKind.ADOPTS)
    with acting("doc") as work, pytest.raises(Forbidden):
        linking.link(work, "QT-01", "QT-02", LinkKind.ADOPTS)


def test_a_change_of_the_procedure_reaches_its_form_as_family(qms: QMS, acting) -> None:
    procedure = house.issued(qms, by=house.decision(signed=SIGNED))
    form = a_form(qms)
    with acting("thuky") as work:
        linking.link(work, "QT-01", "BM-01")
    house.law(qms, ("18/2026/NĐ-CP", "amends", "123/2015/NĐ-CP", "2026-09-15"))
    with acting("thuky") as work:
        found = {line.document: line.why.value for line in impact.impact(work, "18/2026/NĐ-CP").affected}
    assert found == {procedure: "direct", form: "family"}
