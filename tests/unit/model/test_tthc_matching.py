"""Titles meet the catalogue: the right procedure first, wordings apart, what sets procedures apart weighs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.formats.reader import read
from qms.model.tthc_matching import Entry, Matcher, MatchReason, words_of

CATALOGUE = Matcher(
    [
        Entry("1.000894", "Thủ tục đăng ký kết hôn", "Hộ tịch"),
        Entry("1.000593", "Thủ tục đăng ký kết hôn lưu động", "Hộ tịch"),
        Entry("1.004746", "Thủ tục đăng ký lại kết hôn", "Hộ tịch"),
        Entry("2.000806", "Thủ tục đăng ký kết hôn có yếu tố nước ngoài", "Hộ tịch"),
        Entry("1.004873", "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân", "Hộ tịch"),
        Entry("2.000913", "Chứng thực việc sửa đổi, bổ sung, hủy bỏ giao dịch", "Chứng thực"),
        Entry("2.001035", "Chứng thực giao dịch liên quan đến quyền sử dụng đất, nhà ở", "Chứng thực"),
        Entry("1.012537", "Đăng ký thành lập hộ kinh doanh", "Hộ kinh doanh"),
    ]
)


@pytest.mark.parametrize(
    ("title", "stem", "why"),
    [
        ("Đăng ký kết hôn", "1.000894", MatchReason.SAME_NAME),
        ("QUY TRÌNH ĐĂNG KÝ KẾT HÔN", "1.000894", MatchReason.SAME_NAME),
        ("Thủ tục: dang ky lai ket hon (cấp xã)", "1.004746", MatchReason.SAME_NAME),
        ("Giải quyết thủ tục đăng ký kết hôn có yếu tố nước ngoài", "2.000806", MatchReason.SAME_NAME),
        ("ĐK kết hôn lưu động tại UBND cấp xã", "1.000593", MatchReason.SAME_NAME),
        ("Cấp giấy xác nhận TTHN", "1.004873", MatchReason.SAME_NAME),
        ("Chứng thực việc sửa đổi, bổ sung, hủy bỏ hợp đồng, giao dịch", "2.000913", MatchReason.LIKE_NAME),
        ("Đăng ký thành lập HKD", "1.012537", MatchReason.SAME_NAME),
        ("Chứng thực giao dịch liên quan đến QSDĐ, nhà ở", "2.001035", MatchReason.SAME_NAME),
    ],
)
def test_the_right_procedure_comes_first(title: str, stem: str, why: MatchReason) -> None:
    first = CATALOGUE.candidates(title)[0]
    assert (first.stem, first.why) == (stem, why)


def test_a_title_that_means_nothing_of_the_catalogue_gets_no_proposal() -> None:
    assert CATALOGUE.candidates("Kiểm soát thông tin dạng văn bản") == []
    assert CATALOGUE.candidates("") == []
    assert Matcher([]).candidates("Đăng ký kết hôn") == []


def test_a_code_printed_in_the_paper_comes_before_any_likeness() -> None:
    first, second, *_rest = CATALOGUE.candidates("Đăng ký kết hôn", codes=["2.000806"])
    assert (first.stem, first.why, second.stem) == ("2.000806", MatchReason.CODE, "1.000894")


def test_changed_wording_never_passes_for_the_same_name() -> None:
    (first, *_rest) = CATALOGUE.candidates("Chứng thực việc sửa đổi, bổ sung, hủy bỏ hợp đồng, giao dịch")
    assert 0.9 < first.score < 1


@given(st.text(max_size=80))
def test_scores_are_shares_and_fall(title: str) -> None:
    found = CATALOGUE.candidates(title, field="Hộ tịch")
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    words_of(title)


def test_the_real_procedures_find_their_tthc_first(real_data: Path) -> None:
    """Read by eye: of the 26, one (khai nhận di sản) is no longer published; its heir comes first."""
    with (real_data / "tthc_commune.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if not row["nghi_loi_crawl"]]
    matcher = Matcher(Entry(row["ma"], row["ten"], row["linh_vuc"]) for row in rows)
    first = {}
    for path in (real_data / "procedures").glob("*.docx"):
        title = read(path.read_bytes(), path.name).anatomy.title or ""
        first[path.name.rpartition("__")[2][:7], title[:40]] = matcher.candidates(title)[0]
    same = [one for one in first.values() if one.why is MatchReason.SAME_NAME]
    assert len(first) == 26
    assert len(same) >= 22
    assert min(one.score for one in first.values()) > 0.75
