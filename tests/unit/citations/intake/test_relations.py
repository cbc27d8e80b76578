"""What a regulation does to others: verbs, lists, titles that quote, parts, exceptions, transition."""

from __future__ import annotations

from datetime import date

import pytest

from qms.citations.intake import read_regulation
from qms.model.enums import IntakeDoubt, RelationKind

Told = dict[str, tuple[str, tuple[str, ...]]]


def told(text: str, number: str = "18/2026/TT-BTP") -> Told:
    """Return kind and provisions by target."""
    return {
        one.target: (one.kind.value, one.target_provisions) for one in read_regulation(text, number).relations
    }


def doubts(text: str, number: str = "18/2026/TT-BTP") -> list[str]:
    return [doubt.code for doubt in read_regulation(text, number).doubts]


@pytest.mark.parametrize(
    "sentence",
    [
        "Thông tư này thay thế Thông tư số 01/2020/TT-BTP ngày 02/3/2020.",
        "Thông tư này có hiệu lực từ ngày 01/7/2026 và thay thế Thông tư số 01/2020/TT-BTP.",
        "Thông tư này có hiệu lực kể từ ngày ký, thay thế cho Thông tư số 01/2020/TT-BTP.",
        "Thông tư số 01/2020/TT-BTP được thay thế bằng Thông tư này.",
    ],
)
def test_replacing_is_read(sentence: str) -> None:
    assert told(sentence) == {"01/2020/TT-BTP": ("replaces", ())}


@pytest.mark.parametrize(
    "sentence",
    [
        "Bãi bỏ Thông tư số 01/2020/TT-BTP.",
        "Hủy bỏ Thông tư số 01/2020/TT-BTP.",
        "Thông tư số 01/2020/TT-BTP hết hiệu lực kể từ ngày Thông tư này có hiệu lực thi hành.",
        "Kể từ ngày Thông tư này có hiệu lực, Thông tư số 01/2020/TT-BTP hết hiệu lực thi hành.",
        "Thông tư số 01/2020/TT-BTP sẽ hết hiệu lực kể từ ngày Thông tư này có hiệu lực.",
        "Kể từ ngày Thông tư này có hiệu lực, các văn bản sau đây hết hiệu lực:\na) Thông tư số 01/2020/TT-BTP;",
        "Bãi bỏ các quy định tại Thông tư số 01/2020/TT-BTP.",
        "Bãi bỏ Quy chế về thử nghiệm ban hành kèm theo Thông tư số 01/2020/TT-BTP.",
    ],
)
def test_ending_is_read(sentence: str) -> None:
    assert told(sentence) == {"01/2020/TT-BTP": ("repeals", ())}


@pytest.mark.parametrize(
    "sentence",
    [
        "Hồ sơ tiếp nhận trước ngày Thông tư này có hiệu lực thì tiếp tục thực hiện theo Thông tư số 01/2020/TT-BTP.",
        "Trường hợp Thông tư số 01/2020/TT-BTP được sửa đổi, bổ sung, thay thế thì thực hiện theo văn bản mới.",
        "Giấy phép cấp theo Thông tư số 01/2020/TT-BTP có giá trị đến khi hết hiệu lực.",
        "Thông tư này có hiệu lực từ ngày 01/01/2026 đến khi Nghị quyết số 54/2022/QH15 hết hiệu lực thi hành.",
        "Thông tư số 01/2020/TT-BTP tiếp tục có hiệu lực đến hết ngày 31/12/2026.",
        "Các nội dung khác thực hiện theo quy định tại Luật Quản lý thuế; Luật sửa đổi, bổ sung một số điều của Luật "
        "Quản lý thuế và Nghị định số 83/2013/NĐ-CP.",
        "Trong quá trình thực hiện, nếu có vướng mắc, phản ánh về Bộ Tư pháp để sửa đổi Thông tư số 01/2020/TT-BTP.",
        "Cơ quan đăng ký bổ sung hồ sơ theo Nghị định số 123/2015/NĐ-CP.",
        "Bãi bỏ Thông tư này khi có Thông tư mới.",
        "Trình tự xem xét, sửa đổi, bổ sung nội dung thực hiện theo quy định tại Điều 32 Luật Tiêu chuẩn.",
        "Kể từ ngày quyết định có hiệu lực, hủy bỏ quyết định cho nhập quốc tịch theo Điều 11 Luật Quốc tịch.",
    ],
)
def test_transition_condition_and_request_are_no_relations(sentence: str) -> None:
    assert told(sentence) == {}


def test_what_a_title_quotes_is_not_touched() -> None:
    text = (
        "Bãi bỏ Thông tư số 70/2002/TT-BTC ngày 19/8/2002 sửa đổi, bổ sung Thông tư số 06/2001/TT-BTC; Thông tư số "
        "10/2003/TT-BTC hướng dẫn thi hành Nghị định số 174/1999/NĐ-CP và Nghị định số 64/2003/NĐ-CP; bãi bỏ Quyết "
        "định số 17/2004/QĐ-BTC sửa đổi Thông tư số 10/2003/TT-BTC."
    )
    assert list(told(text, "18/2026/TT-BTC")) == ["70/2002/TT-BTC", "10/2003/TT-BTC", "17/2004/QĐ-BTC"]


