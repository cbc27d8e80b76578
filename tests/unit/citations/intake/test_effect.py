"""From when a regulation holds, in all the ways that texts say it."""

from __future__ import annotations

from datetime import date

import pytest

from qms.citations.intake import read_regulation
from qms.model.enums import EffectiveRule, IntakeDoubt

SIGNED = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("sentence", "rule", "day"),
    [
        (
            "Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2026.",
            EffectiveRule.DAY,
            date(2026, 7, 1),
        ),
        ("Thông tư này có hiệu lực kể từ ngày 1/7/2026.", EffectiveRule.DAY, date(2026, 7, 1)),
        (
            "Thông tư này có hiệu lực thi hành kể từ ngày17 thán g 02 năm 2026.",
            EffectiveRule.DAY,
            date(2026, 2, 17),
        ),
        (
            "Thông tư này có hiệu lực thi hành kể từ ngày 09tháng02năm 2026.",
            EffectiveRule.DAY,
            date(2026, 2, 9),
        ),
        ("Quyết định này có hiệu lực kể từ ngày ký.", EffectiveRule.SIGNING, SIGNED),
        ("Quyết định có hiệu lực kể từ ngày ký ban hành.", EffectiveRule.SIGNING, SIGNED),
        ("Nghị quyết này có hiệu lực thi hành từ ngày thông qua.", EffectiveRule.ADOPTION, SIGNED),
        ("Pháp lệnh này có hiệu lực kể từ ngày ban hành.", EffectiveRule.ISSUING, SIGNED),
        ("Luật này có hiệu lực từ ngày công bố.", EffectiveRule.PUBLICATION, None),
        (
            "Thông tư này có hiệu lực sau 45 ngày, kể từ ngày ký.",
            EffectiveRule.DAYS_AFTER_SIGNING,
            date(2026, 3, 1),
        ),
        (
            "Thông tư này có hiệu lực thi hành sau mười lăm ngày kể từ ngày ký ban hành.",
            EffectiveRule.DAYS_AFTER_SIGNING,
            date(2026, 1, 30),
        ),
        (
            "Nghị định này có hiệu lực thi hành sau 15 ngày, kể từ ngày đăng Công báo.",
            EffectiveRule.DAYS_AFTER_GAZETTE,
            None,
        ),
        (
            "Nghị quyết này đã được Hội đồng Thẩm phán thông qua ngày 09 tháng 8 năm 2026 và có hiệu lực thi hành kể "
            "từ ngày 01 tháng 10 năm 2026.",
            EffectiveRule.DAY,
            date(2026, 10, 1),
        ),
        ("Thông tư này có hiệu lực thi hành kể từ ngày 31 tháng 02 năm 2026.", EffectiveRule.UNKNOWN, None),
        ("Thông tư này có hiệu lực thi hành kể từ ngày   tháng   năm 2026.", EffectiveRule.UNKNOWN, None),
        ("Hồ sơ nộp trước ngày Thông tư này có hiệu lực thì giải quyết như cũ.", EffectiveRule.UNKNOWN, None),
        ("Thông tư số 01/2020/TT-BTP có hiệu lực từ ngày 01/01/2020.", EffectiveRule.UNKNOWN, None),
    ],
)
def test_a_day_or_a_rule_is_read(sentence: str, rule: EffectiveRule, day: date | None) -> None:
    said = read_regulation(sentence, "18/2026/TT-BTP", SIGNED).instrument
    assert (said.effective_rule, said.effective) == (rule, day)
    assert not day or said.effective_sentence


