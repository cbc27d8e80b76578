"""Blank forms in the file of their procedure are told apart from it, with title, code and where they stand."""

from __future__ import annotations

import json
from dataclasses import astuple, replace
from pathlib import Path

from qms.formats.anatomy import read_anatomy
from qms.formats.reader import read
from qms.formats.reading import reading_from_json, reading_to_json
from qms.formats.text import Block, Paragraph
from qms.model.ids import fold
from tests.unit.formats.builders import cell, p, table, text

MOTTO = (
    p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, centred=True),
    p("Độc lập - Tự do - Hạnh phúc", bold=True, centred=True),
)
PROCEDURE = (
    p("1. MỤC ĐÍCH", bold=True),
    p("2. NỘI DUNG", bold=True),
    p("3. HỒ SƠ LƯU", bold=True),
    table(["STT", "Tên hồ sơ", "Nơi lưu", "Thời gian lưu"], ["1", "Tờ khai", "UBND", "1 năm"]),
)


def forms(*blocks: Block) -> list[tuple[str, str, int, int]]:
    placed = [replace(one, place=at) if isinstance(one, Paragraph) else one for at, one in enumerate(blocks)]
    return [astuple(form)[:4] for form in read_anatomy(text(*placed)).appended_forms]


def test_forms_begin_with_the_motto_and_end_before_the_next_one():
    found = forms(
        *PROCEDURE,
        p("Mẫu số 01"),
        *MOTTO,
        p("TỜ KHAI ĐĂNG KÝ KẾT HÔN", bold=True, centred=True),
        p("Kính gửi: ......"),
        *MOTTO,
        p("ĐƠN ĐỀ NGHỊ", bold=True, centred=True),
        p("Cấp bản sao trích lục"),
        p("Họ, chữ đệm, tên: ......"),
    )
    assert found == [
        ("TỜ KHAI ĐĂNG KÝ KẾT HÔN", "Mẫu số 01", 4, 8),
        ("ĐƠN ĐỀ NGHỊ Cấp bản sao trích lục", "", 9, 13),
    ]


def test_a_form_without_the_motto_begins_with_its_title_even_over_two_lines():
    found = forms(
        *PROCEDURE,
        p("NỘI DUNG MẪU HỘ TỊCH ĐIỆN TỬ TƯƠNG TÁC", bold=True, centred=True),
        p("ĐĂNG KÝ KẾT HÔN", bold=True, centred=True),
        p("I. Thông tin về bên nam", bold=True),
        p("PHỤ LỤC 1", bold=True, centred=True),
        p("Danh sách các xã"),
    )
    assert found == [("MẪU HỘ TỊCH ĐIỆN TỬ TƯƠNG TÁC ĐĂNG KÝ KẾT HÔN", "", 4, 6)]


def test_a_form_inside_the_procedure_ends_where_the_procedure_goes_on():
    found = forms(
        p("1. MỤC ĐÍCH", bold=True),
        p("2. NỘI DUNG", bold=True),
        *MOTTO,
        p("TỜ KHAI ĐĂNG KÝ LẠI KẾT HÔN", bold=True, centred=True),
        p("Kính gửi: ......"),
        *PROCEDURE[2:],
    )
    assert found == [("TỜ KHAI ĐĂNG KÝ LẠI KẾT HÔN", "", 2, 5)]


def test_a_form_in_a_text_box_does_not_take_what_follows_the_title_it_hangs_on():
    box = table([cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỜ KHAI ĐĂNG KÝ KHAI TỬ\nKính gửi: ......")])
    found = forms(
        *PROCEDURE,
        p("NỘI DUNG MẪU HỘ TỊCH ĐIỆN TỬ TƯƠNG TÁC", bold=True, centred=True),
        box,
        p("I. Thông tin về người yêu cầu", bold=True),
    )
    assert found == [("MẪU HỘ TỊCH ĐIỆN TỬ TƯƠNG TÁC", "", 4, 6)]


def test_the_head_of_a_paper_that_is_no_form_makes_none():
    assert forms(*MOTTO, p("QUYẾT ĐỊNH", bold=True, centred=True), *PROCEDURE) == []


def test_the_forms_of_real_procedures_are_those_that_they_list(real_data: Path):
    named = told = 0
    for row in json.loads((real_data / "anatomy_dev.json").read_text()):
        path = real_data / "procedures" / row["file"]
        reading = read(path.read_bytes(), path.name)
        listed = {fold(form) for form in row["forms"]}
        titles = [fold(form.title) for form in reading.anatomy.appended_forms]
        named += len(titles)
        told += sum(title in listed for title in titles)
        assert reading_from_json(reading_to_json(reading)) == reading
    # the rest differ in a word ("Biểu mẫu" for "Mẫu", "yêu cầu" more)
    assert told >= 0.8 * named > 10
