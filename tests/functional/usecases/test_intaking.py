"""A regulation comes in: what is proposed, what the register knows of it, what is kept, and who may."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from qms.bootstrap import QMS
from qms.errors import Forbidden
from qms.model.enums import EffectiveRule, IntakeDoubt, RelationKind, WarningCode
from qms.model.law import Instrument, Relation
from qms.model.trail import Event
from qms.usecases import intaking
from qms.usecases.intaking import InstrumentFields, LongTarget, NoNumber, NoTarget, Proposal, RelationFields
from tests.functional.usecases.conftest import Acting
from tests.functional.usecases.test_impact import law

DECREE = (
    "CHÍNH PHỦ\nSố: 18/2026/NĐ-CP\nHà Nội, ngày 15 tháng 01 năm 2026\nNGHỊ ĐỊNH\nQuy định thử nghiệm\n"
    "Căn cứ Luật Tổ chức Chính phủ số 63/2025/QH15;\nĐiều 1. Bãi bỏ khoản 2 Điều 5 Nghị định số 123/2015/NĐ-CP.\n"
    "Điều 2. Hiệu lực thi hành\nNghị định này có hiệu lực từ ngày 01 tháng 3 năm 2026 và thay thế Luật Thử 1997."
)
ARTICLE = "Thông tư này có hiệu lực kể từ ngày ký và thay thế Thông tư số 01/2020/TT-BTP."
BY_HAND = InstrumentFields(
    "77/2026/NĐ-CP", "Nghị định", "Quy định thử", "Chính phủ", date(2026, 1, 2), date(2026, 3, 1)
)


def proposed(qms: QMS, text: str, number: str | None = None, name: str = "van-ban.txt") -> Proposal:
    with qms.reading(qms.shell("thuky")) as work:
        return intaking.propose(work, name, text.encode(), number)


def kept(qms: QMS, instrument: InstrumentFields, *relations: RelationFields) -> intaking.Applied:
    with qms.work(qms.shell("thuky")) as work:
        return intaking.apply(work, instrument, relations)


def test_a_regulation_is_proposed_with_sentences_and_with_what_the_register_knows(qms: QMS) -> None:
    found = proposed(qms, DECREE)
    assert found.instrument.number == "18/2026/NĐ-CP"
    assert (found.instrument.issued, found.instrument.effective) == (date(2026, 1, 15), date(2026, 3, 1))
    repeals = next(one for one in found.relations if one.fields.kind is RelationKind.REPEALS)
    assert repeals.fields.target_provisions == ("art_5__para_2",)
    assert "Bãi bỏ khoản 2 Điều 5" in repeals.fields.sentence
    assert IntakeDoubt.TARGET_NOT_IN_REGISTER in [doubt.code for doubt in found.doubts]
    assert not found.registered


def test_proposing_writes_nothing(qms: QMS) -> None:
    proposed(qms, DECREE)
    with qms.reading(qms.shell("thuky")) as work:
        assert work.session.scalar(select(Instrument).where(Instrument.key == "18/2026/NĐ-CP")) is None


def test_what_is_kept_twice_is_there_once(qms: QMS) -> None:
    found = proposed(qms, DECREE)
    chosen = [one.fields for one in found.relations]
    first = kept(qms, found.instrument, *chosen)
    assert (first.number, first.created, first.updated) == ("18/2026/NĐ-CP", 1 + len(chosen), 0)
    again = kept(qms, found.instrument, *chosen)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1 + len(chosen))
    with qms.reading(qms.shell("thuky")) as work:
        row = work.session.scalars(select(Relation).where(Relation.kind == RelationKind.REPEALS)).one()
        assert (row.target_provisions, row.starts) == ("art_5__para_2", date(2026, 3, 1))
        assert row.sentence.startswith("Bãi bỏ khoản 2")
        events = work.session.scalar(select(func.count()).where(Event.act == "intake_law"))
    assert events == 1
    assert proposed(qms, DECREE).registered


def test_five_fields_typed_by_hand_go_the_same_way(qms: QMS) -> None:
    assert kept(qms, BY_HAND).created == 1
    with qms.reading(qms.shell("thuky")) as work:
        row = work.session.scalars(select(Instrument).where(Instrument.key == BY_HAND.number)).one()
        assert (row.type, row.title, row.effective) == ("Nghị định", "Quy định thử", date(2026, 3, 1))


def test_a_rule_is_computed_from_the_day_that_the_register_knows(qms: QMS) -> None:
    open_ = proposed(qms, ARTICLE, "09/2026/TT-BTP")
    assert (open_.effective_rule, open_.instrument.effective) == (EffectiveRule.SIGNING, None)
    kept(qms, InstrumentFields("09/2026/TT-BTP", issued=date(2026, 4, 1)))
    found = proposed(qms, ARTICLE, "09/2026/TT-BTP")
    assert found.instrument.effective == date(2026, 4, 1)
    assert {one.fields.starts for one in found.relations} == {date(2026, 4, 1)}
    assert IntakeDoubt.EFFECTIVE_BY_RULE not in [doubt.code for doubt in found.doubts]


def test_a_day_is_taken_from_the_register_where_the_text_tells_none_and_a_difference_is_told(
    qms: QMS,
) -> None:
    kept(qms, BY_HAND)
    silent = proposed(qms, "Điều 1. Bãi bỏ Thông tư số 01/2020/TT-BTP.", BY_HAND.number)
    assert silent.instrument.effective == date(2026, 3, 1)
    assert IntakeDoubt.EFFECTIVE_FROM_REGISTER in [doubt.code for doubt in silent.doubts]
    other = proposed(qms, "Nghị định này có hiệu lực từ ngày 02/5/2026.", BY_HAND.number)
    assert other.instrument.effective == date(2026, 5, 2)
    assert IntakeDoubt.EFFECTIVE_DIFFERS in [doubt.code for doubt in other.doubts]


def test_a_law_named_by_title_becomes_the_number_that_the_register_has(qms: QMS) -> None:
    law(qms, ("300/2026/NĐ-CP", "basis", "60/2014/QH13", "2026-10-01"))
    kept(qms, InstrumentFields("60/2014/QH13", "Luật", "Hộ tịch", "Quốc hội", date(2014, 11, 20)))
    (relation,) = proposed(qms, "Luật này thay thế Luật Hộ tịch năm 2014.", "20/2026/QH16").relations
    assert (relation.fields.target, relation.target_title, relation.known) == (
        "60/2014/QH13",
        "Hộ tịch",
        True,
    )


def test_many_provisions_fill_several_rows_of_the_register(qms: QMS) -> None:
    provisions = tuple(f"art_{number}__para_1" for number in range(1, 81))
    done = kept(
        qms, BY_HAND, RelationFields(RelationKind.AMENDS, "123/2015/NĐ-CP", target_provisions=provisions)
    )
    with qms.reading(qms.shell("thuky")) as work:
        rows = work.session.scalars(select(Relation).where(Relation.source_key == BY_HAND.number)).all()
    assert len(rows) == done.created - 1 > 1
    assert [one for row in rows for one in row.provisions] == list(provisions)
    assert all(len(row.target_provisions) <= 500 for row in rows)


def test_nothing_is_kept_of_what_names_nothing(qms: QMS) -> None:
    for wrong, instrument, relations in (
        (NoNumber, InstrumentFields(), ()),
        (NoTarget, BY_HAND, (RelationFields(RelationKind.REPEALS, " "),)),
        (LongTarget, BY_HAND, (RelationFields(RelationKind.REPEALS, "Luật " + "dài " * 40),)),
    ):
        with pytest.raises(wrong):
            kept(qms, instrument, *relations)
    with qms.reading(qms.shell("thuky")) as work:
        assert work.session.scalar(select(Instrument).where(Instrument.key == BY_HAND.number)) is None


def test_a_file_that_cannot_be_read_is_a_proposal_with_the_reason(qms: QMS) -> None:
    found = proposed(qms, "%PDF-1.4", name="hong.pdf")
    assert not found.readable
    assert [doubt.code for doubt in found.doubts] == [WarningCode.UNREADABLE]


def test_only_those_who_keep_the_register_take_regulations_in(acting: Acting) -> None:
    for login in ("soan", "doc", "chutich"):
        with acting(login) as work, pytest.raises(Forbidden):
            intaking.propose(work, "a.txt", DECREE.encode())
        with acting(login) as work, pytest.raises(Forbidden):
            intaking.apply(work, BY_HAND)