def test_a_list_in_the_title_of_an_amending_paper_stays_there() -> None:
    text = (
        "Bãi bỏ Điều 1 của Thông tư số 32/2020/TT-BTP sửa đổi, bổ sung một số điều của Thông tư số 29/2018/TT-BTP quy "
        "định về kiểm tra và Thông tư số 31/2018/TT-BTP quy định về đánh giá."
    )
    assert told(text) == {"32/2020/TT-BTP": ("repeals", ("art_1",))}


def test_who_amended_a_whole_ends_with_it() -> None:
    text = "Luật Thử số 30/2001/QH10 đã được sửa đổi, bổ sung một số điều theo Luật số 83/2007/QH11 hết hiệu lực."
    assert told(text, "57/2014/QH13") == {"30/2001/QH10": ("repeals", ()), "83/2007/QH11": ("repeals", ())}


def test_parts_are_read_in_lists_over_lines() -> None:
    text = (
        "2. Bãi bỏ các điểm a, b khoản 2 Điều 5; Điều 7 của Thông tư số 01/2020/TT-BTP.\n"
        "3. Bãi bỏ một số quy định của Thông tư số 02/2020/TT-BTP như sau:\na) Khoản 9 Điều 1;\nb) Điều 3 và Điều 4.\n"
        "4. Các quy định sau đây hết hiệu lực:\n- Điều 4 của Quy định về hoạt động y tế trong các trường tiểu học, "
        "trung học cơ sở, trung học phổ thông và trường phổ thông có nhiều cấp học ban hành kèm theo Quyết định số "
        "73/2007/QĐ-BTP;\n- Các Điều 46, 47 và các nội dung về phí thi hành án tại Thông tư số 62/2015/TT-BTP."
    )
    assert told(text) == {
        "01/2020/TT-BTP": ("repeals", ("art_5__para_2__point_a", "art_5__para_2__point_b", "art_7")),
        "02/2020/TT-BTP": ("repeals", ("art_1__para_9", "art_3", "art_4")),
        "73/2007/QĐ-BTP": ("repeals", ("art_4",)),
        "62/2015/TT-BTP": ("repeals", ("art_46", "art_47")),
    }


def test_a_verb_over_a_list_governs_every_item() -> None:
    text = (
        "Điều 1. Bãi bỏ toàn bộ các thông tư\n1. Thông tư số 01/2024/TT-BTP quy định chi tiết Luật Thử.\n"
        "2. Thông tư số 06/2013/TT-BTP hướng dẫn thực hiện Quyết định số 33/2013/QĐ-TTg.\n"
        "Điều 2. Thông tư này thay thế:\na) Thông tư số 07/2013/TT-BTP;\nb) Thông tư số 08/2013/TT-BTP."
    )
    assert told(text) == {
        "01/2024/TT-BTP": ("repeals", ()),
        "06/2013/TT-BTP": ("repeals", ()),
        "07/2013/TT-BTP": ("replaces", ()),
        "08/2013/TT-BTP": ("replaces", ()),
    }


def test_numbers_behind_one_word_of_kind_are_all_members() -> None:
    text = "Nghị định này thay thế các Nghị định số 26/2009/NĐ-CP ngày 16/3/2009 và số 113/2011/NĐ-CP ngày 08/12/2011."
    assert list(told(text, "108/2015/NĐ-CP")) == ["26/2009/NĐ-CP", "113/2011/NĐ-CP"]


def test_the_number_of_an_amending_law_is_its_own() -> None:
    text = (
        "Luật Thử ngày 30 tháng 12 năm 1981 và Luật sửa đổi, bổ sung một số điều của Luật Thử số 43/2005/QH11 hết hiệu "
        "lực kể từ ngày Luật này có hiệu lực."
    )
    assert list(told(text, "78/2015/QH13")) == ["Luật Thử năm 1981", "43/2005/QH11"]


def test_forms_are_parts_and_ranges_are_written_out() -> None:
    text = (
        "Bãi bỏ các biểu mẫu số 92, 93 ban hành kèm theo Thông tư số 01/2020/TT-BTP.\n"
        "Các biểu mẫu từ Mẫu số 08-DS đến Mẫu số 10-DS ban hành kèm theo Thông tư số 02/2020/TT-BTP hết hiệu lực."
    )
    assert told(text) == {
        "01/2020/TT-BTP": ("repeals", ("form_92", "form_93")),
        "02/2020/TT-BTP": ("repeals", ("form_08-DS", "form_09-DS", "form_10-DS")),
    }
    placed = "Bãi bỏ Mẫu số 01/BC/TE được quy định tại điểm a khoản 2 Điều 9 Thông tư số 21/2011/TT-BTP."
    assert told(placed) == {"21/2011/TT-BTP": ("repeals", ("form_01/BC/TE",))}


