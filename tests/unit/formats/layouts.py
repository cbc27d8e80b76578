"""Word papers laid out as other offices lay them out (``domain.md`` §2.2, §2.3); plainly invented."""

from __future__ import annotations

from tests.unit.formats.packages import docx, numbered, para

BOLD = "<w:b/>"
CENTRED = '<w:jc w:val="center"/>'
ROMAN = """<w:numbering {ns}><w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""
DECIMAL = """<w:numbering {ns}><w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""
HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{level}"><w:name w:val="heading {level}"/><w:pPr><w:numPr>'
    f'<w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    for level in (1, 2)
)
STYLES = f"<w:styles {{ns}}>{HEADINGS}</w:styles>"
SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'


def cell(words: str, across: int = 1, down: str = "") -> str:
    """Return a cell; ``down`` is ``restart`` or ``continue`` for one that is merged with others above or below."""
    merged = f'<w:vMerge w:val="{down}"/>' if down else ""
    inside = "".join(map(para, words.split("\n")))
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{across}"/>{merged}</w:tcPr>{inside}</w:tc>'


def table(*rows: list[str]) -> str:
    """Return a table; a cell is words, or XML made by ``cell``."""
    shown = ("".join(one if one.startswith("<w:tc>") else cell(one) for one in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in shown)}</w:tbl>"


def head(words: str, level: int = 0) -> str:
    """Return a bold paragraph in the automatic list of the paper."""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return para(words, listed, BOLD)


def styled(words: str, level: int) -> str:
    """Return a paragraph in a heading style that numbers itself."""
    return para(words, f'<w:pStyle w:val="H{level}"/>')


def district_in_roman() -> bytes:
    """A district's paper: one cover cell, amendments by day, a distribution grid, Roman sections numbered by Word."""
    body = (
        table(
            [
                "UBND HUYỆN MẪU",
                "QUY TRÌNH\nTiếp nhận và xử lý văn bản đến",
                "Mã số QT01 ISO\nBan hành lần: 01\nNgày: 30/10/2018",
            ]
        )
        + para("(Ban hành kèm theo Quyết định số2956/QĐ-UBND ngày 30/10/2018)", CENTRED)
        + para("THEO DÕI TÌNH TRẠNG SỬA ĐỔI", CENTRED, BOLD)
        + table(
            [
                "Ngày tháng",
                "Trang/Phần liên quan việc sửa đổi",
                "Mô tả nội dung thay đổi",
                "Lần ban hành/sửa đổi",
            ],
            ["15/3/2019", "Mục IV", "Bổ sung văn bản điện tử", "01/01"],
            ["", "", "", ""],
        )
        + para("PHÂN PHỐI TÀI LIỆU", CENTRED, BOLD)
        + table(["TT", "Nơi nhận", "TT", "Nơi nhận"], ["1", "Lãnh đạo UBND", "2", "Văn phòng"])
        + table(
            ["", "Soạn thảo", "Kiểm tra", "Phê duyệt"],
            ["Họ tên", "", "", ""],
            ["Chức vụ", "Văn thư", "Chánh Văn phòng", "Chủ tịch"],
        )
        + head("MỤC ĐÍCH")
        + para("Thống nhất cách tiếp nhận văn bản đến.")
        + head("PHẠM VI ÁP DỤNG")
        + para("Văn phòng.")
        + head("TÀI LIỆU VIỆN DẪN")
        + para("- Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 về công tác văn thư;")
        + head("NỘI DUNG")
        + numbered("Tiếp nhận", level=1)
        + table(
            ["Bước", "Nội dung công việc", "Người thực hiện", "Thời gian"],
            ["1", "Tiếp nhận văn bản", "Văn thư", "15 phút"],
            ["2", "Trình lãnh đạo", "Văn thư", "01 giờ"],
            ["3", "Chuyển xử lý", "Lãnh đạo UBND", "04 giờ"],
        )
        + head("HỒ SƠ LƯU")
        + table(["TT", "Tên hồ sơ", "Nơi lưu", "Thời gian lưu"], ["1", "Sổ văn bản đến", "Văn thư", "10 năm"])
    )
    return docx(body, parts={"numbering": ROMAN})


