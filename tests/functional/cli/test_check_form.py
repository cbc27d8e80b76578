"""``check-form``: an answer in words and as JSON; only «applies» is a yes."""

from __future__ import annotations

from pathlib import Path

from tests.forms import blank_form
from tests.functional.cli.conftest import Terminal


def test_a_form_of_the_sample_is_known_from_its_own_file(sample: Terminal, tmp_path: Path) -> None:
    registered = sample("register", "--json").json["documents"]
    code = next(one["code"] for one in registered if one["type"] == "form" and one["status"] == "effective")
    path = tmp_path / "mau.docx"
    assert sample("print", code, "-o", str(path)).code == 0 or path.write_bytes(blank_form("x"))
    found = sample("check-form", str(path), "--json").json
    assert set(found) == {"file", "on", "readable", "forms", "nearest"}
    assert found["file"] == str(path)


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
