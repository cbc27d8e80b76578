"""Which instruments a legal-basis part names."""

from __future__ import annotations

from qms.citations import legal_basis


def named(*lines: str) -> list[str | None]:
    return [citation.key for citation in legal_basis(lines)]


def test_the_first_instrument_of_each_line_is_the_basis_in_order() -> None:
    assert named(
        "- Luật Hộ tịch năm 2014;",
        "- Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ quy định chi tiết thi hành Luật Hộ tịch;",
        "Không có số",
    ) == ["Luật Hộ tịch 2014", "123/2015/NĐ-CP"]


def test_what_a_title_quotes_or_what_amended_it_is_no_basis() -> None:
    assert named(
        "Thông tư số 10/2025/TT-BTP sửa đổi, bổ sung một số điều của Thông tư số 10/2020/TT-BTP hướng dẫn Luật Cư trú",
        "Nghị định số 137/2020/NĐ-CP được sửa đổi bởi Nghị định số 56/2023/NĐ-CP và Nghị định số 58/2026/NĐ-CP",
    ) == ["10/2025/TT-BTP", "137/2020/NĐ-CP"]


def test_instruments_listed_side_by_side_in_one_line_are_all_basis() -> None:
    line = "Luật Giám định tư pháp năm 2012 và Luật sửa đổi, bổ sung một số điều của Luật Giám định tư pháp năm 2020;"
    assert named(line) == [
        "Luật Giám định tư pháp 2012",
        "Luật sửa đổi, bổ sung một số điều của Luật Giám định tư pháp 2020",
    ]


def test_repetitions_are_dropped_but_not_the_same_number_of_another_province() -> None:
    assert named(
        "Nghị quyết số 04/2024/NQ-HĐND của Hội đồng nhân dân tỉnh Sóc Trăng",
        "Nghị quyết số 04/2024/NQ-HĐND của HĐND tỉnh Sóc Trăng",
        "Nghị quyết số 04/2024/NQ-HĐND của HĐND tỉnh Hậu Giang",
        "Nghị định số 23/2015/NĐ-CP",
        "Nghị định số 23/2015/NĐ-CP ngày 16/02/2015",
    ) == ["04/2024/NQ-HĐND", "04/2024/NQ-HĐND", "23/2015/NĐ-CP"]


def test_a_line_that_does_not_name_its_instrument_gives_nothing() -> None:
    assert named("Nghị định 116 quy định chi tiết Luật Phòng, chống ma túy") == []