def office_with_running_header() -> bytes:
    """An enforcement office's paper: labels beside values, a day missing on the cover, another month in the header."""
    cover = table(
        [
            cell("CHI CỤC THI HÀNH ÁN DÂN SỰ\nHUYỆN MẪU", down="restart"),
            cell("QUY TRÌNH\nQUẢN LÝ RỦI RO", down="restart"),
            "MÃ HIỆU",
            "QT.ISO.02",
        ],
        [cell("", down="continue"), cell("", down="continue"), "LẦN BAN HÀNH", "01"],
        [cell("", down="continue"), cell("", down="continue"), "NGÀY BAN HÀNH", "/07/2021"],
    )
    header = table(["Mã hiệu: QT.ISO.02", "Ngày ban hành: 15/06/2021", "Lần ban hành: 02", "Trang: 2/11"])
    body = (
        cover
        + table(
            ["SOẠN THẢO", "SOÁT XÉT", "PHÊ DUYỆT"], ["Chuyên viên", "Phó Chi cục trưởng", "Chi cục trưởng"]
        )
        + para("SỬA ĐỔI TÀI LIỆU", CENTRED, BOLD)
        + table(
            [
                "Yêu cầu sửa đổi/bổ sung",
                "Trang/Phần liên quan",
                "Mô tả nội dung sửa đổi",
                "Lần sửa đổi",
                "Ngày sửa đổi",
            ],
            ["Kết luận kiểm tra", "Mục 5", "Thêm bước đánh giá lại", "01", "01/9/2021"],
        )
        + "".join(
            para(words, run=BOLD)
            for words in ("1. MỤC ĐÍCH", "2. PHẠM VI ÁP DỤNG", "3. THUẬT NGỮ, ĐỊNH NGHĨA", "4. NỘI DUNG")
        )
        + table(
            ["Bước", "Lưu đồ", "Trách nhiệm", "Mô tả công việc", "Biểu mẫu"],
            ["B1", "", "Các phòng", "Nhận diện rủi ro", "BM.ISO.02.01"],
            ["B2", "", "Tổ ISO", "Phân tích, đánh giá", "BM.ISO.02.02"],
        )
        + para("5. HỒ SƠ", run=BOLD)
        + table(
            ["STT", "Tên hồ sơ", "Mã hiệu", "Nơi lưu trữ", "Thời gian lưu"],
            ["1", "Bảng nhận diện rủi ro", "BM.ISO.02.01", "Tổ ISO", "03 năm"],
        )
        + SECTION
    )
    return docx(body, parts={"header1": f"<w:hdr {{ns}}>{header}</w:hdr>"})


