"""Markdown derived from Word keeps every word; Markdown written here is read as well as Word."""

from __future__ import annotations

import pytest

from qms.formats.frontmatter import split
from qms.formats.html import render
from qms.formats.markdown import check_bounds, from_markdown, to_markdown
from qms.formats.reader import read
from qms.formats.refusals import BadFrontMatter, MarkdownTooComplex
from qms.model.enums import WarningCode
from tests.unit.formats.builders import cell, h, p, table, text

MASTER = """---
code: QT-01
title: Quy trình kiểm soát tài liệu
issue: 2
issue_date: 2026-06-15
---
# QUY TRÌNH KIỂM SOÁT TÀI LIỆU

## 1. MỤC ĐÍCH

Tài liệu **đúng**, xem [cổng](https://a.vn).

## 2. PHẠM VI

| TT | Việc |
|---|---|
| 1 | Soạn<br>thảo |
"""


def test_typed_numbers_and_marks_stay_as_printed():
    markdown = to_markdown(text(p("1. Tiếp nhận"), p("- Phù hợp"), p("+ Không"), p("a*b_c [x] <y>")))
    assert "1\\. Tiếp nhận" in markdown
    html = render(markdown)
    for words in ("<p>1. Tiếp nhận</p>", "<p>- Phù hợp</p>", "<p>+ Không</p>", "a*b_c [x] &lt;y&gt;"):
        assert words in html


def test_sections_of_a_word_document_become_headings():
    markdown = to_markdown(
        text(
            p("MỤC LỤC"), p("MỤC ĐÍCH"), table(["x"]), p("1. MỤC ĐÍCH", bold=True), p("2. PHẠM VI", bold=True)
        )
    )
    assert "\n## 1. MỤC ĐÍCH\n" in markdown
    assert markdown.count("## ") == 2


def test_a_table_keeps_its_cells_lines_and_pipes():
    markdown = to_markdown(text(table(["TT", "Việc|ai"], ["1", cell("Soạn\nthảo")])))
    assert markdown == "| TT | Việc\\|ai |\n|---|---|\n| 1 | Soạn<br>thảo |\n"


def test_words_survive_the_way_into_markdown_and_back():
    before = text(
        h(1, "QUY TRÌNH"),
        p("5. NỘI DUNG", bold=True),
        p("- 8.000 đồng/bản * 2_a"),
        table(["a", "b|c"], ["d", ""]),
    )
    assert from_markdown(to_markdown(before)).plain().split() == before.plain().split()


def test_front_matter_holds_and_its_differences_are_told():
    reading = read(MASTER.replace("Quy trình kiểm soát tài liệu", "Kiểm soát hồ sơ").encode(), "qt.md")
    assert (reading.anatomy.code, reading.anatomy.title, reading.anatomy.issue_number) == (
        "QT-01",
        "Kiểm soát hồ sơ",
        "02",
    )
    assert WarningCode.HEADER_TITLE_CONFLICT in [doubt.code for doubt in reading.warnings]


def test_a_markdown_master_has_sections_and_plain_words():
    reading = read(MASTER.encode(), "qt.md")
    assert [one.title for one in reading.anatomy.sections] == ["MỤC ĐÍCH", "PHẠM VI"]
    assert "Tài liệu đúng, xem cổng." in reading.plain
    assert reading.markdown == MASTER


@pytest.mark.parametrize("head", ["a: &x [1]\nb: *x", "a: [", "- một\n- hai", "!!python/object:os.system x"])
def test_front_matter_that_is_not_plain_is_refused(head):
    with pytest.raises(BadFrontMatter):
        split(f"---\n{head}\n---\nbài")


def test_text_without_front_matter_is_all_body():
    assert split("# Tên\n\n---\n") == ({}, "# Tên\n\n---\n")


@pytest.mark.parametrize(
    "markdown",
    ["a" * 200_001, "[" * 501, "> " * 21 + "x", " " * 90 + "- x", "<div>" * 200, "*" * 2_001, "a\0b"],
)
def test_markdown_beyond_the_bounds_is_refused_before_it_is_parsed(markdown):
    with pytest.raises(MarkdownTooComplex):
        check_bounds(markdown)


def test_many_breaks_in_a_long_table_are_within_bounds():
    check_bounds("| a<br>b<br>c |\n" * 200)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](//evil.example/a)",
        "[x](\\\\evil.example)",
        "<a href='java\tscript:alert(1)'>x</a>",
        "<img src=x onerror=alert(1)>",
        "<a href='#' onclick='x()' style='color:red'>x</a>",
        "<ins>giả</ins>",
        "<div id='content' class='admin'>x</div>",
    ],
)
def test_nothing_hostile_passes_the_renderer(hostile):
    html = render(hostile)
    for sign in ("script", "evil", "onerror", "onclick", "style", "<ins", "<img", "id=", "admin"):
        assert sign not in html


def test_anchors_know_d_with_stroke_and_footnotes_work():
    html = render("## Đối tượng\n\nKính gửi[^1]\n\n[^1]: Ghi tên.\n")
    assert '<h2 id="muc-doi-tuong">' in html
    assert 'href="#fn:1"' in html
    assert 'id="fn:1"' in html


def test_breaks_in_cells_stay():
    assert "<td>a<br>b</td>" in render("| x |\n|---|\n| a<br>b |\n")