def test_a_rule_without_the_day_of_signing_is_a_stated_doubt() -> None:
    said = read_regulation("Thông tư này có hiệu lực kể từ ngày ký.")
    assert said.instrument.effective is None
    assert IntakeDoubt.EFFECTIVE_BY_RULE in [doubt.code for doubt in said.doubts]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nghị quyết này có hiệu lực từ ngày 15 tháng 10 năm 2026 đến hết ngày 28 tháng 02 năm 2027.",
        "1. Nghị quyết này có hiệu lực từ ngày ký. Nghị quyết này được thực hiện đến hết ngày 28/02/2027.",
        "Thông tư này có hiệu lực từ ngày ký và hết hiệu lực kể từ ngày 01 tháng 3 năm 2027.",
        "Ngưng hiệu lực thi hành Điều 3 Thông tư số 04/2020/TT-BTP đến hết ngày 31/12/2026.",
    ],
)
def test_an_end_by_a_day_is_told_with_the_first_day_without_effect(sentence: str) -> None:
    said = read_regulation(sentence, "66.7/2026/NQ-CP", SIGNED)
    assert IntakeDoubt.UNTIL_A_DAY in [doubt.code for doubt in said.doubts]
    assert said.instrument.expires == (None if sentence.startswith("Ngưng") else date(2027, 3, 1))


def test_what_others_may_do_until_a_day_ends_nothing() -> None:
    said = read_regulation(
        "Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2026. Hồ sơ nộp trước ngày Nghị định này có hiệu lực được "
        "giải quyết đến hết ngày 31 tháng 12 năm 2026. Thông tư số 01/2020/TT-BTP có hiệu lực đến ngày Nghị định này "
        "có hiệu lực.",
        "66/2026/NĐ-CP",
    )
    assert said.doubts == ()


def test_provisions_that_begin_on_another_day_are_told_apart() -> None:
    said = read_regulation(
        "Luật này có hiệu lực từ ngày 01 tháng 7 năm 2026, trừ quy định tại khoản 2 Điều này.\n"
        "2. Quy định tại khoản 3 và khoản 4 Điều 115 của Luật này có hiệu lực từ ngày 01 tháng 9 năm 2026."
    ).instrument
    (part,) = said.parts
    assert said.effective == date(2026, 7, 1)
    assert part.provisions == ("art_115__para_3", "art_115__para_4")
    assert part.starts == date(2026, 9, 1)


def test_a_part_may_follow_in_the_same_sentence() -> None:
    said = read_regulation(
        "Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2026, trừ khoản 2 Điều 5 có hiệu lực từ ngày 01 tháng 01 "
        "năm 2027."
    ).instrument
    assert (said.effective, said.parts[0].provisions) == (date(2026, 7, 1), ("art_5__para_2",))


def test_what_a_part_changes_begins_with_the_part() -> None:
    said = read_regulation(
        "Điều 1. Bãi bỏ một số văn bản\n"
        "1. Bãi bỏ Thông tư số 01/2020/TT-BTP.\n"
        "2. Bãi bỏ Thông tư số 02/2020/TT-BTP.\n"
        "Điều 2. Hiệu lực\n"
        "Thông tư này có hiệu lực từ ngày 01/7/2026; khoản 2 Điều 1 Thông tư này có hiệu lực từ ngày 01/01/2027."
    )
    assert {one.target: one.starts for one in said.relations} == {
        "01/2020/TT-BTP": date(2026, 7, 1),
        "02/2020/TT-BTP": date(2027, 1, 1),
    }


def test_a_codified_copy_tells_the_day_in_its_headings() -> None:
    text = (
        "Điều 13.2.LQ.4. Giải thích từ ngữ\n"
        "(Điều 4 Luật số 08/2012/QH13, có hiệu lực thi hành kể từ ngày 01/01/2013)\nTrong Luật này ..."
    )
    assert read_regulation(text, "08/2012/QH13").instrument.effective == date(2013, 1, 1)
    assert read_regulation(text, "34/2018/QH14").instrument.effective is None


def test_an_effect_before_the_signing_is_doubted() -> None:
    said = read_regulation("Thông tư này có hiệu lực từ ngày 01/01/2026.", "1/2026/TT-BTP", SIGNED)
    assert IntakeDoubt.BEFORE_ISSUED in [doubt.code for doubt in said.doubts]
