"""Where a form gets its validity from, as the officer said, and what that makes of it."""

from __future__ import annotations

from datetime import date

import pytest

from qms.bootstrap import QMS
from qms.errors import Forbidden
from qms.model.enums import FormSource, FormVerdict, ImpactReason, InstrumentStatus, LinkKind, ObsoleteKind
from qms.usecases import form_sources, law_page, linking, obsolete, reach, reading, recognising
from qms.usecases.form_sources import InstrumentNeeded, Origin, SourceOfNoForm
from tests import house
from tests.forms import blank_form, filled
from tests.functional.usecases.test_recognising import LINES, issue_form

OLD = {"number": "04/2020/TT-BTP", "type": "Thông tư", "title": "Về mẫu", "effective": "2020-07-16"}
ENDED = ("04/2024/TT-BTP", "replaces", "04/2020/TT-BTP", "2024-07-01")


def put(qms: QMS, origin: Origin, code: str = "BM-01", by: str = "thuky") -> None:
    with qms.work(qms.shell(by)) as work:
        form_sources.set_source(work, code, origin)


def test_a_form_of_an_ended_instrument_is_listed_as_obsolete_once(qms: QMS) -> None:
    document = issue_form(qms)
    house.law(qms, ENDED, instruments=[OLD])
    put(qms, Origin(FormSource.INSTRUMENT, "Thông tư số 04/2020/TT-BTP", sample="Mẫu số 01"))
    with qms.reading(qms.shell("thuky")) as work:
        (line,) = obsolete.obsolete(work, kind=ObsoleteKind.FORM_SOURCE_ENDED).lines
        page = reading.page(work, document)
        forms = law_page.page(work, "04/2020/TT-BTP").forms
    assert [reason.what for reason in line.reasons if reason.kind is ObsoleteKind.FORM_SOURCE_ENDED] == [
        "04/2020/TT-BTP"
    ]
    assert page.source is not None
    assert page.source.ended
    assert page.source.standing is not None
    assert page.source.standing.status is InstrumentStatus.EXPIRED
    assert [(form.code, form.sample) for form in forms] == [("BM-01", "Mẫu số 01")]


def test_a_change_of_its_instrument_reaches_the_form_and_its_procedures(qms: QMS) -> None:
    issue_form(qms)
    house.issued(qms, "QT-01")
    # the form says nothing of its instrument, the officer does
    house.law(qms, ("04/2030/TT-BTP", "replaces", "04/2020/TT-BTP", "2030-07-01"), instruments=[OLD])
    put(qms, Origin(FormSource.INSTRUMENT, "04/2020/TT-BTP", sample="Mẫu số 01"))
    with qms.work(qms.shell("thuky")) as work:
        linking.link(work, "QT-01", "BM-01", LinkKind.USES_FORM)
    with qms.reading(qms.shell("thuky")) as work:
        reached = {line.code: line for line in reach.reach(work, "04/2030/TT-BTP", date(2030, 7, 2)).affected}
    assert reached["BM-01"].why is ImpactReason.DIRECT
    assert reached["BM-01"].citations == ("Mẫu số 01 kèm theo 04/2020/TT-BTP",)
    assert reached["QT-01"].why is ImpactReason.FAMILY


def test_the_procedure_shows_the_source_of_its_forms(qms: QMS) -> None:
    issue_form(qms)
    procedure = house.issued(qms, "QT-01")
    with qms.work(qms.shell("thuky")) as work:
        linking.link(work, "QT-01", "BM-01", LinkKind.USES_FORM)
    put(qms, Origin(FormSource.SOFTWARE, software="Một cửa điện tử"))
    with qms.reading(qms.shell("thuky")) as work:
        (line,) = reading.page(work, procedure).links
    assert line.source is not None
    assert (line.source.source, line.source.software) == (FormSource.SOFTWARE, "Một cửa điện tử")


def test_setting_it_again_replaces_what_was_set(qms: QMS) -> None:
    document = issue_form(qms)
    put(qms, Origin(FormSource.INSTRUMENT, "04/2020/TT-BTP", sample="Mẫu số 01"))
    put(qms, Origin(FormSource.INTERNAL, "04/2020/TT-BTP", sample="Mẫu số 01"))
    with qms.reading(qms.shell("thuky")) as work:
        source = reading.page(work, document).source
    assert source is not None
    assert (source.source, source.key, source.sample) == (FormSource.INTERNAL, "", "")


def test_what_the_paper_itself_says_counts_where_nothing_was_set(qms: QMS) -> None:
    lines = ("(Ban hành kèm theo Thông tư số 04/2020/TT-BTP ngày 28/5/2020 của Bộ Tư pháp)", *LINES)
    issue_form(qms, lines)
    house.law(qms, ENDED, instruments=[OLD])
    with qms.reading(qms.visitor(office=True)) as work:
        (form,) = recognising.recognise(work, blank_form(*map(filled, lines)), "x.docx").forms
    assert form.verdict is FormVerdict.SOURCE_ENDED
    assert form.source is not None
    assert (form.source.key, form.source.printed) == ("04/2020/TT-BTP", True)


def test_only_a_form_has_a_source_and_one_of_an_instrument_names_it(qms: QMS) -> None:
    issue_form(qms)
    house.issued(qms, "QT-01")
    with pytest.raises(SourceOfNoForm):
        put(qms, Origin(FormSource.INTERNAL), "QT-01")
    with pytest.raises(InstrumentNeeded):
        put(qms, Origin(FormSource.INSTRUMENT))
    with pytest.raises(Forbidden):
        put(qms, Origin(FormSource.INTERNAL), by="doc")
