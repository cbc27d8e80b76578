"""Abolished names: living uses are told, quoted titles and what is spoken of as past are spared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.citations.names import abolished_names
from qms.formats.reader import read

TODAY = date(2026, 11, 25)


def told(text: str, day: date = TODAY) -> list[str]:
    return [" ".join(name.text.split()) for name in abolished_names(text, day)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Công dân thường trú tại xã, phường, thị trấn nộp hồ sơ.", ["xã, phường, thị trấn"]),
        ("Nộp tại UBND thị trấn nơi cư trú.", ["thị trấn"]),
        ("Trình UBND huyện phê duyệt.", ["UBND huyện"]),
        ("Trình Ủy ban nhân dân\ncấp huyện phê duyệt.", ["Ủy ban nhân dân cấp huyện"]),
        ("phường Ngọc Khánh, quận Ba Đình, Hà Nội", ["quận Ba Đình"]),
        ("ở quận 5, Thành phố Hồ Chí Minh", ["quận 5"]),
        ("Gửi Sở Kế hoạch và Đầu tư thẩm định.", ["Sở Kế hoạch và Đầu tư"]),
        ("Sở Lao động – Thương binh và Xã hội chủ trì", ["Sở Lao động – Thương binh và Xã hội"]),
        ("Bộ phận tiếp nhận và trả kết quả kiểm tra hồ sơ", ["Bộ phận tiếp nhận và trả kết quả"]),
        ("xuất trình CMND hoặc sổ hộ khẩu", ["CMND", "sổ hộ khẩu"]),
        ("trên địa bàn tỉnh Sóc Trăng, thu phí 8.000 đồng", ["tỉnh Sóc Trăng"]),
    ],
)
def test_a_living_use_is_told(text: str, names: list[str]) -> None:
    assert told(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết số 12/2023/NQ-HĐND ngày 07/12/2023 của Hội đồng nhân dân tỉnh Sóc Trăng ban hành mức thu phí tại "
        "xã, phường, thị trấn;",
        "Thông tư số 02/2017/TT-BTNMT quy định về hồ sơ tại Phòng Tài nguyên và Môi trường thuộc UBND huyện",
        "Luật Cán bộ, công chức năm 2008 về công chức xã, phường, thị trấn",
        "mẫu “Đơn gửi Ủy ban nhân dân huyện” không còn dùng",
        "Bộ Tài nguyên và Môi trường (nay là Bộ Nông nghiệp và Môi trường) đã cấp",
        "dữ liệu của tỉnh Sóc Trăng (cũ) đã chuyển sang",
        "huyện nào cũng vậy; thị xã hội hóa; chứng minh thu nhập",
        "Bộ Tài chính, Sở Tư pháp, Trung tâm Phục vụ hành chính công cấp xã, tỉnh Quảng Trị, thành phố Cần Thơ",
    ],
)
def test_what_is_quoted_or_past_or_another_word_is_spared(text: str) -> None:
    assert told(text) == []


def test_a_name_is_alive_until_its_last_day() -> None:
    text = "Trình UBND huyện phê duyệt."
    assert told(text, date(2025, 6, 30)) == []
    assert told(text, date(2025, 7, 1)) == ["UBND huyện"]


def test_a_finding_says_since_when_and_what_stands_there_now() -> None:
    (name,) = abolished_names("Gửi Sở Giao thông vận tải.", TODAY)
    assert (name.since, name.instead) == (date(2025, 3, 1), "Bộ Xây dựng, Sở Xây dựng")
    assert name.note


@given(st.text(alphabet="UBND huyện tỉnh Sóc Trăng,;.()“”\n12/3-NĐCP quy định xã phường thị trấn"))
def test_what_is_told_stands_in_the_text(text: str) -> None:
    found = abolished_names(text, TODAY)
    assert all(text[name.start : name.end] == name.text for name in found)
    assert [name.start for name in found] == sorted(name.start for name in found)


def test_real_procedures_tell_the_old_names_that_a_reader_sees(real_data: Path) -> None:
    def of(beginning: str) -> set[str]:
        (path,) = sorted((real_data / "procedures").glob(f"{beginning}*.docx"))
        return set(told(read(path.read_bytes(), path.name).plain))

    birth = of("quy_trinh_cap_ho_tich_cap_xa__DOC_001__0")
    assert {"CMND", "xã, huyện, tỉnh", "quận Ba Đình", "huyện Từ Sơn"} <= birth
    assert "tỉnh Sóc Trăng" not in birth
    copies = of("quy_trinh_chung_thuc__DOC_001__1.")
    assert {"Bộ phận tiếp nhận và trả kết quả", "Giấy chứng minh nhân dân"} <= copies
