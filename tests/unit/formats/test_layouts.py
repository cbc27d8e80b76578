"""Layouts of other agencies (``domain.md`` §2.2): covers, codes and step tables that are not the Cần Thơ ones."""

from __future__ import annotations

from datetime import date

from qms.formats.anatomy import read_anatomy
from qms.model.enums import DocumentType, WarningCode
from tests.unit.formats.builders import cell, h, p, table, text


def codes(anatomy):
    return [doubt.code for doubt in anatomy.warnings]


def test_a_cover_with_labels_beside_their_values_is_read():
    anatomy = read_anatomy(
        text(
            table(
                [
                    cell("CHI CỤC THI HÀNH ÁN\nXÃ MẪU", down=3),
                    cell("QUY TRÌNH\nQUẢN LÝ RỦI RO", down=3),
                    "MÃ HIỆU",
                    "QT.ISO.02",
                ],
                ["LẦN BAN HÀNH", "01"],
                ["NGÀY BAN HÀNH", "05.7.2021"],
            ),
            p("1. MỤC ĐÍCH", bold=True),
            p("Quản lý rủi ro."),
            p("2. PHẠM VI", bold=True),
            p("Toàn cơ quan."),
        )
    )
    assert anatomy.code == "QT.ISO.02"
    assert anatomy.title == "QUẢN LÝ RỦI RO"
    assert anatomy.issuer == "CHI CỤC THI HÀNH ÁN XÃ MẪU"
    assert (anatomy.issue_number, anatomy.issue_date) == ("01", date(2021, 7, 5))


def test_a_date_without_its_day_is_no_date_and_says_so():
    anatomy = read_anatomy(
        text(table(["MÃ HIỆU QT.ISO.02"], ["LẦN BAN HÀNH 01"], ["NGÀY BAN HÀNH /07/2021"]))
    )
    assert anatomy.issue_date is None
    assert WarningCode.NO_DATE in codes(anatomy)


def test_roman_sections_and_short_labels_are_read():
    anatomy = read_anatomy(
        text(
            table(
                [
                    "UBND HUYỆN MẪU",
                    "QUY TRÌNH\nKiểm soát tài liệu",
                    "Mã số QT01 ISO\nBan hành lần: 01\nNgày: 30/10/2018",
                ],
            ),
            p("THEO DÕI TÌNH TRẠNG SỬA ĐỔI", bold=True),
            table(
                [
                    "Ngày tháng",
                    "Trang/Phần liên quan việc sửa đổi",
                    "Mô tả nội dung thay đổi",
                    "Lần ban hành/sửa đổi",
                ],
                ["02/01/2019", "Mục III", "Bổ sung phân phối bản mềm", "01/01"],
                ["", "", "", ""],
            ),
            p("(Ban hành kèm theo Quyết định số2956/QĐ-UBND ngày 30/10/2018)"),
            p("I. MỤC ĐÍCH", bold=True),
            p("II. PHẠM VI ÁP DỤNG", bold=True),
            p("III. TÀI LIỆU VIỆN DẪN", bold=True),
            p("- Tiêu chuẩn TCVN ISO 9001:2015"),
            p("IV. NỘI DUNG", bold=True),
        )
    )
    assert (anatomy.code, anatomy.title) == ("QT01 ISO", "Kiểm soát tài liệu")
    assert (anatomy.issue_number, anatomy.issue_date) == ("01", date(2018, 10, 30))
    assert [(one.number, one.title) for one in anatomy.sections] == [
        ("I", "MỤC ĐÍCH"),
        ("II", "PHẠM VI ÁP DỤNG"),
        ("III", "TÀI LIỆU VIỆN DẪN"),
        ("IV", "NỘI DUNG"),
    ]
    assert [row.summary for row in anatomy.revision_rows] == ["Bổ sung phân phối bản mềm"]


