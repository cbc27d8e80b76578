"""However a line is cut into runs, links and marks, an edit changes that line and no other byte."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from qms.formats.basis_edit import edit_lines
from qms.formats.reader import read
from qms.model.basis import LineEdit
from qms.model.enums import BasisAction
from tests.unit.formats.packages import docx, para

NEW = "Nghị định số 18/2026/NĐ-CP ngày 15/01/2026 của Chính phủ"
HEAD = para("1. MỤC ĐÍCH") + para("- Luật Hộ tịch năm 2014;") + para("i. Căn cứ pháp lý:")
FOOT = para("k. Quy trình xử lý công việc:") + para("- Luật Hộ tịch năm 2014;")
NAMES = (
    "Luật Hộ tịch năm 2014",
    "Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ",
    "Thông tư số 04/2020/TT-BTP quy định chi tiết Nghị định số 123/2015/NĐ-CP",
    "Nghị quyết số 06/2024/NQ-HĐND",
)
BETWEEN = (
    "",
    "<w:proofErr w:type='spellStart'/>",
    "<w:bookmarkStart w:id='5' w:name='_x'/><w:bookmarkEnd w:id='5'/>",
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>",
    "<w:r><w:lastRenderedPageBreak/></w:r>",
)
LOOKS = ("", "<w:b/>", "<w:i/><w:sz w:val='26'/>", "<w:rStyle w:val='Strong'/>")
WRAPS = (
    "{}",
    "<w:hyperlink r:id='x'>{}</w:hyperlink>",
    "<w:smartTag w:element='a'>{}</w:smartTag>",
    "{}",
    "{}",
)


@st.composite
def pieces(draw, words: str) -> str:
    """Return a paragraph that shows these words in runs cut anywhere."""
    if draw(st.booleans()):
        words = unicodedata.normalize("NFD", words)
    if draw(st.booleans()):
        words = words.replace(" ", "\u00a0", 2)
    cuts = sorted({0, len(words), *draw(st.lists(st.integers(0, len(words)), max_size=5))})
    runs = []
    for start, end in pairwise(cuts):
        text = words[start:end].replace("&", "&amp;")
        look = draw(st.sampled_from(LOOKS))
        run = f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"
        runs.append(draw(st.sampled_from(WRAPS)).format(run) + draw(st.sampled_from(BETWEEN)))
    return f"<w:p><w:pPr><w:spacing w:after='{draw(st.integers(0, 9))}'/></w:pPr>{''.join(runs)}</w:p>"


@st.composite
def bases(draw) -> tuple[list[str], list[str]]:
    """Return the names in a list of instruments, and their paragraphs."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
    lead = draw(st.sampled_from(["- ", "+ ", "{n}. ", "", "-"]))
    mark, last = draw(st.sampled_from([(";", "."), (";", ";"), ("", ""), ("; ", " .")]))
    lines = [
        f"{lead.format(n=n)}{name}{last if n == len(names) else mark}" for n, name in enumerate(names, 1)
    ]  # fmt: skip
    return names, [draw(pieces(line)) for line in lines]


def document(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


@settings(max_examples=250, deadline=None)
@given(basis=bases(), action=st.sampled_from(list(BasisAction)), place=st.integers(0, 3))
def test_any_cut_of_a_line_is_edited_and_nothing_else(basis, action, place):
    names, drawn = basis
    at = place % len(names)
    data = docx(HEAD + "".join(drawn) + FOOT)
    before = read(data, "a.docx").anatomy.legal_basis_lines
    assert list(before) == names
    after = edit_lines(data, "a.docx", [LineEdit(at, before[at], action, NEW)])
    wanted = list(names)
    if action is BasisAction.REPLACE:
        wanted[at] = NEW
    elif action is BasisAction.ADD_AFTER:
        wanted.insert(at + 1, NEW)
    else:
        del wanted[at]
    assert list(after.lines) == wanted, after.left
    xml = document(after.data)
    assert HEAD in xml and FOOT in xml
    untouched = [one for n, one in enumerate(drawn) if abs(n - at) > 1 and "{n}" not in one]
    if not re.search(r">\d\. ?", "".join(drawn)):
        assert all(one in xml for one in untouched if drawn.index(one) < at)
    assert xml.count("hidden") == "".join(
        one for n, one in enumerate(drawn) if action is not BasisAction.REMOVE or n != at
    ).count("hidden")
    assert not any(NEW in link for link in re.findall(r"<w:hyperlink.*?</w:hyperlink>", xml))
    assert xml.count("bookmarkStart") == xml.count("bookmarkEnd")
