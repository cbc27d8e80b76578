"""Links around citations in HTML, and everything else as it was."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from qms.citations import Citation, annotate, find


def link(citation: Citation) -> str | None:
    return f"/legal/{citation.key}?a=1&b=2" if citation.instrument else None


def marked(html: str) -> str:
    return annotate(html, find, link)


def test_a_citation_in_a_text_node_becomes_a_link_with_an_escaped_address() -> None:
    assert marked("<p>Theo 123/2015/NĐ-CP.</p>") == (
        '<p>Theo <a class="citation" href="/legal/123/2015/NĐ-CP?a=1&amp;b=2">123/2015/NĐ-CP</a>.</p>'
    )


def test_a_citation_without_address_is_a_span() -> None:
    assert marked("<li>Luật Hộ tịch</li>") == '<li><span class="citation">Luật Hộ tịch</span></li>'


def test_tags_attributes_comments_and_existing_links_stay_untouched() -> None:
    html = '<p title="123/2015/NĐ-CP"><a href="#">Luật Hộ tịch <b>2014</b></a><!-- 23/2015/NĐ-CP --></p>'
    assert marked(html) == html


def test_a_number_that_word_split_into_runs_is_one_citation_wrapped_piece_by_piece() -> None:
    assert marked("<p>Luật <b>Hộ tịch</b> năm 2014</p>") == (
        '<p><span class="citation">Luật </span><b><span class="citation">Hộ tịch</span></b>'
        '<span class="citation"> năm 2014</span></p>'
    )


def test_block_tags_part_citations() -> None:
    assert marked("<p>Luật Hộ</p><p>tịch</p>") == marked("<p>Luật Hộ</p>") + "<p>tịch</p>"


def test_entities_are_read_and_kept() -> None:
    assert marked("A &amp; B: Nghị định&nbsp;số 87/2020/NĐ-CP &lt; C") == (
        'A &amp; B: <a class="citation" href="/legal/87/2020/NĐ-CP?a=1&amp;b=2">Nghị định&nbsp;số 87/2020/NĐ-CP</a>'
        " &lt; C"
    )


def test_an_address_cannot_break_out_of_its_attribute() -> None:
    html = annotate("Luật Hộ tịch", find, lambda _: '"><script>')
    assert "<script>" not in html


def test_entities_and_a_tag_that_never_closes_are_copied_as_they_were() -> None:
    html = "&amp;&#272;&nope; Luật Hộ&nbsp;tịch &lt; <a title='>' href=\"x"
    assert marked(html) == (
        '&amp;&#272;&nope; <span class="citation">Luật Hộ&nbsp;tịch</span> &lt; <a title=\'>\' href="x'
    )


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        '<a href="x">',
        "</a>",
        "<",
        "&amp;",
        "&#272;",
        "Luật ",
        "Hộ tịch",
        " năm 2014",
        "<br>",
        "123/2015/NĐ-CP",
        "Điều 5 ",
        '<i class="',
        "<!--",
        "-->",
        "x",
        ">",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_taking_the_marks_out_gives_back_the_input(html: str) -> None:
    out = annotate(html, find, lambda _: None)
    assert re.sub(r'<span class="citation">(.*?)</span>', r"\1", out, flags=re.DOTALL) == html
