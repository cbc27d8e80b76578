"""The lines that show why a document was found."""

from __future__ import annotations

from qms.stores.index.letters import fold
from qms.stores.index.passages import WIDTH, passage

FILLING = "Nội dung khác không ai hỏi đến. " * 40


def shown(body: str, *words: str) -> str:
    return "".join(
        f"[{piece.text}]" if piece.marked else piece.text for piece in passage(body, fold(body), words)
    )


def test_the_passage_with_most_words_together_is_shown() -> None:
    body = f"Giấy A. {FILLING} Sinh sau đó. {FILLING} Nộp giấy chứng sinh bản chính. {FILLING}"
    assert "[giấy chứng sinh]" in shown(body, "giấy", "chứng", "sinh")


def test_without_any_word_the_beginning_is_shown() -> None:
    assert shown(f"Mở đầu. {FILLING}", "zzz").startswith("Mở đầu.")


def test_a_passage_is_short_and_cut_between_words() -> None:
    text = shown(f"{FILLING}khai sinh {FILLING}", "khai", "sinh")
    assert len(text) < WIDTH * 1.5
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert set(text.split()) <= {*FILLING.split(), "[khai", "sinh]", "…"}


def test_typed_marks_are_marked_where_they_stand() -> None:
    assert shown("Việc bán và bản sao", "bán") == "Việc [bán] và bản sao"


def test_other_marks_are_marked_where_the_typed_ones_never_stand() -> None:
    assert shown("Chỉ bản sao", "bán") == "Chỉ [bản] sao"


def test_line_breaks_and_runs_of_blanks_become_one_blank() -> None:
    assert shown("Khai\n\n  sinh\tở xã", "xã") == "Khai sinh ở [xã]"


def test_an_empty_body_has_no_passage() -> None:
    assert passage("", "", ["khai"]) == ()


def test_a_part_of_a_word_is_not_marked() -> None:
    assert shown("sinh sinhh", "sinh") == "[sinh] sinhh"
