"""What the words of an imported paper leave in doubt beside its form: old names, no instrument behind it."""

from __future__ import annotations

from qms.model.enums import WarningCode
from qms.usecases import importing
from qms.usecases.candidates import ImportLine
from tests.papers import source, word_paper


def doubts(acting, data: bytes) -> list[tuple[WarningCode, str]]:
    with acting("thuky") as work:
        done = importing.take_in(work, [source("a.docx", data)])
    (line,) = [line for line in done.lines if isinstance(line, ImportLine)]
    return [(doubt.code, doubt.message) for doubt in line.warnings]


def test_names_out_of_use_are_told_once_with_what_stands_in_their_place(acting) -> None:
    body = "Công dân nộp CMND tại UBND huyện; UBND huyện chuyển Bộ phận Tiếp nhận và Trả kết quả."
    told = [
        message
        for code, message in doubts(acting, word_paper(body=body))
        if code is WarningCode.ABOLISHED_NAME
    ]
    assert len(told) == 1
    assert told[0].count("«UBND huyện»") == 1
    assert told[0].index("«CMND»") < told[0].index("«UBND huyện»")


def test_a_paper_of_today_has_no_such_doubt(acting) -> None:
    codes = [code for code, _ in doubts(acting, word_paper())]
    assert WarningCode.ABOLISHED_NAME not in codes
    assert WarningCode.NO_LEGAL_BASIS not in codes


def test_a_paper_without_legal_basis_is_told_of_once(acting) -> None:
    codes = [code for code, _ in doubts(acting, word_paper(basis=("Theo thực tế.",)))]
    assert codes.count(WarningCode.NO_LEGAL_BASIS) == 1


def test_a_line_that_explains_an_abbreviation_is_no_use_of_the_name(acting) -> None:
    listed = word_paper(body="- BPTN&HT : Bộ phận tiếp nhận và hoàn trả kết quả")
    used = word_paper(body="Nộp tại Bộ phận tiếp nhận và hoàn trả kết quả.")
    assert WarningCode.ABOLISHED_NAME not in [code for code, _ in doubts(acting, listed)]
    assert WarningCode.ABOLISHED_NAME in [code for code, _ in doubts(acting, used)]
