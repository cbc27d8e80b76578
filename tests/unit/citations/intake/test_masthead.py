"""The head of a regulation, as the agencies lay it out and as files give it back."""

from __future__ import annotations

from datetime import date

import pytest

from qms.citations.intake import read_regulation
from qms.model.enums import IntakeDoubt

DECREE = (
    "CHÍNH PHỦ\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n"
    "Số: 18/2026/NĐ-CP\nHà Nội, ngày 15 tháng 01 năm 2026\nNGHỊ ĐỊNH\n"
    "Sửa đổi, bổ sung một số điều của Nghị định số 123/2015/NĐ-CP ngày 15 tháng 11 năm 2015 của Chính phủ quy định chi "
    "tiết\nmột số điều và biện pháp thi hành Luật Hộ tịch\n"
    "Căn cứ Luật Tổ chức Chính phủ số 63/2025/QH15;\nCăn cứ Luật Hộ tịch ngày 20 tháng 11 năm 2014;\n"
    "Theo đề nghị của Bộ trưởng Bộ Tư pháp;\n"
)
LAW = (
    "QUỐC HỘI\nLuật số: 60/2014/QH13\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLUẬT\nHỘ TỊCH\nCăn cứ Hiến pháp;\n"
    "Điều 77. Hiệu lực thi hành\nLuật này có hiệu lực từ ngày 01 tháng 01 năm 2016.\n"
    "Luật này đã được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XIII, kỳ họp thứ 8 thông qua ngày 20 "
    "tháng 11 năm 2014."
)
DECISION = (
    "ỦY BAN NHÂN DÂN\nTỈNH BẮC NINH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1234/QĐ-UBND\nBắc Ninh, ngày 5/3/2026\n"
    "QUYẾT ĐỊNH\nVề việc công bố Danh mục thủ tục hành chính\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BẮC NINH\nCăn cứ Luật Thử;"
)


def test_a_decree_is_told_by_its_head() -> None:
    said = read_regulation(DECREE).instrument
    assert (said.number, said.type, said.issuer) == ("18/2026/NĐ-CP", "nghị định", "Chính phủ")
    assert said.issued == date(2026, 1, 15)
    assert said.title.startswith("Sửa đổi, bổ sung một số điều của Nghị định số 123/2015/NĐ-CP")
    assert said.title.endswith("thi hành Luật Hộ tịch")


def test_two_columns_may_have_run_into_one_line() -> None:
    text = (
        "CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 224/2026/NĐ-CP Độc lập - Tự do - Hạnh phúc\n"
        "Hà Nội, ngày 24 tháng 6 năm 2026\nNGHỊ ĐỊNH Quy định chi tiết Luật Chuyển đổi số\nCăn cứ Luật Chuyển đổi số;"
    )
    said = read_regulation(text).instrument
    assert (said.number, said.issued) == ("224/2026/NĐ-CP", date(2026, 6, 24))
    assert said.title == "Quy định chi tiết Luật Chuyển đổi số"


def test_a_law_has_its_day_where_it_was_adopted() -> None:
    said = read_regulation(LAW).instrument
    assert (said.number, said.type, said.title) == ("60/2014/QH13", "luật", "Hộ tịch")
    assert (said.issued, said.effective) == (date(2014, 11, 20), date(2016, 1, 1))


def test_a_local_decision_has_its_issuer_from_the_head() -> None:
    said = read_regulation(DECISION).instrument
    assert (said.number, said.issuer) == ("1234/QĐ-UBND", "Ủy ban nhân dân tỉnh Bắc Ninh")
    assert (said.title, said.issued) == ("Về việc công bố Danh mục thủ tục hành chính", date(2026, 3, 5))


@pytest.mark.parametrize(
    "text", ["1. Thông tư này có hiệu lực kể từ ngày ký.", "Bãi bỏ Nghị định số 19/2011/NĐ-CP."]
)
def test_an_article_alone_has_no_head(text: str) -> None:
    said = read_regulation(text)
    assert said.instrument.number is None
    assert IntakeDoubt.NO_NUMBER in [doubt.code for doubt in said.doubts]