def commune_in_headings() -> bytes:
    """A commune's paper in heading styles numbered by Word, 5.1 to 5.7, results beside the steps, merged times."""
    body = (
        table(
            [
                cell("UBND PHƯỜNG MẪU", down="restart"),
                cell("QUY TRÌNH\nChứng thực chữ ký", down="restart"),
                "Ký hiệu: QT-TP-01",
            ],
            [cell("", down="continue"), cell("", down="continue"), "Lần ban hành: 02 Lần sửa đổi: 01"],
            [cell("", down="continue"), cell("", down="continue"), "Ngày hiệu lực: 01/8/2025"],
        )
        + table(
            ["Người viết", "Người kiểm tra", "Người phê duyệt"],
            ["Chức danh: Công chức", "Chức danh: Trưởng phòng", "Chức danh: Chủ tịch"],
        )
        + para("BẢNG THEO DÕI SỬA ĐỔI", CENTRED, BOLD)
        + table(
            ["Lần sửa đổi", "Nội dung sửa đổi", "Ngày"], ["01", "Đổi thời hạn", "15/7/2025"], ["", "", ""]
        )
        + styled("Mục đích", 1)
        + para("Thống nhất.")
        + styled("Phạm vi", 1)
        + para("Phường.")
        + styled("Tài liệu viện dẫn", 1)
        + styled("Định nghĩa, viết tắt", 1)
        + styled("Nội dung quy trình", 1)
        + styled("Cơ sở pháp lý", 2)
        + para("- Luật Hộ tịch số 60/2014/QH13;")
        + para("- Nghị định số 23/2015/NĐ-CP ngày 16/02/2015;")
        + styled("Thành phần hồ sơ", 2)
        + para("- Giấy tờ cần chứng thực.")
        + styled("Số lượng hồ sơ", 2)
        + para("01 bộ")
        + styled("Thời gian xử lý", 2)
        + para("02 ngày làm việc.")
        + styled("Nơi tiếp nhận và trả kết quả", 2)
        + para("Trung tâm Phục vụ hành chính công.")
        + styled("Lệ phí", 2)
        + para("10.000 đồng/trường hợp.")
        + styled("Quy trình xử lý công việc", 2)
        + table(
            [
                cell("TT", down="restart"),
                cell("Trình tự", down="restart"),
                cell("Trách nhiệm", down="restart"),
                cell("Thời gian", across=2),
                cell("Biểu mẫu/Kết quả", down="restart"),
            ],
            [
                cell("", down="continue"),
                cell("", down="continue"),
                cell("", down="continue"),
                "Bình thường",
                "Xác minh",
                cell("", down="continue"),
            ],
            ["B1", "Nộp hồ sơ", "Công dân", cell("½ ngày", down="restart"), "01 ngày", "BM.TP.01.01"],
            ["B2", "Kiểm tra", "Công chức", cell("", down="continue"), "01 ngày", ""],
            ["", "Trường hợp không đủ thì trả lại", "Công chức", "½ ngày", "½ ngày", "BM.TP.01.02"],
            ["B3", "Ký chứng thực", "Lãnh đạo", "01 ngày", "01 ngày", "Chữ ký được chứng thực"],
        )
        + styled("Biểu mẫu", 1)
        + table(
            ["TT", "Mã hiệu", "Tên biểu mẫu"],
            ["1", "BM.TP.01.01", "Giấy tiếp nhận hồ sơ"],
            ["2", "BM.TP.01.02", "Phiếu từ chối"],
        )
        + styled("Hồ sơ cần lưu", 1)
        + table(
            ["TT", "Hồ sơ lưu", "Trách nhiệm lưu", "Thời gian lưu"],
            ["1", "Sổ chứng thực", "Công chức", "Lâu dài"],
        )
        + para("BM.TP.01.01")
        + para("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", CENTRED, BOLD)
        + para("Độc lập - Tự do - Hạnh phúc", CENTRED)
        + para("GIẤY TIẾP NHẬN HỒ SƠ", CENTRED, BOLD)
        + para("Họ và tên: .....")
    )
    return docx(body, parts={"numbering": DECIMAL, "styles": STYLES})


def province_in_one_line() -> bytes:
    """A province's paper: cover without table, steps in hours with a total row, legal basis among the references."""
    body = (
        para("UBND TỈNH MẪU", CENTRED, BOLD)
        + para("SỞ XÂY DỰNG", CENTRED, BOLD)
        + para("QUY TRÌNH", CENTRED, BOLD)
        + para("CẤP GIẤY PHÉP XÂY DỰNG NHÀ Ở RIÊNG LẺ", CENTRED, BOLD)
        + para("Mã hiệu: QT.LĐ.03 - Lần ban hành: 3 - Ngày ban hành: 05 tháng 9 năm 2025", CENTRED)
        + para("A. MỤC ĐÍCH", run=BOLD)
        + para("B. PHẠM VI ÁP DỤNG", run=BOLD)
        + para("C. TÀI LIỆU VIỆN DẪN", run=BOLD)
        + para("1. Luật Xây dựng số 50/2014/QH13;")
        + para("2. Nghị định số 175/2024/NĐ-CP ngày 30/12/2024.")
        + para("D. NỘI DUNG QUY TRÌNH", run=BOLD)
        + table(
            [
                "Các bước",
                "Nội dung công việc",
                "Thời gian thực hiện (giờ làm việc)",
                "Người thực hiện",
                "Sản phẩm",
            ],
            ["Bước 1", "Tiếp nhận", "4", "Chuyên viên một cửa", "Phiếu hẹn"],
            ["Bước 2", "Thẩm định", "84", "Chuyên viên", "Dự thảo"],
            [cell("Tổng cộng", across=2), "88", "", ""],
        )
        + para("E. HỒ SƠ LƯU TRỮ", run=BOLD)
        + para("Hồ sơ cấp phép lưu tại Phòng Quản lý xây dựng, thời gian lưu 20 năm.")
    )
    return docx(body)