def test_an_unnamed_part_is_a_change_to_be_looked_at_never_an_end() -> None:
    text = "Bãi bỏ các quy định về báo cáo trong Thông tư số 95/2015/TT-BTP."
    assert told(text) == {"95/2015/TT-BTP": ("amends", ())}
    assert IntakeDoubt.TARGET_UNSURE in doubts(text)


def test_exceptions_of_the_target_are_kept_and_own_ones_are_transition() -> None:
    kept = "Bãi bỏ Thông tư số 01/2020/TT-BTP, trừ khoản 2 Điều 5 và Điều 7."
    (relation,) = read_regulation(kept).relations
    assert relation.except_provisions == ("art_5__para_2", "art_7")
    own = "Thông tư số 01/2020/TT-BTP hết hiệu lực từ ngày 01/7/2026, trừ quy định tại khoản 5 Điều 15 Thông tư này."
    (relation,) = read_regulation(own).relations
    assert (relation.except_provisions, relation.starts) == ((), date(2026, 7, 1))
    assert IntakeDoubt.EXCEPTION_KEPT in doubts(own)


def test_words_that_only_sound_like_an_exception_are_none() -> None:
    text = (
        "Bãi bỏ Thông tư số 05/2015/TT-BTC hướng dẫn lưu ký, bù trừ chứng khoán; Thông tư số 06/2015/TT-BTC."
    )
    assert list(told(text, "18/2026/TT-BTC")) == ["05/2015/TT-BTC", "06/2015/TT-BTC"]


def test_two_verbs_of_a_sentence_govern_their_own_objects() -> None:
    text = (
        "Thông tư này bãi bỏ khoản 2 Điều 1 Quyết định số 149/2002/QĐ-BTP về chế độ nghỉ và thay thế Quyết định số "
        "126/2002/QĐ-BTP."
    )
    assert told(text) == {
        "149/2002/QĐ-BTP": ("repeals", ("art_1__para_2",)),
        "126/2002/QĐ-BTP": ("replaces", ()),
    }


def test_suspending_has_its_own_day() -> None:
    text = "Ngưng hiệu lực Điều 9 Thông tư số 04/2020/TT-BTP từ ngày 01 tháng 3 năm 2026."
    (relation,) = read_regulation(text).relations
    assert (relation.kind, relation.starts) == (RelationKind.SUSPENDS, date(2026, 3, 1))
    parts = "Ngưng hiệu lực thi hành đối với khoản 8, khoản 9 Điều 8 của Thông tư số 39/2016/TT-NHNN."
    assert told(parts) == {"39/2016/TT-NHNN": ("suspends", ("art_8__para_8", "art_8__para_9"))}


def test_errata_are_corrections() -> None:
    text = "Đính chính lỗi kỹ thuật tại khoản 2 Điều 5 Thông tư số 01/2020/TT-BTP như sau:"
    assert told(text) == {"01/2020/TT-BTP": ("corrects", ("art_5__para_2",))}


def test_replaced_words_are_a_change() -> None:
    text = "Thay thế cụm từ “cấp huyện” tại khoản 1 Điều 26 Nghị định số 123/2015/NĐ-CP bằng cụm từ “cấp xã”."
    assert told(text, "18/2026/NĐ-CP") == {"123/2015/NĐ-CP": ("amends", ("art_26__para_1",))}


def test_laws_are_named_by_title_and_year() -> None:
    text = "Luật này thay thế Luật Thương mại ngày 10 tháng 5 năm 1997."
    assert told(text, "36/2005/QH11") == {"Luật Thương mại năm 1997": ("replaces", ())}


def test_a_general_clause_and_a_partial_number_are_doubts() -> None:
    text = "Các quy định trước đây trái với Thông tư này đều bãi bỏ.\nBãi bỏ Nghị định 116."
    assert told(text, "18/2026/NĐ-CP") == {}
    assert {IntakeDoubt.GENERAL_REPEAL, IntakeDoubt.TARGET_PARTIAL} <= set(doubts(text, "18/2026/NĐ-CP"))


def test_repealing_an_amending_provision_says_what_it_does_not_do() -> None:
    text = (
        "Bãi bỏ khoản 9 Điều 1 Nghị định số 367/2025/NĐ-CP ngày 31/12/2025 sửa đổi, bổ sung một số điều của Nghị định "
        "số 118/2025/NĐ-CP."
    )
    assert told(text, "224/2026/NĐ-CP") == {"367/2025/NĐ-CP": ("repeals", ("art_1__para_9",))}
    assert IntakeDoubt.REPEALS_REPEALER in doubts(text, "224/2026/NĐ-CP")


def test_local_targets_carry_their_issuer() -> None:
    text = "Bãi bỏ Nghị quyết số 10/2022/NQ-HĐND ngày 09/12/2022 của Hội đồng nhân dân tỉnh Sóc Trăng."
    (relation,) = read_regulation(text, "12/2026/NQ-HĐND").relations
    assert (relation.target, relation.target_issuer) == (
        "10/2022/NQ-HĐND",
        "Hội đồng nhân dân tỉnh Sóc Trăng",
    )
