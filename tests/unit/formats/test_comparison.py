"""What differs between two editions, of their parts and of their words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qms.formats.anatomy.values import Anatomy, Record, Section, Step
from qms.formats.comparison import changed_passages, part_changes
from qms.formats.reader import read
from qms.model.comparison import Part, PartChange

OLD = Anatomy(
    title="Đăng ký khai sinh",
    sections=(Section("Mục đích", "1"), Section("Phạm vi", "2")),
    legal_basis_lines=("Luật Hộ tịch năm 2014", "Nghị định số 123/2015/NĐ-CP"),
    time_limit="05 ngày làm việc",
    steps=(
        Step("1", "Tiếp nhận hồ sơ", "Cán bộ một cửa", "½ ngày"),
        Step("2", "Thẩm định hồ sơ", "Công chức tư pháp", "3 ngày"),
    ),
    forms=("Tờ khai đăng ký khai sinh",),
    records=(Record("Sổ theo dõi", "Văn thư", "05 năm"),),
)


def text(body: str):
    return read(body.encode(), "a.md")


def words(side):
    return "".join(f"[{one.text.strip()}] " if one.marked else one.text for one in side).strip()


def test_equal_papers_differ_in_nothing():
    assert part_changes(OLD, OLD) == ()


def test_a_basis_that_is_replaced_is_one_change_and_an_added_one_has_no_old_words():
    new = ("Luật Hộ tịch năm 2014", "Nghị định số 18/2026/NĐ-CP", "Thông tư số 04/2020/TT-BTP")
    found = part_changes(OLD, replace(OLD, legal_basis_lines=new))
    assert PartChange(Part.BASIS, "", "Thông tư số 04/2020/TT-BTP") in found
    assert len(found) == 2


def test_steps_are_followed_through_renumbering():
    steps = (
        Step("1", "Tiếp nhận hồ sơ", "Trung tâm Phục vụ hành chính công", "½ ngày"),
        Step("2", "Xác minh", "Công chức tư pháp", "1 ngày"),
        Step("3", "Thẩm định hồ sơ", "Công chức tư pháp", "2 ngày"),
    )
    assert part_changes(OLD, replace(OLD, steps=steps)) == (
        PartChange(Part.RESPONSIBLE, "Cán bộ một cửa", "Trung tâm Phục vụ hành chính công", "1"),
        PartChange(Part.STEP, "", "Xác minh", "2"),
        PartChange(Part.TIME, "3 ngày", "2 ngày", "3"),
    )


def test_sections_renamed_times_fees_and_keeping_are_told():
    new = replace(
        OLD,
        sections=(Section("Mục đích", "1"), Section("Phạm vi áp dụng", "2")),
        time_limit="03 ngày làm việc",
        fee="Không",
        records=(Record("Sổ theo dõi", "Văn thư", "10 năm"),),
        forms=(),
    )
    assert part_changes(OLD, new) == (
        PartChange(Part.SECTION, "Phạm vi", "Phạm vi áp dụng"),
        PartChange(Part.TIME_LIMIT, "05 ngày làm việc", "03 ngày làm việc"),
        PartChange(Part.FEE, "", "Không"),
        PartChange(Part.FORM, "Tờ khai đăng ký khai sinh", ""),
        PartChange(Part.RETENTION, "Văn thư, 05 năm", "Văn thư, 10 năm", "Sổ theo dõi"),
    )


def test_only_changed_passages_stand_side_by_side_with_their_words_marked():
    old = text(
        "## 1. Mục đích\n\nGiữ nguyên.\n\n## 2. Phạm vi\n\nÁp dụng cho bộ phận một cửa.\n\nCâu thứ hai.\n"
    )
    new = text("## 1. Mục đích\n\nGiữ nguyên.\n\n## 2. Phạm vi\n\nÁp dụng cho Trung tâm hành chính công.\n")
    (section,) = changed_passages(old, new)
    assert section.title == "2. Phạm vi"
    first, second = section.passages
    assert words(first.old) == "Áp dụng cho [bộ phận một cửa.]"
    assert words(first.new) == "Áp dụng cho [Trung tâm hành chính công.]"
    assert (words(second.old), second.new) == ("[Câu thứ hai.]", ())


def test_a_row_of_a_table_is_one_passage():
    head = "| TT | Việc | Thời gian |\n|---|---|---|\n"
    (section,) = changed_passages(
        text(f"{head}| 1 | Nhận | 1 ngày |\n"), text(f"{head}| 1 | Nhận | 2 ngày |\n")
    )
    (only,) = section.passages
    assert (words(only.old), words(only.new)) == ("1 | Nhận | [1] ngày", "1 | Nhận | [2] ngày")


@given(
    st.lists(st.text("ab c.", min_size=1, max_size=12), max_size=6),
    st.lists(st.text("ab c.", max_size=12), max_size=6),
)
def test_no_word_of_either_side_is_lost(old, new):
    """Unmarked words are equal on both sides; equal texts change nowhere."""
    one, other = ("\n\n".join(f"x{line}" for line in ["", *lines]) for lines in (old, new))
    sections = changed_passages(text(one), text(other))
    assert (sections == ()) == (one.split() == other.split()) or one.split() == other.split()
    for section in sections:
        for passage in section.passages:
            kept = [
                "".join(w.text for w in side if not w.marked).split() for side in (passage.old, passage.new)
            ]
            assert kept[0] == kept[1]
