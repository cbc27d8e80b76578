"""``check-form``: an answer in words and as JSON; only «applies» is a yes."""

from __future__ import annotations

from pathlib import Path

from tests.forms import blank_form
from tests.functional.cli.conftest import Terminal


def test_a_print_of_ours_is_known_by_its_check_code(sample: Terminal, tmp_path: Path) -> None:
    registered = sample("register", "--json").json["documents"]
    code = next(one["code"] for one in registered if one["type"] == "form" and one["status"] == "effective")
    path = tmp_path / "mau.pdf"
    assert sample("print", code, "-o", str(path)).code == 0
    answer = sample("check-form", str(path), "--json")
    assert set(answer.json) == {"file", "on", "readable", "forms", "nearest"}
    (form,) = answer.json["forms"]
    assert (answer.code, form["verdict"], form["printed"]) == (0, "current", True)
    assert [place["code"] for place in form["places"]] == [code]


def test_what_is_not_recognised_is_a_no_and_says_so(sample: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "la.docx"
    path.write_bytes(
        blank_form("ĐƠN XIN NGHỈ PHÉP", "Kính gửi: ......", "Tôi xin nghỉ phép để đi thăm gia đình.")
    )
    answer = sample("check-form", str(path))
    assert answer.code == 1
    assert "Không nhận ra" in answer.out


def test_a_picture_without_words_says_that_it_cannot_be_read(sample: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "anh.docx"
    path.write_bytes(blank_form())
    answer = sample("check-form", str(path))
    assert (answer.code, "không đọc được chữ nào" in answer.out) == (1, True)