ONE_BIG_TABLE = table(
    ["5.1", cell("Cơ sở pháp lý", across=4)],
    [
        "",
        cell("- Luật Cư trú năm 2020;\n- Nghị định số 62/2021/NĐ-CP ngày 29/6/2021 của Chính phủ.", across=4),
    ],
    ["5.2", cell("Thành phần hồ sơ", across=2), "Bản chính", "Bản sao"],
    ["-", cell("Tờ khai thay đổi thông tin cư trú", across=2), "x", ""],
    ["5.3", cell("Số lượng hồ sơ: 01 bộ", across=4)],
    ["5.4", cell("Thời gian xử lý", across=4)],
    ["", cell("02 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.", across=4)],
    ["5.5", cell("Lệ phí", across=4)],
    ["", cell("Không", across=4)],
    ["5.6", cell("Quy trình xử lý công việc", across=4)],
    ["TT", "Trình tự", "Trách nhiệm", "Thời gian", "Biểu mẫu/Kết quả"],
    ["B1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "0,5 ngày", "BM.CT.01.01"],
    ["B2", "Thẩm định", "Công an xã", "1 ngày", "Phiếu kiểm soát"],
    ["B3", "Trả kết quả", "Bộ phận Một cửa", "½ ngày", "Sổ theo dõi"],
)


def numbered_in_a_table():
    return text(
        table(
            [cell("UBND XÃ MẪU", down=3), cell("QUY TRÌNH\nĐăng ký tạm trú", down=3), "Mã hiệu: QT-01/CA"],
            ["Lần ban hành: 02"],
            ["Ngày ban hành: 15/8/2025"],
        ),
        table(
            ["Trách nhiệm", "Người viết", "Người kiểm tra", "Người phê duyệt"],
            ["Họ và tên", "Nguyễn Văn A", "Trần Thị B", "Lê Văn C"],
            ["Chức vụ", "Công chức", "Phó Chủ tịch", "Chủ tịch"],
        ),
        p("1. MỤC ĐÍCH", bold=True),
        p("2. PHẠM VI", bold=True),
        p("3. TÀI LIỆU VIỆN DẪN", bold=True),
        p("- Các văn bản đề cập tại mục 5.1"),
        p("4. ĐỊNH NGHĨA/VIẾT TẮT", bold=True),
        p("5. NỘI DUNG QUY TRÌNH", bold=True),
        ONE_BIG_TABLE,
        p("6. BIỂU MẪU", bold=True),
        table(
            ["TT", "Mã hiệu", "Tên biểu mẫu"],
            ["1", "BM.CT.01.01", "Giấy tiếp nhận hồ sơ"],
            ["2", "", "Sổ theo dõi hồ sơ"],
        ),
        p("7. HỒ SƠ LƯU", bold=True),
        table(
            ["TT", "Hồ sơ lưu", "Bộ phận lưu trữ", "Thời gian lưu"], ["1", "Tờ khai", "Công an xã", "5 năm"]
        ),
    )


def test_a_procedure_inside_one_big_table_is_unfolded():
    anatomy = read_anatomy(numbered_in_a_table())
    assert anatomy.code == "QT-01/CA"
    assert [one.number for one in anatomy.sections] == ["1", "2", "3", "4", "5", "6", "7"]
    assert anatomy.legal_basis_lines == (
        "Luật Cư trú năm 2020",
        "Nghị định số 62/2021/NĐ-CP ngày 29/6/2021 của Chính phủ",
    )
    assert anatomy.time_limit == "02 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ."
    assert anatomy.fee == "Không"
    assert [(one.no, one.responsible, one.time, one.result) for one in anatomy.steps] == [
        ("B1", "Bộ phận Một cửa", "0,5 ngày", "BM.CT.01.01"),
        ("B2", "Công an xã", "1 ngày", "Phiếu kiểm soát"),
        ("B3", "Bộ phận Một cửa", "½ ngày", "Sổ theo dõi"),
    ]
    assert anatomy.forms == ("Giấy tiếp nhận hồ sơ", "Sổ theo dõi hồ sơ")
    assert [(one.name, one.keeper, one.retention) for one in anatomy.records] == [
        ("Tờ khai", "Công an xã", "5 năm")
    ]
    assert (anatomy.drafted_by_role, anatomy.reviewed_by_role, anatomy.approved_by_role) == (
        "Công chức",
        "Phó Chủ tịch",
        "Chủ tịch",
    )
    assert codes(anatomy) == []


def test_the_header_of_the_pages_is_the_cover_where_there_is_no_other():
    anatomy = read_anatomy(
        text(
            p("1. MỤC ĐÍCH", bold=True),
            p("2. PHẠM VI", bold=True),
            headers=(
                table(
                    [cell("UBND XÃ MẪU", down=3), cell("QUY TRÌNH\nTiếp công dân", down=3), "Mã hiệu: QT-05"],
                    ["Lần ban hành: 01"],
                    ["Ngày ban hành: 01/8/2025"],
                ),
            ),
        )
    )
    assert (anatomy.code, anatomy.title, anatomy.issue_date) == ("QT-05", "Tiếp công dân", date(2025, 8, 1))


def test_issue_and_revision_number_behind_one_label_are_parted():
    anatomy = read_anatomy(
        text(table(["Mã hiệu: QT-07"], ["Lần ban hành/Lần sửa đổi: 02/01"], ["Ngày ban hành: 01/8/2025"]))
    )
    assert (anatomy.issue_number, anatomy.revision_number) == ("02", "01")


def test_an_internal_form_is_a_form():
    anatomy = read_anatomy(
        text(
            table(
                [
                    "UBND XÃ MẪU",
                    "PHIẾU ĐỀ NGHỊ SỬA ĐỔI TÀI LIỆU",
                    "Mã hiệu: BM.01.01\nLần ban hành: 01\nNgày ban hành: 01/8/2025",
                ]
            ),
            p("Kính gửi: ........"),
        )
    )
    assert anatomy.type is DocumentType.FORM
    assert anatomy.title == "PHIẾU ĐỀ NGHỊ SỬA ĐỔI TÀI LIỆU"


def test_plain_word_with_heading_styles_has_sections_and_doubts():
    anatomy = read_anatomy(
        text(h(1, "Hướng dẫn sử dụng máy quét"), h(2, "Chuẩn bị"), p("Bật máy."), h(2, "Quét"), p("Bấm nút."))
    )
    assert anatomy.title == "Hướng dẫn sử dụng máy quét"
    assert anatomy.type is DocumentType.INSTRUCTION
    assert [one.title for one in anatomy.sections] == ["Chuẩn bị", "Quét"]
    assert set(codes(anatomy)) == {WarningCode.NO_CODE, WarningCode.NO_DATE, WarningCode.NO_ISSUE_NUMBER}


def test_an_empty_text_has_only_doubts():
    anatomy = read_anatomy(text())
    assert anatomy.code is None
    assert WarningCode.NO_TITLE in codes(anatomy)


def test_a_national_procedure_code_is_never_taken_for_a_document_code():
    anatomy = read_anatomy(text(p("Mã số: 1.001193"), p("Lần ban hành: 01"), p("Ngày ban hành: 01/8/2025")))
    assert anatomy.code is None
    assert anatomy.tthc_codes == ("1.001193",)


def test_an_annex_in_hours_has_title_national_code_and_agency_but_no_invented_total():
    anatomy = read_anatomy(
        text(
            p("PHỤ LỤC II", bold=True),
            p(
                "QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH THUỘC THẨM QUYỀN CỦA SỞ TÀI CHÍNH TỈNH MẪU",
                bold=True,
            ),
            p("(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2026 của Chủ tịch UBND tỉnh)", bold=True),
            p("I. LĨNH VỰC HÓA CHẤT", bold=True),
            p("1. Cấp giấy phép sản xuất hóa chất (Mã TTHC: 2.001234)", bold=True),
            p("- Tổng thời hạn giải quyết: 40 giờ làm việc"),
            table(
                [
                    "TT",
                    "Các bước thực hiện",
                    "Đơn vị, người thực hiện",
                    "Thời gian (giờ)",
                    "Phí, lệ phí",
                    "Kết quả",
                ],
                ["Bước 1", "Tiếp nhận", "Công chức một cửa", "4", "200.000", "Giấy hẹn"],
                ["Bước 2", "Thẩm định", "Phòng chuyên môn", "30", "", "Tờ trình"],
                [cell("Tổng cộng", across=3), "34", "", ""],
            ),
        )
    )
    assert (anatomy.code, anatomy.title) == (None, "Cấp giấy phép sản xuất hóa chất")
    assert anatomy.issuer == "Sở Tài chính tỉnh Mẫu"
    assert anatomy.tthc_codes == ("2.001234",)
    assert anatomy.issue_date is None
    assert anatomy.time_limit == "40 giờ làm việc"
    assert [(one.no, one.time, one.result) for one in anatomy.steps] == [
        ("Bước 1", "4", "Giấy hẹn"),
        ("Bước 2", "30", "Tờ trình"),
    ]
    assert WarningCode.STEP_TIME_TOTAL not in codes(anatomy)


def test_a_cover_in_loose_paragraphs_is_read():
    anatomy = read_anatomy(
        text(
            p("ỦY BAN NHÂN DÂN XÃ MẪU", bold=True, centred=True),
            p("QUY TRÌNH", bold=True, centred=True),
            p("TIẾP CÔNG DÂN", bold=True, centred=True),
            p("Mã hiệu: QT-05/VP"),
            p("Lần ban hành: 01; Lần sửa đổi: 00"),
            p("Ngày ban hành: ngày 05 tháng 3 năm 2026"),
            p("I. Mục đích", bold=True),
            p("II. Nội dung", bold=True),
            p("1. Thời hạn giải quyết: 10 ngày"),
        )
    )
    assert (anatomy.code, anatomy.title, anatomy.issuer) == (
        "QT-05/VP",
        "TIẾP CÔNG DÂN",
        "ỦY BAN NHÂN DÂN XÃ MẪU",
    )
    assert (anatomy.issue_number, anatomy.revision_number) == ("01", "00")
    assert anatomy.issue_date == date(2026, 3, 5)
    assert anatomy.time_limit == "10 ngày"


def test_a_logo_an_agency_and_the_title_in_one_cell_are_told_apart():
    anatomy = read_anatomy(
        text(
            table(
                [
                    "",
                    "SỞ NỘI VỤ TỈNH MẪU\nQUY TRÌNH TUYỂN DỤNG CÔNG CHỨC",
                    "Mã số: QT.NV.01\nNgày BH: 1.2.2026\nLần BH: 03\nTrang: 1/12",
                ]
            )
        )
    )
    assert (anatomy.code, anatomy.issuer) == ("QT.NV.01", "SỞ NỘI VỤ TỈNH MẪU")
    assert anatomy.title == "QUY TRÌNH TUYỂN DỤNG CÔNG CHỨC"
    assert (anatomy.issue_number, anatomy.issue_date) == ("03", date(2026, 2, 1))


def test_values_below_their_labels_are_read_and_so_many_pages_is_no_agency():
    anatomy = read_anatomy(
        text(
            h(1, "QUY TRÌNH ĐĂNG KÝ KHAI SINH"),
            table(
                ["Mã hiệu", "Lần ban hành", "Ngày ban hành", "Số trang"], ["QT-01/TP", "2", "01/7/2025", "12"]
            ),
        )
    )
    assert (anatomy.code, anatomy.issue_number, anatomy.issuer) == ("QT-01/TP", "2", None)
    assert anatomy.title == "QUY TRÌNH ĐĂNG KÝ KHAI SINH"


def test_a_flowchart_column_makes_a_step_table_no_records_table():
    anatomy = read_anatomy(
        text(
            table(
                ["Bước", "Lưu đồ", "Trách nhiệm", "Nội dung thực hiện", "Thời gian", "Biểu mẫu"],
                ["1", "", "Văn thư", "Tiếp nhận đơn", "01 ngày", "BM-01"],
            )
        )
    )
    assert [(one.no, one.action, one.result) for one in anatomy.steps] == [("1", "Tiếp nhận đơn", "BM-01")]
    assert anatomy.records == ()


def steps_of(*rows):
    return text(table(["TT", "Trình tự", "Trách nhiệm", "Thời gian (03 ngày)"], *rows))


def test_a_time_shared_by_merged_rows_is_counted_once():
    anatomy = read_anatomy(steps_of(["1", "a", "A", cell("03 ngày", down=2)], ["2", "b", "B"]))
    assert [one.time_merged for one in anatomy.steps] == [True, True]
    assert WarningCode.STEP_TIME_TOTAL not in codes(anatomy)


def test_steps_that_do_not_add_up_a_repeated_number_and_a_missing_time_are_told():
    anatomy = read_anatomy(
        steps_of(["1", "a", "A", "½ ngày"], ["2", "b", "B", "2 ngày"], ["2", "c", "C", ""])
    )
    assert {
        WarningCode.STEP_TIME_TOTAL,
        WarningCode.STEP_NUMBER_REPEATED,
        WarningCode.STEP_TIME_MISSING,
    } <= set(codes(anatomy))


def test_headers_that_contradict_the_cover_are_told_and_the_cover_holds():
    anatomy = read_anatomy(
        text(
            table(
                [
                    "SỞ MẪU",
                    "QUY TRÌNH\nĐăng ký A",
                    "Mã hiệu: QT 01/CX\nLần ban hành: 01\nNgày ban hành: 07/7/2025",
                ]
            ),
            headers=(p("Tên quy trình: Đăng ký B ____"), p("Mã hiệu: QT 02/CX")),
            footers=(table(["Ngày hiệu lực: 03/7/2024", "Trang: /", "Lần ban hành: 2"]),),
        )
    )
    assert (anatomy.code, anatomy.title, anatomy.issue_number) == ("QT 01/CX", "Đăng ký A", "01")
    assert {
        WarningCode.CODE_CONFLICT,
        WarningCode.HEADER_TITLE_CONFLICT,
        WarningCode.ISSUE_DATE_CONFLICT,
        WarningCode.ISSUE_NUMBER_CONFLICT,
    } <= set(codes(anatomy))


def test_headers_that_agree_raise_no_doubt():
    anatomy = read_anatomy(
        text(
            table(
                [
                    "SỞ MẪU",
                    "QUY TRÌNH\nĐăng ký A",
                    "Mã hiệu: QT 01/CX\nLần ban hành: 01\nNgày ban hành: 07/7/2025",
                ]
            ),
            headers=(p("Tên quy trình: ĐĂNG KÝ A ____"), p("Mã hiệu: QT  01/CX")),
            footers=(p("Ngày hiệu lực: 7/7/2025 Lần ban hành: 1"),),
        )
    )
    assert codes(anatomy) == []


def test_an_appendix_that_is_not_there_is_told_but_not_one_of_another_paper():
    with_own = read_anatomy(text(p("Mức thu theo Phụ lục 2 kèm theo.")))
    of_another = read_anatomy(text(p("Mẫu tại Phụ lục 2 kèm theo Thông tư số 03/2025/TT-VPCP.")))
    there = read_anatomy(text(p("Mức thu theo Phụ lục 2 kèm theo."), p("PHỤ LỤC 2")))
    assert WarningCode.APPENDIX_MISSING in codes(with_own)
    assert WarningCode.APPENDIX_MISSING not in codes(of_another)
    assert WarningCode.APPENDIX_MISSING not in codes(there)


def test_forms_in_one_line_are_parted_and_pointers_are_no_forms():
    anatomy = read_anatomy(
        text(
            p("1. MỤC ĐÍCH", bold=True),
            p("2. NỘI DUNG", bold=True),
            p("g. Mẫu đơn, mẫu tờ khai:", bold=True),
            p("- Tờ khai A/B (nếu nộp trực tiếp); Tờ khai C/Tờ khai D theo mẫu;"),
            p("3. BIỂU MẪU", bold=True),
            p("Xem mục 5 ở trên."),
        )
    )
    assert anatomy.forms == ("Tờ khai A/B", "Tờ khai C", "Tờ khai D")


def test_a_list_typed_with_soft_breaks_is_a_list():
    anatomy = read_anatomy(
        text(
            p("1. MỤC ĐÍCH", bold=True),
            p("2. NỘI DUNG", bold=True),
            p(
                "i. Căn cứ pháp lý:\n- Luật Hộ tịch năm 2014;\n- Nghị định số 123/2015/NĐ-CP\nngày 15/11/2015.",
                bold=True,
            ),
        )
    )
    assert anatomy.legal_basis_lines == (
        "Luật Hộ tịch năm 2014",
        "Nghị định số 123/2015/NĐ-CP ngày 15/11/2015",
    )


def test_a_legal_basis_in_one_line_is_parted_at_its_instruments():
    anatomy = read_anatomy(
        text(
            p("1. MỤC ĐÍCH", bold=True),
            p("2. NỘI DUNG", bold=True),
            p("2.1. Căn cứ pháp lý: Luật Hộ tịch 2014; Nghị định số 123/2015/NĐ-CP."),
        )
    )
    assert anatomy.legal_basis_lines == ("Luật Hộ tịch 2014", "Nghị định số 123/2015/NĐ-CP")


def test_contents_that_no_line_announces_are_no_sections():
    anatomy = read_anatomy(
        text(
            p("1. MỤC ĐÍCH ........ 2"),
            p("2. PHẠM VI ........ 2"),
            p("3. NỘI DUNG ........ 3"),
            p("1. MỤC ĐÍCH", bold=True),
            p("Quy định việc A."),
            p("2. PHẠM VI", bold=True),
            p("Toàn xã."),
            p("3. NỘI DUNG", bold=True),
        )
    )
    assert [one.title for one in anatomy.sections] == ["MỤC ĐÍCH", "PHẠM VI", "NỘI DUNG"]
    assert WarningCode.TOC_DIFFERS not in codes(anatomy)


def test_a_head_that_ends_with_a_duration_is_a_time_column():
    anatomy = read_anatomy(
        text(
            table(
                [
                    "TT",
                    "Trình tự",
                    "Trách nhiệm",
                    "Không xác minh (01 ngày)",
                    "Có xác minh (05 ngày làm việc)",
                ],
                ["1", "a", "A", "04 giờ", "01 ngày"],
                ["2", "b", "B", "04 giờ", "04 ngày"],
            )
        )
    )
    assert [one.times for one in anatomy.steps] == [("04 giờ", "01 ngày"), ("04 giờ", "04 ngày")]
    assert WarningCode.STEP_TIME_TOTAL not in codes(anatomy)


def test_columns_of_many_offices_are_told_by_their_heads():
    offices = {
        ("Thứ tự công việc", "Đơn vị/người thực hiện", "Nội dung công việc", "Thời gian", "Ghi chú"): (
            0,
            2,
            1,
            3,
        ),
        ("Bước thực hiện", "Bộ phận giải quyết", "Trách nhiệm thực hiện", "Thời gian (giờ)"): (0, 2, 1, 3),
        ("TT", "Bước thực hiện", "Nội dung thực hiện", "Chức danh, vị trí", "Thời gian (ngày)"): (0, 2, 3, 4),
        ("STT", "Các bước thực hiện", "Đơn vị thực hiện", "Kết quả thực hiện", "Thời gian quy định"): (
            0,
            1,
            2,
            4,
        ),
        ("STT", "Nội dung công việc", "Đơn vị phối hợp", "Thời gian giải quyết", "Cán bộ thực hiện"): (
            0,
            1,
            4,
            3,
        ),
        ("STT", "Công việc", "Người phụ trách", "Thời lượng", "Hồ sơ/biểu mẫu"): (0, 1, 2, 3),
        ("Bước", "Công việc", "Chủ thể thực hiện", "Thời gian", "Tài liệu liên quan"): (0, 1, 2, 3),
        ("TT", "Nội dung", "Thực hiện", "Thời gian"): (0, 1, 2, 3),
    }
    for head, places in offices.items():
        rows = [[f"ô {row}.{at} của bảng" for at in range(len(head))] for row in (1, 2)]
        for row, cells in enumerate(rows, 1):
            cells[places[0]] = f"Bước {row}"
        anatomy = read_anatomy(text(table(list(head), *rows)))
        found = [(one.no, one.action, one.responsible, one.time) for one in anatomy.steps]
        assert found == [tuple(cells[at] for at in places) for cells in rows], head


def test_a_number_before_what_is_done_is_the_number_of_the_step():
    anatomy = read_anatomy(
        text(
            table(
                ["Trình tự các bước thực hiện", "Cơ quan, người thực hiện", "Thời gian"],
                ["Bước 1: Tiếp nhận hồ sơ", "Một cửa", "04 giờ"],
                ["Bước 2. Thẩm định", "Công chức", "01 ngày"],
                ["Trường hợp không đủ", "Công chức", "01 ngày"],
            )
        )
    )
    assert [one.no for one in anatomy.steps] == ["Bước 1", "Bước 2", None]


def test_a_table_of_a_blank_form_is_no_table_of_steps():
    slip = table(
        ["TT", "Công việc", "Cơ quan giải quyết", "Thời gian giao, nhận"],
        ["1", "", "", ""],
        ["2", "Nộp", "A", "B"],
    )
    anatomy = read_anatomy(
        text(
            p("1. MỤC ĐÍCH", bold=True),
            p("2. NỘI DUNG", bold=True),
            table(["TT", "Trình tự", "Trách nhiệm", "Thời gian"], ["1", "Tiếp nhận", "Một cửa", "01 ngày"]),
            p("3. HỒ SƠ LƯU", bold=True),
            table(["TT", "Tên hồ sơ", "Nơi lưu", "Thời gian lưu"], ["1", "Sổ", "UBND", "1 năm"]),
            p("PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", bold=True, centred=True),
            slip,
        )
    )
    assert [one.action for one in anatomy.steps] == ["Tiếp nhận"]
