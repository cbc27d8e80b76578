"""A form is known by its fixed words however it is filled, and told from another edition of itself."""

from __future__ import annotations

import random
import re
from itertools import cycle
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from qms.formats.form_words import (
    Change,
    FormWords,
    alike,
    changes,
    form_words,
    held_marks,
    labels_added,
    leaning,
    missing,
    part_held,
    sketched,
)
from qms.formats.reader import read

BLANK = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
TỜ KHAI ĐĂNG KÝ THỬ NGHIỆM
Kính gửi: (1)..................................
Họ, chữ đệm, tên người yêu cầu: ............................
Giấy tờ tùy thân: (3)............... Nơi cư trú: (2) ……………………
Quan hệ với người được thử nghiệm: ........................
Đề nghị cơ quan đăng ký thử nghiệm cho người dưới đây trong 30 ngày:
Giới tính: .... Dân tộc: .... Quốc tịch: ....
Tôi cam đoan những nội dung khai trên đây là đúng sự thật.
Làm tại: ............., ngày ......... tháng ......... năm 20......
"""
DOTS = re.compile(r"(?:\.{2,}|…)")
VALUES = st.text(st.characters(categories=("L", "N", "Zs", "P")), max_size=40)


def filled(text: str, *values: str) -> str:
    """Return the text with something written into every blank."""
    rest = cycle(values)
    return DOTS.sub(lambda _: f" {next(rest)} ", text)


def test_a_form_filled_by_hand_still_holds_all_its_fixed_words() -> None:
    held = held_marks(filled(BLANK, "Nguyễn Văn Mẫu", "xã Mẫu Thử", "25", "012345678901"))
    assert part_held(form_words(BLANK), held) == 1
    assert missing(form_words(BLANK), held, filled(BLANK, "Nguyễn Văn Mẫu")) == ()
    assert labels_added(form_words(BLANK), filled(BLANK, "Nguyễn Văn Mẫu")) == ()


@given(st.lists(VALUES, min_size=1, max_size=12))
def test_whatever_is_written_into_the_blanks_the_form_is_known(values: list[str]) -> None:
    assert part_held(form_words(BLANK), held_marks(filled(BLANK, *values))) == 1


@given(st.integers(0, 2**16))
def test_it_matters_not_where_the_lines_end(seed: int) -> None:
    chance = random.Random(seed)
    broken = re.sub(r" ", lambda _: chance.choice(" \n"), BLANK)
    assert part_held(form_words(BLANK), held_marks(broken)) == 1


def test_numbers_of_lists_and_notes_are_no_words() -> None:
    numbered = BLANK.replace("Kính gửi: (1)", "1. Kính gửi: ").replace("(2)", "[5]")
    assert form_words(numbered).sha256 == form_words(BLANK).sha256


def test_a_changed_number_makes_another_edition() -> None:
    other = form_words(BLANK.replace("30 ngày", "15 ngày"))
    held = held_marks(filled(BLANK, "Nguyễn Văn Mẫu"))
    assert other.sha256 != form_words(BLANK).sha256
    assert leaning(form_words(BLANK), other, held) == 1
    assert leaning(other, form_words(BLANK), held) == 0
    assert missing(other, held, BLANK) == (
        "Đề nghị cơ quan đăng ký thử nghiệm cho người dưới đây trong 15 ngày",
    )


def test_an_edition_that_only_leaves_words_out_is_told_from_the_fuller_one() -> None:
    shorter = form_words(BLANK.replace("Quan hệ với người được thử nghiệm: ........................\n", ""))
    held = held_marks(filled(BLANK, "Nguyễn Văn Mẫu"))
    assert part_held(shorter, held) == 1
    assert leaning(form_words(BLANK), shorter, held) == 1


def test_the_same_words_speak_for_neither() -> None:
    assert leaning(form_words(BLANK), form_words(BLANK + "\n"), held_marks(BLANK)) is None


def test_a_label_that_the_form_does_not_have_is_told() -> None:
    other = BLANK.replace("Giới tính:", "Mã số định danh cá nhân: .... Giới tính:")
    assert labels_added(form_words(BLANK), other) == ("Mã số định danh cá nhân",)


def test_a_sample_tells_about_as_much_as_all() -> None:
    long = form_words(" ".join(f"chữ{chr(97 + n // 26)}{chr(97 + n % 26)} in" for n in range(600)))
    assert len(long.sketch) == 64 * 8
    assert sketched(long.sketch, long.marks) == 1
    assert sketched(long.sketch, held_marks(BLANK)) == 0
    assert sketched(b"", held_marks(BLANK)) == 0


def test_what_changed_stands_between_a_few_words_that_stayed() -> None:
    found = changes(form_words(BLANK), form_words(BLANK.replace("30 ngày", "15 ngày làm việc")))
    assert [one for one in found if one.kind != "same"] == [
        Change("gone", "30"),
        Change("new", "15"),
        Change("new", "làm việc"),
    ]


def test_an_empty_text_is_no_form() -> None:
    assert form_words("").marks == frozenset()
    assert part_held(form_words(""), held_marks(BLANK)) == 0
    assert alike(form_words(""), form_words("")) == 0


def test_real_forms_are_known_filled_and_not_taken_for_one_another(real_data: Path) -> None:
    forms = _real(real_data)
    assert len(forms) >= 30
    for _, words, text in forms:
        held = held_marks(filled(text, "Nguyễn Văn Mẫu", "thôn Đông, xã Mẫu Thử", "25/11/2026"))
        assert part_held(words, held) == 1
        for _, other, _ in forms:
            speaks = leaning(words, other, held)
            assert speaks is None or speaks >= 0.75


def _real(root: Path) -> list[tuple[str, FormWords, str]]:
    found = []
    for folder in ("procedures", "procedures_other"):
        for path in sorted((root / folder).glob("*.docx")):
            for form in read(path.read_bytes(), path.name).anatomy.appended_forms:
                found.append((form.title, form_words(form.text), form.text))
    return found