def test_the_number_that_was_typed_wins_and_a_difference_is_told() -> None:
    said = read_regulation(DECREE, "19/2026/NĐ-CP")
    assert said.instrument.number == "19/2026/NĐ-CP"
    assert IntakeDoubt.NUMBER_DIFFERS in [doubt.code for doubt in said.doubts]


def test_grounds_are_relations_and_name_laws_with_their_year() -> None:
    found = {one.target for one in read_regulation(DECREE).relations if one.kind == "basis"}
    assert found == {"63/2025/QH15", "Luật Hộ tịch năm 2014"}


def test_a_title_tells_what_is_detailed_and_guided() -> None:
    details = DECREE.replace(
        DECREE[DECREE.index("Sửa đổi") : DECREE.index("Căn cứ")],
        "Quy định chi tiết một số điều và biện pháp thi hành Luật Hộ tịch\n",
    )
    (relation,) = [one for one in read_regulation(details).relations if one.kind == "implements"]
    assert relation.target == "Luật Hộ tịch năm 2014"
    guides = details.replace("Quy định chi tiết một số điều và biện pháp", "Hướng dẫn")
    assert [one.target for one in read_regulation(guides).relations if one.kind == "guides"] == [
        "Luật Hộ tịch năm 2014"
    ]


def test_a_consolidated_text_brings_together_and_does_nothing_itself() -> None:
    said = read_regulation(
        "BỘ TƯ PHÁP\nSố: 09/VBHN-BTP\nHà Nội, ngày 20 tháng 3 năm 2026\nNGHỊ ĐỊNH\nQuy định chi tiết Luật Hộ tịch\n"
        "Nghị định số 123/2015/NĐ-CP ngày 15 tháng 11 năm 2015 của Chính phủ quy định chi tiết Luật Hộ tịch, có hiệu "
        "lực kể từ ngày 01 tháng 01 năm 2016, được sửa đổi, bổ sung bởi:\n"
        "1. Nghị định số 07/2025/NĐ-CP ngày 09 tháng 01 năm 2025, có hiệu lực kể từ ngày 09 tháng 01 năm 2025;\n"
        "2. Nghị định số 18/2026/NĐ-CP ngày 15 tháng 01 năm 2026.\nCăn cứ Luật Hộ tịch ngày 20 tháng 11 năm 2014;\n"
        "Điều 45. Hiệu lực\nNghị định này có hiệu lực từ ngày 01/01/2016, bãi bỏ Nghị định số 158/2005/NĐ-CP."
    )
    assert (said.instrument.number, said.instrument.type, said.instrument.effective) == (
        "09/VBHN-BTP",
        "văn bản hợp nhất",
        None,
    )
    assert [(one.kind.value, one.target) for one in said.relations] == [
        ("consolidates", "123/2015/NĐ-CP"),
        ("consolidates", "07/2025/NĐ-CP"),
        ("consolidates", "18/2026/NĐ-CP"),
    ]


def test_a_title_may_say_what_a_decision_does() -> None:
    said = read_regulation(
        "BỘ TƯ PHÁP\nSố: 145/QĐ-BTP\nHà Nội, ngày 20 tháng 3 năm 2026\nQUYẾT ĐỊNH\n"
        "Về việc đính chính Thông tư số 01/2020/TT-BTP\nCăn cứ Luật Thử;\nĐiều 1. Sửa lỗi chính tả."
    )
    assert [(one.kind.value, one.target) for one in said.relations if one.kind != "basis"] == [
        ("corrects", "01/2020/TT-BTP")
    ]


def test_a_department_is_told_from_the_committee_above_it() -> None:
    text = DECISION.replace("TỈNH BẮC NINH\nCỘNG", "TỈNH BẮC NINH\nSỞ TƯ PHÁP\nCỘNG").replace(
        "QĐ-UBND", "QĐ-STP"
    )
    assert read_regulation(text).instrument.issuer == "Sở Tư pháp tỉnh Bắc Ninh"


def test_a_head_without_a_day_is_doubted() -> None:
    said = read_regulation(DECREE.replace("ngày 15 tháng 01 năm 2026", "ngày   tháng   năm 2026"))
    assert said.instrument.issued is None
    assert IntakeDoubt.NO_ISSUED in [doubt.code for doubt in said.doubts]
