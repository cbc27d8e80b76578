import io
from datetime import date

import docx

from qms.formats.docx.listing import write_listing


def test_a_list_opens_in_word_with_numbered_rows_and_a_head_on_every_page() -> None:
    data = write_listing(
        "Danh mục tài liệu", ("Mã hiệu", "Hiệu lực từ"), [("QT-01", date(2026, 1, 5)), ("QT-02", None)]
    )
    table = docx.Document(io.BytesIO(data)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["STT", "Mã hiệu", "Hiệu lực từ"],
        ["1", "QT-01", "05/01/2026"],
        ["2", "QT-02", ""],
    ]
    assert table.rows[0]._tr.trPr.find(docx.oxml.ns.qn("w:tblHeader")) is not None
