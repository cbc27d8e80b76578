"""A Word file is read as a reader of the page sees it."""

from __future__ import annotations

from qms.formats.docx.package import Package
from qms.formats.docx.reader import read_docx, read_package
from qms.formats.markdown import to_markdown
from qms.formats.text import Heading, Table
from tests.unit.formats import packages
from tests.unit.formats.packages import docx, numbered, para

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
TWO_LEVELS = """<w:numbering {ns}>
<w:abstractNum w:abstractNumId="7">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="7"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
</w:numbering>"""


def shown(body, **parts):
    return [block.shown for block in read_docx(docx(body, parts=parts)).blocks]


def test_automatic_numbers_stand_before_the_words():
    body = numbered("Mục đích") + numbered("nhỏ", level=1) + numbered("dấu", level=2) + numbered("Phạm vi")
    assert shown(body, numbering=TWO_LEVELS) == ["1. Mục đích", "1.a) nhỏ", "- dấu", "2. Phạm vi"]


def test_two_lists_of_one_definition_count_on_and_an_override_begins_anew():
    body = numbered("một") + numbered("hai", number=2) + numbered("bốn", number=3) + numbered("năm", number=3)
    assert shown(body, numbering=TWO_LEVELS) == ["1. một", "2. hai", "4. bốn", "5. năm"]


def test_a_deeper_level_begins_anew_below_each_item():
    body = numbered("A") + numbered("x", level=1) + numbered("B") + numbered("y", level=1)
    assert shown(body, numbering=TWO_LEVELS) == ["1. A", "1.a) x", "2. B", "2.a) y"]


def test_an_empty_numbered_paragraph_still_shows_its_number():
    assert shown(numbered("") + numbered("hai"), numbering=TWO_LEVELS) == ["1.", "2. hai"]


