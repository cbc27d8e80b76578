"""How a question is read before any index is asked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qms.stores.index.question import Question, Term, read_question


def asked(text: str, *codes: Term) -> Question:
    def known(start: str) -> Sequence[Term]:
        return [code for code in codes if code[1].startswith(start)]

    return read_question(text, known)


def sought(question: Question) -> list[str]:
    return [group.ways[0][0][1] for group in question.groups]


def test_words_that_only_ask_are_no_groups() -> None:
    assert sought(asked("Kết hôn thì cần những giấy gì ở đâu?")) == ["ket", "hon", "giay"]


def test_a_question_of_nothing_else_keeps_them() -> None:
    assert sought(asked("là gì")) == ["la", "gi"]


def test_without_marks_only_words_of_one_meaning_are_dropped() -> None:
    assert sought(asked("ban sao la gi")) == ["ban", "sao", "la"]


def test_neighbours_are_weighed_together() -> None:
    weights = dict(asked("hộ tịch").weights)
    assert weights["pair", "ho tich"] > weights["text", "ho"]


def test_typed_marks_weigh_and_missing_ones_do_not() -> None:
    assert ("mark", "tịch") in dict(asked("tịch").weights)
    assert not [term for term, _ in asked("tich").weights if term[0] == "mark"]


def test_a_saying_may_be_answered_by_its_meaning() -> None:
    (group,) = asked("lấy chồng").groups
    assert group.ways == ((("text", "lay"), ("text", "chong")), (("pair", "ket hon"),))


def test_the_longest_saying_is_understood() -> None:
    assert [group.ways[1] for group in asked("ủy ban nhân dân").groups] == [(("text", "ubnd"),)]


def test_a_syllable_without_its_marks_is_no_saying() -> None:
    assert len(asked("cuoi").groups[0].ways) == 1
    assert len(asked("cưới").groups[0].ways) == 2


@pytest.mark.parametrize("text", ["QT 01/CX", "qt01cx", "QT 1 / CX"])
def test_a_known_code_is_one_group(text: str) -> None:
    question = asked(f"{text} khai sinh", ("code", "qt 1 cxhctp"))
    assert sought(question) == ["qt 1 cxhctp", "khai", "sinh"]


def test_a_code_typed_whole_weighs_more_than_a_beginning() -> None:
    term: Term = ("code", "qt 1 cxhctp")
    assert dict(asked("QT 01/CX-HCTP", term).weights)[term] > dict(asked("QT 01", term).weights)[term]


def test_a_number_and_a_word_are_no_code() -> None:
    assert sought(asked("2 con", ("code", "2 conghoa"))) == ["2", "con"]


def test_an_instrument_is_also_sought_by_its_number_in_the_text() -> None:
    (group,) = asked("123/2015/NĐ-CP", ("cites", "123 2015 ndcp")).groups
    assert group.ways[1] == (("pair", "123 2015"), ("pair", "2015 nd"), ("pair", "nd cp"))


def test_words_of_nearly_every_paper_count_little_beside_others() -> None:
    beside, alone = dict(asked("hồ sơ kết hôn").weights), dict(asked("hồ sơ").weights)
    assert beside["pair", "ho so"] < beside["pair", "ket hon"] == alone["pair", "ho so"]
