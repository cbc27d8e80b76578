"""The legal register: rows in, corrected by coming again, what it lacks, and what documents rest on."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from qms.bootstrap import QMS
from qms.errors import Forbidden
from qms.model.enums import InstrumentStatus, RelationKind
from qms.model.law import Instrument, Relation
from qms.model.legal_status import Standing
from qms.usecases import (
    exporting,
    law_external,
    law_listing,
    law_missing,
    law_page,
    law_views,
    legislating,
    naming,
)
from qms.usecases.law_listing import Choice
from qms.usecases.law_page import Which
from tests import house

DECREE = {"number": "123/2015/NĐ-CP", "type": "Nghị định", "title": "Hộ tịch", "effective": "2016-01-01"}
AMENDS = {
    "source": "18/2026/NĐ-CP",
    "kind": "amends",
    "target": "123/2015/NĐ-CP",
    "target_provisions": "art_2",
}


def table(rows: Sequence[Mapping[str, str]], name: str = "bang.csv") -> legislating.Table:
    columns = frozenset(name for row in rows for name in row)
    return legislating.Table(name, columns, list(enumerate(rows, 2)))


def take(qms: QMS, *tables: Sequence[Mapping[str, str]]) -> legislating.Taken:
    with qms.work(qms.shell()) as work:
        return legislating.take_in(work, [table(rows) for rows in tables])


def counts(taken: legislating.Taken) -> tuple[int, int, int]:
    return taken.created, taken.updated, taken.unchanged


def days(qms: QMS) -> list[date | None]:
    with qms.reading(qms.shell()) as work:
        return list(work.session.scalars(select(Relation.starts).order_by(Relation.id)))


def test_an_undated_relation_gets_its_day_and_a_changed_day_replaces_the_old_one(qms: QMS) -> None:
    assert counts(take(qms, [AMENDS])) == (1, 0, 0)
    assert counts(take(qms, [{**AMENDS, "from": "2026-01-15"}])) == (0, 1, 0)
    assert counts(take(qms, [{**AMENDS, "from": "2026-02-01"}])) == (0, 1, 0)
    assert counts(take(qms, [AMENDS])) == (0, 0, 1)
    assert days(qms) == [date(2026, 2, 1)]


def test_other_provisions_and_other_places_in_the_source_are_other_relations(qms: QMS) -> None:
    rows = [
        {**AMENDS, "source_provision": "art_1", "from": "2026-01-15"},
        {**AMENDS, "source_provision": "art_2", "from": "2026-07-01"},
        {**AMENDS, "target_provisions": "art_3", "from": "2026-01-15"},
    ]
    assert counts(take(qms, rows)) == (3, 0, 0)
    assert counts(take(qms, rows)) == (0, 0, 3)


def test_two_rows_of_one_call_that_contradict_each_other_are_told_and_stay_so(qms: QMS) -> None:
    rows = [{**AMENDS, "from": "2026-01-15"}, {**AMENDS, "from": "2026-02-15"}]
    decrees = [DECREE, {**DECREE, "effective": "2016-02-01"}]
    for expected in ((2, 0, 0), (0, 0, 2)):
        taken = take(qms, rows, decrees)
        assert counts(taken) == expected
        assert [line for _file, line, _why in taken.rejected] == [3, 3]
        assert all("trái với dòng trước" in why for _file, _line, why in taken.rejected)
    assert days(qms) == [date(2026, 1, 15)]


def test_a_wrong_row_leaves_nothing_behind_and_the_others_are_taken(qms: QMS) -> None:
    take(qms, [DECREE])
    taken = take(
        qms, [{**DECREE, "title": "Tên mới", "effective": "hôm qua"}, {"number": "9/2020/NĐ-CP", "type": ""}]
    )
    assert counts(taken) == (1, 0, 0)
    with qms.reading(qms.shell()) as work:
        assert naming.instrument(work, "123/2015/NĐ-CP").title == "Hộ tịch"


def test_an_instrument_is_filled_in_and_never_emptied(qms: QMS) -> None:
    take(qms, [DECREE])
    assert counts(take(qms, [{"number": "123/2015/nđ-cp", "issuer": "Chính phủ", "title": ""}])) == (0, 1, 0)
    with qms.reading(qms.shell()) as work:
        row = naming.instrument(work, "123/2015/NĐ-CP")
        assert (row.title, row.issuer, row.type) == ("Hộ tịch", "Chính phủ", "Nghị định")


def test_a_slip_in_the_kind_makes_no_second_instrument_but_the_assembly_numbers_twice(qms: QMS) -> None:
    take(qms, [DECREE])
    assert counts(take(qms, [{**DECREE, "type": "Nghị định của Chính phủ"}])) == (0, 1, 0)
    take(qms, [{"number": "91/2015/QH13", "type": "Bộ luật"}])
    assert counts(take(qms, [{"number": "91/2015/QH13", "type": "Luật"}])) == (0, 1, 0)
    twice = [{"number": "24/2008/QH12", "type": kind} for kind in ("Luật", "Nghị quyết")]
    assert counts(take(qms, twice)) == (2, 0, 0)
    assert counts(take(qms, twice)) == (0, 0, 2)


def test_local_instruments_of_one_number_are_two_however_the_issuer_is_written(qms: QMS) -> None:
    number = "04/2024/NQ-HĐND"
    rows = [
        {"number": number, "type": "Nghị quyết", "issuer": "HĐND tỉnh Sóc Trăng", "title": "A"},
        {"number": number, "type": "Nghị quyết", "issuer": "HĐND tỉnh Hậu Giang", "title": "B"},
    ]
    assert counts(take(qms, rows)) == (2, 0, 0)
    again = {**rows[0], "issuer": "Hội đồng nhân dân tỉnh Sóc Trăng", "effective": "2024-08-01"}
    assert counts(take(qms, [again])) == (0, 1, 0)
    (wrong,) = take(qms, [{"number": number, "title": "C"}]).rejected
    assert "cơ quan ban hành" in wrong[2]
    with qms.reading(qms.shell()) as work:
        page = law_page.page(work, number, which=Which(issuer="hội đồng nhân dân tỉnh hậu giang"))
        assert page.line.title == "B"
        assert [one.title for one in page.namesakes] == ["A"]


def test_an_issuer_that_was_folded_otherwise_is_known_again(qms: QMS) -> None:
    row = {"number": "04/2024/NQ-HĐND", "type": "Nghị quyết", "issuer": "HĐND tỉnh Sóc Trăng"}
    take(qms, [row])
    with qms.work(qms.shell()) as work:
        work.session.execute(update(Instrument).values(issuer_key="hdnd tinh soc trang"))
        work.commit()
    assert counts(take(qms, [row])) == (0, 0, 1)
    with qms.reading(qms.shell()) as work:
        keys = work.session.scalars(select(Instrument.issuer_key)).all()
    assert keys == ["hội đồng nhân dân tỉnh sóc trăng"]


def test_a_call_may_mix_instruments_relations_and_procedures(qms: QMS) -> None:
    tthc = {
        "decision": "163/QĐ-BTP",
        "code": "1.001193",
        "name": "Đăng ký khai sinh",
        "change": "mới",
        "time_limit": "01 ngày",
        "fee": "",
        "effective": "2026-02-01",
    }
    tables = ([tthc], [AMENDS], [DECREE])
    first = take(qms, *tables)
    assert first.created >= 3
    assert first.rejected == []
    again = take(qms, *tables)
    assert (again.created, again.updated) == (0, 0)


def test_the_full_register_comes_in_at_once_and_twice_changes_nothing(qms: QMS, real_data: Path) -> None:
    files = [real_data / "legal" / name for name in ("relations.csv", "instruments.csv")]
    tables = [legislating.read(path.name, path.read_bytes()) for path in files]
    with qms.work(qms.shell()) as work:
        first = legislating.take_in(work, tables)
    with qms.work(qms.shell()) as work:
        again = legislating.take_in(work, tables)
    assert first.rejected == again.rejected == []
    assert counts(again) == (0, 0, len(first.rows))
    with qms.reading(qms.shell()) as work:
        assert work.session.scalar(select(func.count(Relation.id))) == 3289
        found = law_listing.listing(work, None, Choice(text="ho tich"), limit=5)
    assert found.total >= 1


def test_trying_changes_nothing(qms: QMS) -> None:
    with qms.work(qms.shell("thuky")) as work:
        tried = legislating.attempt(work, [table([DECREE, {**DECREE, "effective": "x"}])])
    assert (tried.created, len(tried.rejected)) == (1, 1)
    with qms.reading(qms.shell()) as work:
        assert work.session.scalar(select(func.count(Instrument.id))) == 0


def test_only_the_officer_fills_the_register(qms: QMS) -> None:
    with qms.work(qms.shell("soan")) as work, pytest.raises(Forbidden):
        legislating.take_in(work, [table([DECREE])])
    with qms.work(qms.shell("doc")) as work, pytest.raises(Forbidden):
        legislating.register_one(work, DECREE)


def correction(page: law_page.InstrumentPage, **new: object) -> legislating.Correction:
    line = page.line
    facts = {
        "type": line.type,
        "title": line.title,
        "issuer": line.issuer,
        "issued": line.issued,
        "effective": line.effective,
        "expires": page.expires,
        "base": page.base,
    }
    return legislating.Correction(**(facts | new))  # type: ignore[arg-type]


def test_the_officer_puts_facts_right_and_the_trail_keeps_what_they_were(qms: QMS) -> None:
    take(qms, [DECREE])
    with qms.reading(qms.shell()) as work:
        page = law_page.page(work, "123/2015/NĐ-CP")
    with qms.work(qms.shell("thuky")) as work:
        legislating.correct(work, page.id, correction(page, title="Tên đúng", expires=date(2026, 1, 1)))
    with qms.reading(qms.shell()) as work:
        assert law_page.page(work, "123/2015/NĐ-CP").line.standing.status is InstrumentStatus.EXPIRED
        assert list(work.trail_findings()) == []
    with qms.work(qms.shell("thuky")) as work, pytest.raises(legislating.FactsChanged):
        legislating.correct(work, page.id, correction(page, title="Tên khác"))


def test_what_documents_cite_and_relations_name_but_the_register_lacks_is_listed(qms: QMS) -> None:
    document = house.issued(qms, "QT-01")
    house.issued(qms, "QT-02", by=house.decision("146/QĐ-UBND"))
    take(qms, [AMENDS, {**AMENDS, "target": "87/2020/NĐ-CP"}], [{**DECREE, "number": "18/2026/NĐ-CP"}])
    with qms.reading(qms.shell()) as work:
        found = law_missing.missing(work)
    assert [(line.number, line.cited_by) for line in found.lines] == [
        ("123/2015/NĐ-CP", 2),
        ("Luật Hộ tịch 2014", 2),
        ("87/2020/NĐ-CP", 0),
    ]
    assert (found.total, found.cited) == (3, 2)
    assert document in [one.document for one in found.lines[0].documents]
    assert found.lines[0].related == found.lines[2].related == ("18/2026/NĐ-CP",)
    law = {"number": "60/2014/QH13", "type": "Luật", "title": "Hộ tịch", "issued": "2014-11-20"}
    take(qms, [DECREE, law])
    with qms.reading(qms.shell()) as work:
        assert [line.number for line in law_missing.missing(work).lines] == ["87/2020/NĐ-CP"]


def test_the_list_is_chosen_by_words_kind_status_topic_and_citation(qms: QMS) -> None:
    house.issued(qms, "QT-01")
    take(
        qms,
        [
            {**DECREE, "topics": "Hộ tịch; Tư pháp"},
            {
                "number": "23/2015/NĐ-CP",
                "type": "Nghị định",
                "title": "Chứng thực",
                "effective": "2015-04-10",
            },
            {"number": "9/2027/TT-BTP", "type": "Thông tư", "title": "Hộ khẩu", "effective": "2027-01-01"},
        ],
    )

    def chosen(**how: object) -> list[str]:
        with qms.reading(qms.shell()) as work:
            found = law_listing.listing(work, None, Choice(**how))  # type: ignore[arg-type]
            assert found.total == len(found.lines)
            return [line.number for line in found.lines]

    assert chosen()[0] == "123/2015/NĐ-CP"
    assert chosen(text="ho tich") == ["123/2015/NĐ-CP"]
    assert chosen(text="nghi dinh 123") == ["123/2015/NĐ-CP"]
    assert chosen(text="23/2015") == ["23/2015/NĐ-CP"]
    assert chosen(type="Thông tư") == chosen(status=InstrumentStatus.FUTURE) == ["9/2027/TT-BTP"]
    assert chosen(topic="Tư pháp") == chosen(cited=True) == ["123/2015/NĐ-CP"]
    with qms.reading(qms.shell()) as work:
        second = law_listing.listing(work, None, offset=1, limit=1)
    assert (second.total, len(second.lines)) == (3, 1)


def test_the_list_follows_when_a_document_is_issued_or_the_law_moves_on(qms: QMS) -> None:
    take(qms, [DECREE])

    def line() -> law_views.InstrumentLine:
        with qms.reading(qms.shell()) as work:
            return law_listing.listing(work).lines[0]

    assert (line().cited_by, line().standing.status) == (0, InstrumentStatus.IN_FORCE)
    house.issued(qms, "QT-01")
    take(qms, [{**AMENDS, "kind": "replaces", "target_provisions": "", "from": "2026-01-15"}])
    assert (line().cited_by, line().standing.status) == (1, InstrumentStatus.EXPIRED)


def test_the_external_list_names_what_replaced_what_and_when_it_was_looked_at(qms: QMS) -> None:
    house.issued(qms, "QT-01", by=house.decision("10/QĐ-UBND", date(2026, 1, 5)))
    replaces = {**AMENDS, "kind": "thay thế", "target_provisions": "", "from": "01/07/2026"}
    take(qms, [replaces], [DECREE])
    with qms.reading(qms.shell()) as work:
        lines = law_external.external(work)
    words = {"expired": "Hết hiệu lực", "unknown": "Chưa rõ hiệu lực", RelationKind.REPLACES: "Thay thế"}
    data = exporting.external(lines, exporting.SheetFormat.CSV, words, house.TODAY)
    assert data.startswith(b"\xef\xbb\xbf")
    head, first, second = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert head[:3] == ["STT", "Số hiệu", "Tên văn bản"]
    assert first[1] == "123/2015/NĐ-CP"
    assert first[6] == "Hết hiệu lực từ 01/07/2026, thay thế bởi 18/2026/NĐ-CP"
    assert first[7:] == ["UBND xã Mẫu Thử", "05/01/2026"]
    assert (second[1], second[6]) == ("Luật Hộ tịch 2014", "Chưa rõ hiệu lực (chưa có trong sổ)")


@pytest.mark.parametrize(
    ("standing", "cause", "said"),
    [
        (Standing(InstrumentStatus.IN_FORCE, since=date(2016, 1, 1)), None, "in_force"),
        (Standing(InstrumentStatus.IN_FORCE, doubts=("?",)), None, "in_force (cần xem lại)"),
        (Standing(InstrumentStatus.FUTURE, since=date(2027, 1, 1)), None, "future (từ 01/01/2027)"),
        (
            Standing(InstrumentStatus.PARTLY_EXPIRED, "18/2026/NĐ-CP", date(2026, 1, 15)),
            RelationKind.AMENDS,
            "partly_expired từ 15/01/2026, amends bởi 18/2026/NĐ-CP",
        ),
        (
            Standing(InstrumentStatus.EXPIRED, since=date(2026, 1, 1), doubts=("?",)),
            None,
            "expired từ 01/01/2026",
        ),
    ],
)
def test_a_status_is_said_in_one_line(standing: Standing, cause: RelationKind | None, said: str) -> None:
    line = law_views.InstrumentLine("1/2016/NĐ-CP", "", "", "", None, None, standing, 1)
    words = {str(kind): str(kind) for kind in (*InstrumentStatus, *RelationKind)}
    assert exporting.said(law_external.ExternalLine(line, cause, (), None, True), words) == said


@pytest.mark.parametrize("form", list(exporting.TableFormat))
def test_the_register_goes_out_and_comes_in_again_unchanged(qms: QMS, form: exporting.TableFormat) -> None:
    take(
        qms,
        [{**AMENDS, "from": "2026-01-15"}],
        [{**DECREE, "title": "=1+1"}, {"number": "13/CP", "type": "Nghị định"}],
    )
    with qms.reading(qms.shell()) as work:
        instruments = exporting.law(law_listing.instrument_rows(work), law_listing.INSTRUMENT_COLUMNS, form)
        relations = exporting.law(law_listing.relation_rows(work), law_listing.RELATION_COLUMNS, form)
    with qms.work(qms.shell()) as work:
        tables = [legislating.read("a", instruments), legislating.read("b", relations)]
        taken = legislating.take_in(work, tables)
    assert (counts(taken), taken.rejected) == ((0, 0, 3), [])
