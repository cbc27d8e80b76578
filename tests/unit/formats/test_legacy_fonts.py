"""Words in fonts older than Unicode are read as they look."""

from __future__ import annotations

import pytest

from qms.formats.docx.legacy import Legacy, legacy_of, to_unicode
from qms.formats.docx.reader import read_docx
from qms.formats.reader import read
from qms.model.enums import WarningCode
from tests.unit.formats.packages import docx, para

VN_TIME = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
VN_CAPITALS = '<w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/>'
VNI_TIMES = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'


@pytest.mark.parametrize(
    ("legacy", "stored", "shown"),
    [
        (Legacy.TCVN3, "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        (Legacy.TCVN3, "§¨ng ký khai sinh, quyÕt ®Þnh, thñ tôc", "Đăng ký khai sinh, quyết định, thủ tục"),
        (Legacy.TCVN3_CAPITALS, "quy tr×nh", "QUY TRÌNH"),
        (Legacy.VNI, "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (Legacy.VNI, "Ñoäc laäp - Töï do - Haïnh phuùc, ñaêng kyù", "Độc lập - Tự do - Hạnh phúc, đăng ký"),
        (Legacy.VNI, "tröôøng hôïp, thuû tuïc, ñòa ñieåm, tyû leä", "trường hợp, thủ tục, địa điểm, tỷ lệ"),
    ],
)
def test_old_codes_become_what_their_fonts_show(legacy, stored, shown):
    assert to_unicode(stored, legacy) == shown


def test_a_font_is_known_by_its_name():
    names = (".VnTime", ".VnArialH", "VNI-Times", "Times New Roman", "Vni Sans Pro")
    assert [legacy_of(name) for name in names] == [
        Legacy.TCVN3,
        Legacy.TCVN3_CAPITALS,
        Legacy.VNI,
        None,
        Legacy.VNI,
    ]


def test_words_are_converted_by_the_font_of_run_style_and_default():
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{VN_TIME}</w:rPr></w:rPrDefault></w:docDefaults>"
    style = (
        '<w:style w:type="paragraph" w:styleId="VNI"><w:name w:val="VNI"/>'
        f"<w:rPr>{VNI_TIMES}</w:rPr></w:style>"
    )
    body = (
        para("quy tr×nh", run=VN_CAPITALS)
        + para("Thñ tôc hµnh chÝnh")
        + para("Thuû tuïc haønh chính", '<w:pStyle w:val="VNI"/>')
    )
    parts = {"styles": f"<w:styles {{ns}}>{defaults}{style}</w:styles>"}
    assert read_docx(docx(body, parts=parts)).plain() == "QUY TRÌNH\nThủ tục hành chính\nThủ tục hành chính"


def test_words_that_are_unicode_under_an_old_name_stay_as_they_are():
    body = para("Đơn đăng ký nhận nuôi con nuôi", run=VN_TIME) + para("các bên", run=VN_TIME)
    assert read_docx(docx(body)).plain() == "Đơn đăng ký nhận nuôi con nuôi\ncác bên"


def test_letters_that_could_be_either_go_with_the_rest_of_the_file():
    body = (
        para("Thñ tôc hµnh chÝnh", run=VN_TIME)
        + para("sè ®iÖn tho¹i cò", run=VN_TIME)
        + para("cò", run=VN_TIME)
    )
    assert read_docx(docx(body)).plain() == "Thủ tục hành chính\nsố điện thoại cũ\ncũ"


def test_a_letter_and_its_mark_in_two_runs_and_the_soft_hyphen_of_word_are_read():
    vni = "".join(f"<w:r><w:rPr>{VNI_TIMES}</w:rPr><w:t>{part}</w:t></w:r>" for part in ("To", "å chöùc"))
    soft = (
        f"<w:r><w:rPr>{VN_TIME}</w:rPr><w:t>Tr</w:t><w:softHyphen/><w:t>ëng phßng</w:t></w:r>"
        f"<w:r><w:rPr>{VN_TIME}</w:rPr><w:t> t­ ph¸p</w:t></w:r>"
    )
    assert read_docx(docx(f"<w:p>{vni}</w:p><w:p>{soft}</w:p>")).plain() == "Tổ chức\nTrưởng phòng tư pháp"


def test_a_conversion_is_told_and_words_without_their_font_are_refused_clearly():
    converted = read(docx(para("Thñ tôc hµnh chÝnh", run=VN_TIME)), "a.docx")
    assert WarningCode.CHARACTERS_MENDED in [doubt.code for doubt in converted.warnings]
    unknown = read(docx(para("Thñ tôc hµnh chÝnh cña Uû ban nh©n d©n x·, quyÕt ®Þnh sè t¸m")), "a.docx")
    assert WarningCode.LEGACY_CHARACTERS in [doubt.code for doubt in unknown.warnings]
    plain = read(docx(para("Thủ tục hành chính, ½ ngày, 5µm, «A»")), "a.docx")
    codes = [doubt.code for doubt in plain.warnings]
    assert WarningCode.LEGACY_CHARACTERS not in codes
    assert WarningCode.CHARACTERS_MENDED not in codes


def test_a_header_in_an_old_font_over_a_body_in_unicode_is_converted():
    body = (
        para("Thủ tục hành chính")
        + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    )
    header = f"<w:hdr {{ns}}>{para('UÛy ban nhaân daân', run=VNI_TIMES)}</w:hdr>"
    assert read_docx(docx(body, parts={"header1": header})).plain() == "Thủ tục hành chính\nỦy ban nhân dân"


def test_a_header_whose_letters_could_be_either_goes_with_the_body():
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    body = para("Thñ tôc hµnh chÝnh", run=VN_TIME) + section
    header = f"<w:hdr {{ns}}>{para('cò', run=VN_TIME)}</w:hdr>"
    assert read_docx(docx(body, parts={"header1": header})).plain() == "Thủ tục hành chính\ncũ"
