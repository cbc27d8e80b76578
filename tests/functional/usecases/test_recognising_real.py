"""The blank forms in the real procedures are known again, filled, in Word and as PDF; others are never called valid."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qms.bootstrap import QMS, build
from qms.config import Config
from qms.formats.anatomy.values import AppendedForm
from qms.formats.form_words import alike, form_words
from qms.formats.reader import read
from qms.jobs.runner import drain
from qms.model.enums import FormVerdict
from qms.stores.office import Office
from qms.usecases import importing, recognising
from qms.usecases.recognising import FormCheck
from tests import house
from tests.conftest import skip_or_fail
from tests.forms import filled, rewritten, taken_out
from tests.papers import source

DAY = house.TODAY


@pytest.fixture(scope="module")
def papers(real_data: Path) -> dict[str, bytes]:
    """Return the real procedures that have blank forms in their file."""
    found = {path.name: path.read_bytes() for path in sorted((real_data / "procedures").glob("*.docx"))}
    return {name: data for name, data in found.items() if forms_of(data)}


@pytest.fixture(scope="module")
def agency(
    papers: dict[str, bytes], template_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[QMS]:
    """Return an agency that has issued every second of them."""
    home = tmp_path_factory.mktemp("real") / "home"
    shutil.copytree(template_home, home)
    qms = build(Config(home=home, shell_decisions=True, sign_commits=False), clock=house.FixedClock())
    publish(qms, {name: papers[name] for name in list(papers)[::2]})
    yield qms
    qms.close()


def publish(qms: QMS, files: dict[str, bytes], number: str = "145/QĐ-UBND") -> None:
    with qms.work(qms.shell()) as work:
        sources = [source(name, data) for name, data in files.items()]
        importing.publish(work, sources, decision=house.decision(number))
    drain(qms)


def forms_of(data: bytes) -> tuple[AppendedForm, ...]:
    return read(data, "x.docx").anatomy.appended_forms


def check(qms: QMS, data: bytes, name: str = "don.docx") -> FormCheck:
    with qms.reading(qms.visitor(office=True)) as work:
        return recognising.recognise(work, data, name)


def test_each_form_is_known_blank_and_filled(agency: QMS, papers: dict[str, bytes]) -> None:
    for name in list(papers)[::2]:
        for form in forms_of(papers[name]):
            for change in (str, filled):
                (found,) = check(agency, taken_out(papers[name], form, change)).forms
                assert (found.verdict, found.missing, found.added) == (FormVerdict.CURRENT, (), ()), (
                    form.title
                )
                assert form.title in {place.form for place in found.places}


def test_forms_of_procedures_that_were_never_issued_are_not_called_valid(
    agency: QMS, papers: dict[str, bytes]
) -> None:
    ours = [form_words(form.text) for name in list(papers)[::2] for form in forms_of(papers[name])]
    seen = 0
    for name in list(papers)[1::2]:
        for form in forms_of(papers[name]):
            if max(alike(form_words(form.text), one) for one in ours) < 0.99:  # «Thô:ng tin» is a slip
                seen += 1
                found = check(agency, taken_out(papers[name], form, filled)).forms
                assert all(one.verdict is not FormVerdict.CURRENT for one in found), form.title
    assert seen >= 5


def test_a_form_as_pdf_is_known(agency: QMS, papers: dict[str, bytes], tmp_path: Path) -> None:
    office = Office(lock=tmp_path / "lock")
    if not office.there:
        skip_or_fail("LibreOffice is not installed")
    name = next(iter(papers))
    form = forms_of(papers[name])[0]
    pdf = office.pdf(taken_out(papers[name], form, filled))
    (found,) = check(agency, pdf, "don.pdf").forms
    assert (found.verdict, found.exact) == (FormVerdict.CURRENT, False)
    assert form.title in {place.form for place in found.places}


def test_the_form_of_the_replaced_procedure_is_told_as_replaced(
    papers: dict[str, bytes], qms: QMS, clock: house.FixedClock
) -> None:
    name = next(iter(papers))
    form = forms_of(papers[name])[0]
    held = taken_out(papers[name], form, filled)
    publish(qms, {name: papers[name]})
    changed = rewritten(papers[name], lambda text: text.replace("cam đoan", "cam kết"))
    clock.move_to(DAY.replace(month=12))
    with qms.work(qms.shell()) as work:
        decision = house.decision("146/QĐ-UBND", DAY.replace(month=12))
        importing.publish(work, [source(name, changed)], decision=decision)
    drain(qms)
    (found,) = check(qms, held).forms
    assert found.verdict is FormVerdict.REPLACED
    (place,) = found.places
    assert place.ended_by == "146/QĐ-UBND"
    assert place.successor is not None
    assert {one.text for one in place.successor.changes if one.kind == "new"} == {"kết"}