def test_a_list_in_a_style_numbers_its_paragraphs():
    styles = (
        '<w:styles {ns}><w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Muc"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    body = para("Mục đích", '<w:pStyle w:val="Muc"/>')
    assert shown(body, numbering=TWO_LEVELS, styles=styles) == ["1. Mục đích"]


def test_characters_are_mended_across_runs():
    body = "<w:p><w:r><w:t>quản l</w:t></w:r><w:r><w:t>\u200ey\u0301\u00a0nhà  nước</w:t></w:r></w:p>"
    assert shown(body) == ["quản lý nhà nước"]


def test_a_text_box_is_read_once_and_after_its_paragraph():
    box = "<w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>NỘI DUNG MẪU</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert shown(body) == ["NỘI DUNG MẪU", "trong khung"]


def test_merged_cells_cover_their_places():
    body = (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p/></w:tc>"
        f"<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{para('1 ngày')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{para('a')}</w:tc><w:tc>{para('b')}</w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>"
        "</w:tbl>"
    )
    (table,) = read_docx(docx(body)).blocks
    assert isinstance(table, Table)
    assert [[slot.cell.text for slot in row] for row in table.grid()] == [
        ["", "", "1 ngày"],
        ["a", "b", "1 ngày"],
    ]
    assert table.rows[0].cells[1].rowspan == 2


def test_soft_line_breaks_are_lines_and_page_breaks_are_not():
    body = '<w:p><w:r><w:t>Phó Giám đốc</w:t><w:br/><w:t>Sở Tư pháp</w:t><w:br w:type="page"/></w:r></w:p>'
    assert read_docx(docx(body)).blocks[0].shown_lines == ("Phó Giám đốc", "Sở Tư pháp")


def test_deleted_words_are_gone_inserted_ones_stay_and_it_is_told():
    body = (
        "<w:p><w:r><w:t>thời hạn </w:t></w:r><w:del><w:r><w:delText>05</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>03</w:t></w:r></w:ins><w:r><w:t> ngày</w:t></w:r></w:p>"
    )
    found = read_package(Package(docx(body)))
    assert found.text.plain() == "thời hạn 03 ngày"
    assert found.tracked_changes


def test_page_numbers_are_no_words():
    body = (
        '<w:p><w:r><w:t>Trang </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>13</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:fldSimple w:instr="NUMPAGES"><w:r><w:t>15</w:t></w:r></w:fldSimple></w:p>'
    )
    assert shown(body) == ["Trang"]


def test_the_result_of_another_field_is_words():
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF muc1</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>mục 5</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert shown(body) == ["mục 5"]


def test_a_heading_style_makes_a_heading_but_not_of_a_paragraph_of_prose():
    style = '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    styles = f"<w:styles {{ns}}>{style}</w:styles>"
    blocks = read_docx(
        docx(
            para("MỤC ĐÍCH", '<w:pStyle w:val="H1"/>') + para("lời " * 80, '<w:pStyle w:val="H1"/>'),
            parts={"styles": styles},
        )
    ).blocks
    assert [isinstance(block, Heading) for block in blocks] == [True, False]


def test_footnotes_follow_in_the_order_of_their_marks():
    notes = (
        "<w:footnotes {ns}><w:footnote w:id='-1'><w:p/></w:footnote>"
        f"<w:footnote w:id='5'>{para('chú thích')}</w:footnote></w:footnotes>"
    )
    body = "<w:p><w:r><w:t>Kính gửi</w:t></w:r><w:r><w:footnoteReference w:id='5'/></w:r></w:p>"
    text = read_docx(docx(body, parts={"footnotes": notes}))
    assert text.blocks[0].notes == ("1",)
    assert text.plain() == "Kính gửi\nchú thích"


def test_a_header_that_no_page_shows_is_kept_but_told_apart():
    body = (
        para("bài") + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:headerReference w:type="first" r:id="header2"/></w:sectPr>'
    )
    parts = {
        "header1": f"<w:hdr {{ns}}>{para('Tên quy trình: A')}</w:hdr>",
        "header2": f"<w:hdr {{ns}}>{para('không trang nào có')}</w:hdr>",
    }
    text = read_docx(docx(body, parts=parts))
    assert [one.text for one in text.running()] == ["Tên quy trình: A"]
    assert text.plain() == "bài\nTên quy trình: A\nkhông trang nào có"
    with_first = body.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    assert len(read_docx(docx(with_first, parts=parts)).running()) == 2


def test_a_footnote_of_an_empty_cell_or_of_a_heading_is_kept():
    style = '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    mark = "<w:r><w:footnoteReference w:id='{}'/></w:r>"
    body = (
        f"<w:tbl><w:tr><w:tc><w:p>{mark.format(1)}</w:p></w:tc></w:tr></w:tbl>"
        f"<w:p><w:pPr><w:pStyle w:val='H1'/></w:pPr><w:r><w:t>Mục đích</w:t></w:r>{mark.format(2)}</w:p>"
    )
    notes = "".join(f"<w:footnote w:id='{at}'>{para(f'chú thích {at}')}</w:footnote>" for at in (1, 2))
    parts = {
        "styles": f"<w:styles {{ns}}>{style}</w:styles>",
        "footnotes": f"<w:footnotes {{ns}}>{notes}</w:footnotes>",
    }
    assert read_docx(docx(body, parts=parts)).plain() == "Mục đích\nchú thích 1\nchú thích 2"


def test_a_picture_is_told_of_where_it_stands():
    drawing = (
        '<w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing>'
    )
    text = read_docx(docx(para("Lưu đồ:") + f"<w:p><w:r>{drawing}</w:r></w:p>"))
    assert [block.pictures for block in text.blocks] == [0, 1]
    assert to_markdown(text) == "Lưu đồ:\n\n*(Hình: xem trong tệp Word)*\n"


def test_the_words_of_a_diagram_are_read_where_it_stands():
    names = (
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    )
    drawing = f'<w:drawing><dgm:relIds {names} r:dm="diagramData1"/></w:drawing>'
    points = "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{words}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        for words in ("Tiếp nhận", "Thẩm định")
    )
    data = f"<dgm:dataModel {names}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>"
    body = para("Lưu đồ:") + f"<w:p><w:r>{drawing}</w:r></w:p>" + para("Ghi chú")
    text = read_docx(docx(body, parts={"diagramData1": data}))
    assert text.plain() == "Lưu đồ:\nTiếp nhận\nThẩm định\nGhi chú"


def test_the_strict_vocabulary_is_read_as_well(monkeypatch):
    monkeypatch.setattr(packages, "NAMESPACES", packages.NAMESPACES.replace(packages.W, STRICT))
    assert read_docx(docx(para("nghiêm ngặt"))).plain() == "nghiêm ngặt"
