"""What the reader takes for a citation, and what it leaves alone."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from qms.citations import Citation, find


def only(text: str) -> Citation:
    citations = find(text)
    assert len(citations) == 1, [citation.text for citation in citations]
    return citations[0]


def keys(text: str) -> list[str | None]:
    return [citation.key for citation in find(text)]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Nghị định số 123/2015/NĐ-CP", "123/2015/NĐ-CP"),
        ("Nghị định số\u00a087/2020/NĐ-CP", "87/2020/NĐ-CP"),
        ("Nghị định số 280 /2025/NĐ-CP", "280/2025/NĐ-CP"),
        ("39/2026/NĐ -CP", "39/2026/NĐ-CP"),
        ("66/2023/TT- BCA", "66/2023/TT-BCA"),
        ("57/2024/NĐCP", "57/2024/NĐ-CP"),
        ("17/2017/TTBTC", "17/2017/TT-BTC"),
        ("18/2021/ND-CP", "18/2021/NĐ-CP"),
        ("07/2016/QD-TTg", "07/2016/QĐ-TTg"),
        ("19/2014/QĐ-TTG", "19/2014/QĐ-TTg"),
        ("89/2015/N\u00d0-CP", "89/2015/NĐ-CP"),
        ("155/2020/NĐ-\u0421\u0420", "155/2020/NĐ-CP"),
        ("11/2016/TT\u2011BYT", "11/2016/TT-BYT"),
        ("198/2016/TT/BTC", "198/2016/TT-BTC"),
        ("02/2017TT-VPCP", "02/2017/TT-VPCP"),
        ("Thông tư 21.2015.TT-BYT.doc", "21/2015/TT-BYT"),
        ("11 /2021/NĐ…", "11/2021/NĐ-CP"),
        ("Nghị đinh 85/2024/NĐ-CP", "85/2024/NĐ-CP"),
        ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
        ("21/2008/TTLT- BQP-BLĐTBXH-BTC", "21/2008/TTLT-BQP-BLĐTBXH-BTC"),
        ("191/2005/TTLT/BQP-BLĐTBXH-BTC", "191/2005/TTLT/BQP-BLĐTBXH-BTC"),
        ("26/2005/PL-UBTVQH11", "26/2005/PL-UBTVQH11"),
        ("04/2012/UBTVQH13", "04/2012/UBTVQH13"),
        ("27/VBHN-VPQH", "27/VBHN-VPQH"),
        ("1523/QĐ-BCA-C06", "1523/QĐ-BCA-C06"),
        ("Quyết định số2956/QĐ-UBND", "2956/QĐ-UBND"),
        ("Quyết định số 320/QĐ- BNV", "320/QĐ-BNV"),
        ("Nghị quyết số 18-NQ/TW", "18-NQ/TW"),
        ("Công văn số 1209/UBND-KGVX", "1209/UBND-KGVX"),
        ("Quyết định số 1535/QĐ-TTPVHCC, ngày 03/11/2025", "1535/QĐ-TTPVHCC"),
        ("Nghị định số 36-CP", "36-CP"),
        ("TCVN ISO/IEC 17025: 2007", "TCVN ISO/IEC 17025:2007"),
        ("QCVN 01-194: 2021/BNNPTNT", "QCVN 01-194:2021/BNNPTNT"),
        ("Luật Khiếu nại  năm 2011", "Luật Khiếu nại 2011"),
        ("luật hôn nhân và gia đình 2014", "Luật Hôn nhân và gia đình 2014"),
        ("Luật Chất lượng sản phẩm hàng hoá năm 2007", "Luật Chất lượng sản phẩm, hàng hóa 2007"),
        ("Luật Nhà ở (2023)", "Luật Nhà ở 2023"),
        ("Luật Tổ chức HĐND và UBND ngày 26 tháng 11 năm 2003", "Luật Tổ chức HĐND và UBND 2003"),
        ("Luật Điều phối vũ trụ năm 2031", "Luật Điều phối vũ trụ 2031"),
        ("Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013", "Hiến pháp 2013"),
        ("Điều 134 BLHS 2015", "Bộ luật Hình sự 2015"),
        ("Luật Phòng, chống tham nhũng số 36/2018/QH14", "36/2018/QH14"),
        ("Luật HN&GĐ năm 2014", "Luật Hôn nhân và gia đình 2014"),
        ("Hướng dẫn số 5/HD-STP", "5/HD-STP"),
        ("Quyết định số 1333/QĐ-CTUBND", "1333/QĐ-CTUBND"),
        ("Quyết định số 45/2003/QĐ-UB", "45/2003/QĐ-UB"),
    ],
)
def test_every_way_of_writing_one_instrument_gives_its_one_key(written: str, key: str) -> None:
    assert only(written).key == key
    assert only(unicodedata.normalize("NFD", written)).key == key


@pytest.mark.parametrize(
    "look_alike",
    [
        "Mẫu 01/TB-HT, 04/GTGT và 12/TEM",
        "Mẫu số 02/QĐ-BTP",
        "Mã hiệu: QT 01/CT-HCTP",
        "quy trình 33/CX-HCTP",
        "theo pháp luật đất đai và pháp luật về cư trú",
        "văn bản quy phạm pháp luật này và Pháp luật này",
        "Luật sư, luật gia và kỷ luật lao động do luật định",
        "ngày 24/7/2023 hoặc 24-7-2023",
        "số định danh 079123456789",
        "tổng cộng 5143/2024/QH15",
        "Giấy khai sinh số 01/2014",
        "ra quyết định 3 thành viên",
        "hợp đồng số 12/2020/HĐ-KT",
        "1123/2015/NĐ-CP",
        "Thông tư liên lạc",
    ],
)
def test_look_alikes_are_no_citations(look_alike: str) -> None:
    assert find(look_alike) == []


def test_a_number_is_not_found_inside_a_longer_one() -> None:
    assert keys("Nghị định số 123/2015/NĐ-CP và Nghị định số 23/2015/NĐ-CP") == [
        "123/2015/NĐ-CP",
        "23/2015/NĐ-CP",
    ]


@pytest.mark.parametrize(
    ("glued", "expected"),
    [
        ("Luật Nhà ở số 27/2023/QH1527/2023/QH15", ["27/2023/QH15", "27/2023/QH15"]),
        ("ngày 29/6/202443/2024/QH15Luật", ["43/2024/QH15"]),
        ("33/2025/TT-BXDThông tư số 11/2026/TT-BTC", ["33/2025/TT-BXD", "11/2026/TT-BTC"]),
        ("26/2023/NĐ-CPNghị quyết số 66.7/2025/NQ-CP", ["26/2023/NĐ-CP", "66.7/2025/NQ-CP"]),
        ("Luật Dữ liệu60/2024/QH15", ["Luật Dữ liệu", "60/2024/QH15"]),
        ("Luật Đất đai sửa đổi 2025147/2025/QH15", ["Luật Đất đai sửa đổi 2025", "147/2025/QH15"]),
        ("12/2019/TT-BTCQUY ĐỊNH MỨC THU", ["12/2019/TT-BTC"]),
        ("khoản 2.38/2015/TT-BTC", ["38/2015/TT-BTC"]),
    ],
)
def test_glued_table_cells_are_taken_apart(glued: str, expected: list[str]) -> None:
    assert keys(glued) == expected


def test_what_is_quoted_in_a_title_is_nested() -> None:
    text = (
        "Thông tư số 03/2023/TT-BTP sửa đổi, bổ sung một số nội dung của Thông tư số 01/2022/TT-BTP quy định chi tiết "
        "một số điều của Luật Hộ tịch và Nghị định số 87/2020/NĐ-CP"
    )
    assert [citation.nested for citation in find(text)] == [False, True, True, True]


def test_what_amended_an_instrument_is_not_nested_in_it() -> None:
    text = "Thông tư số 56/2021/TT-BCA được sửa đổi, bổ sung bởi Thông tư số 66/2023/TT-BCA"
    assert [citation.nested for citation in find(text)] == [False, False]


def test_an_amending_law_is_one_title_and_the_laws_in_it_are_nested() -> None:
    text = "Luật sửa đổi, bổ sung một số điều của Luật Hộ tịch và Luật Cư trú năm 2027"
    outer, first, second = find(text)
    assert outer.key == "Luật sửa đổi, bổ sung một số điều của Luật Hộ tịch và Luật Cư trú 2027"
    assert outer.text == "Luật sửa đổi, bổ sung một số điều"
    assert [(inner.key, inner.nested) for inner in (first, second)] == [
        ("Luật Hộ tịch", True),
        ("Luật Cư trú", True),
    ]


def test_a_number_before_the_title_names_the_law_as_the_codification_does() -> None:
    law = only("Điều 4. của Luật 18-L/CTN Dầu khí ban hành ngày 06/07/1993;")
    assert (law.instrument, law.title, law.date) == ("18-L/CTN", "Luật Dầu khí", date(1993, 7, 6))
    assert law.provisions == ("art_4",)


def test_an_incomplete_number_is_partial_and_has_no_key() -> None:
    citation = only("Khoản 1 Điều 13 Nghị định 116")
    assert (citation.partial, citation.key, citation.provisions) == (True, None, ("art_13__para_1",))


def test_a_short_name_is_completed_by_the_number_given_in_full() -> None:
    text = "Nghị định số 116/2021/NĐ-CP (sau đây gọi là Nghị định 116); Điều 5 Nghị định 116; Nghị định 117"
    assert keys(text) == ["116/2021/NĐ-CP", "116/2021/NĐ-CP", "116/2021/NĐ-CP", None]


def test_a_short_name_that_fits_two_instruments_stays_partial() -> None:
    text = "Nghị định 116/2021/NĐ-CP, Nghị định 116/2013/NĐ-CP. Theo Nghị định 116"
    assert find(text)[-1].partial


def test_a_list_shares_the_symbol_of_its_last_member() -> None:
    assert keys("Nghị định số 61/2018 và 107/2021/NĐ-CP") == ["61/2018/NĐ-CP", "107/2021/NĐ-CP"]


def test_the_word_before_a_number_names_the_kind_where_its_symbol_stands_for_two() -> None:
    assert only("Lệnh số 5/2024/L-CTN").type == "lệnh"
    assert only("Luật số 5/2024/L-CTN").type == "luật"


def test_a_text_that_speaks_of_itself_is_a_self_reference() -> None:
    citation = only("theo khoản 2 Điều 5 Nghị định này")
    assert citation.self_reference and citation.key is None and citation.provisions == ("art_5__para_2",)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ", date(2015, 11, 15)),
        ("Quyết định số 19/2014/QĐ-TTg ngày 5-3-2014", date(2014, 3, 5)),
        ("Nghị định số 120/2025/NĐ-CP ngày 11 tháng 6 năm 2025", date(2025, 6, 11)),
        ("Nghị định số 120/2025/NĐ-CP của Chính phủ ngày 11/6/2025 quy định", date(2025, 6, 11)),
        ("QUYẾT ĐỊNH SỐ 13/2015/QĐ-TTG NGÀY 05/5/2015", date(2015, 5, 5)),
        (
            "Nghị định 55/2018/NĐ-CP Quy định xử phạt trong lĩnh vực phân bón ban hành ngày 16/04/2018;",
            date(2018, 4, 16),
        ),
        ("Nghị định số 119/2020/NĐ-CP ngày 32/13/2020", None),
        ("Nghị định số 119/2020/NĐ-CP có hiệu lực từ ngày 01/12/2020", None),
    ],
)
def test_the_date_of_an_instrument_is_read_and_no_other(text: str, day: date | None) -> None:
    assert only(text).date == day


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (
            "Nghị quyết số 04/2023/NQ-HĐND ngày 14/7/2023 của HĐND tỉnh Hậu Giang Quy định mức thu",
            "Hội đồng nhân dân tỉnh Hậu Giang",
        ),
        ("Quyết định 24/2024/QĐ-UBND Sơn La 2024", "Ủy ban nhân dân tỉnh Sơn La"),
        ("Quyết định số 5/QĐ-UBND của Chủ tịch UBND TP. Cần Thơ", "Ủy ban nhân dân thành phố Cần Thơ"),
        ("Quyết định số 5/QĐ-UBND ngày 01/01/2026", None),
        ("Thông tư số 01/2022/TT-BTP", "Bộ Tư pháp"),
        ("Thông tư liên tịch số 146/2012/TTLT-BTC-BTP", "Bộ Tài chính, Bộ Tư pháp"),
    ],
)
def test_the_issuer_follows_from_the_symbol_or_from_the_place_named(text: str, issuer: str | None) -> None:
    assert only(text).issuer == issuer


def test_the_resolution_quoted_in_a_local_title_is_of_the_same_council() -> None:
    text = (
        "Nghị quyết số 10/2022/NQ-HĐND của Hội đồng nhân dân thành phố Cần Thơ sửa đổi, bổ sung một số điều của "
        "Nghị quyết số 03/2017/NQ-HĐND"
    )
    assert {citation.issuer for citation in find(text)} == {"Hội đồng nhân dân thành phố Cần Thơ"}


def test_json_has_exactly_the_keys_of_the_contract() -> None:
    line = only("Điều 5 Luật Hộ tịch năm 2014").as_json("a.docx")
    assert line == {
        "file": "a.docx",
        "start": 0,
        "end": 28,
        "text": "Điều 5 Luật Hộ tịch năm 2014",
        "type": "luật",
        "instrument": None,
        "title": "Luật Hộ tịch",
        "year": 2014,
        "date": None,
        "issuer": None,
        "partial": False,
        "nested": False,
        "self": False,
        "provisions": ["art_5"],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("QĐ2338-BTP và QĐ/0001-BTP", ["2338/QĐ-BTP", "0001/QĐ-BTP"]),
        ("Số: 1209/UBND-KGVX; 5402/BTP-HTQTCT", ["1209/UBND-KGVX", "5402/BTP-HTQTCT"]),
        ("Thông tư liên ngành số 07/TTLN ngày 31/8/1995", ["07/TTLN"]),
        (
            "Thông tư số 01/2020, 04/2020 và 08/2025/TT-BTP",
            ["01/2020/TT-BTP", "04/2020/TT-BTP", "08/2025/TT-BTP"],
        ),
        (
            "Nghị định số 63/2010/NĐ-CP, số 48/2013/NĐ-CP và số 92/2017/NĐ-CP",
            ["63/2010/NĐ-CP", "48/2013/NĐ-CP", "92/2017/NĐ-CP"],
        ),
        ("các Nghị định: số 63/2010/NĐ-CP, 48/2013/NĐ-CP", ["63/2010/NĐ-CP", "48/2013/NĐ-CP"]),
        ("Nghị định số [76/2012/NĐ-CP](https://a.vn/76-2012-nd-cp.aspx) ngày 03/10/2012", ["76/2012/NĐ-CP"]),
        ("Kế hoạch số 12/KH-UBND; Tờ trình số 1494/TTr-SNV", ["12/KH-UBND", "1494/TTr-SNV"]),
        ("Nghi Dinh so 1/2020/ND-CP, Quyet dinh 2/QD-TTg", ["1/2020/NĐ-CP", "2/QĐ-TTg"]),
        ("theo nghi dinh so 18/2026/ND-CP, THÔNG TƯ SỐ 01/2022/TT-BTP", ["18/2026/NĐ-CP", "01/2022/TT-BTP"]),
    ],
)
def test_shared_and_turned_heads_and_letters_are_read(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def test_the_word_before_a_number_gives_its_kind_only_next_to_it() -> None:
    text = "quy định về chế độ báo cáo của lực lượng và Thông tư số 10/2012/TT-BCA"
    assert only(text).text == "Thông tư số 10/2012/TT-BCA"


def test_a_name_that_the_text_gives_means_what_it_was_given_to() -> None:
    text = (
        "Luật Xuất cảnh, nhập cảnh của công dân Việt Nam năm 2019 (sau đây gọi là Luật Xuất nhập cảnh).\n"
        "Điều 5 Luật Xuất nhập cảnh quy định"
    )
    long, alias, later = find(text)
    assert long.key == alias.key == later.key == "Luật Xuất cảnh, nhập cảnh của công dân Việt Nam 2019"
    assert later.provisions == ("art_5",)


def test_a_given_short_name_is_certain_where_two_numbers_would_fit() -> None:
    text = (
        "Nghị định số 116/2013/NĐ-CP; Nghị định số 116/2021/NĐ-CP (sau đây gọi tắt là Nghị định số 116); "
        "Điều 5 Nghị định số 116"
    )
    assert keys(text)[-1] == "116/2021/NĐ-CP"


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (
            "Nghị quyết số 06/NQ-HĐND của Hội đồng nhân dân xã Tân Lợi, huyện Đồng Phú, tỉnh Bình Phước về việc",
            "Hội đồng nhân dân xã Tân Lợi, huyện Đồng Phú, tỉnh Bình Phước",
        ),
        (
            "Quyết định số 1/QĐ-UBND của UBND phường Ninh Kiều, TP. Cần Thơ",
            "Ủy ban nhân dân phường Ninh Kiều, TP. Cần Thơ",
        ),
        ("Quyết định của UBND tỉnh Hà Tĩnh số 12/2020/QĐ-UBND", "Ủy ban nhân dân tỉnh Hà Tĩnh"),
        ("HĐND tỉnh Sơn La đã ban hành Nghị quyết số 12/2020/NQ-HĐND", "Hội đồng nhân dân tỉnh Sơn La"),
        ("Quyết định số 9/QĐ-UBND ngày 1/2/2026 của Ủy ban nhân dân Quận 1", "Ủy ban nhân dân quận 1"),
        (
            "Quyết định số 1234/QĐ-SYT ngày 1/2/2020 của Sở Y tế tỉnh Bắc Ninh về việc",
            "Sở Y tế tỉnh Bắc Ninh",
        ),
        ("Nghị quyết số 3/NQ-HĐND của Hội đồng nhân dân tỉnh Quy định mức thu", None),
    ],
)
def test_the_local_issuer_is_read_whole_wherever_it_stands(text: str, issuer: str | None) -> None:
    assert only(text).issuer == issuer


def test_what_amended_a_quoted_instrument_is_quoted_too() -> None:
    text = (
        "Thông tư số 10/2025/TT-BTP sửa đổi, bổ sung một số điều của Thông tư số 10/2020/TT-BTP được sửa đổi, bổ sung "
        "một số điều theo Thông tư số 07/2023/TT-BTP"
    )
    assert [citation.nested for citation in find(text)] == [False, True, True]


def test_a_row_of_a_table_takes_nothing_from_the_row_before() -> None:
    text = "Nghị định,24/2022/NĐ-CP,Điều 1,2022-06-01\nNghị định,143/2016/NĐ-CP,Điều 16"
    assert [citation.provisions for citation in find(text)] == [(), ()]


def test_a_citation_that_a_line_break_divides_is_still_one() -> None:
    text = "theo khoản 2\nĐiều 5 Nghị định số\n123/2015/NĐ-CP và một số điều của\nLuật Hộ tịch"
    decree, law = find(text)
    assert (decree.key, decree.provisions) == ("123/2015/NĐ-CP", ("art_5__para_2",))
    assert law.key == "Luật Hộ tịch"
