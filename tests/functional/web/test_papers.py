"""A printed page can be checked: its QR code and its short code say whether it still holds, to anybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from qms.bootstrap import QMS
from qms.model.check_codes import new_token, print_short_code, short_code
from qms.model.enums import CopyFate
from qms.stores.git.store import GitStore
from qms.usecases import copies, issuing, rebuilding
from tests import house, printed
from tests.functional.usecases.test_noticing import give
from tests.functional.usecases.test_printing import LATER, UNTIL, replaced_later
from tests.functional.web.conftest import Browser
from tests.house import FixedClock

Browse = Callable[..., Browser]


def pdf(browse: Browse, document: str, query: str = "", by: str = "doc") -> bytes:
    answer = browse(by).get(f"/documents/{document}/print.pdf{query}")
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/pdf"
    return bytes(answer.data)


def path_on(paper: bytes) -> str:
    """Return the path that the QR code of every page leads to."""
    found = printed.codes(paper)
    assert all(len(page) == 1 for page in found)
    (address,) = {page[0] for page in found}
    assert address.startswith("http://localhost/v/")
    return urlsplit(address).path


def short_on(paper: bytes) -> str:
    """Return the short code that stands on every page."""
    (code,) = {
        re.findall(r"nhập mã ([0-9A-Z]{4}-[0-9A-Z]{4}(?:-\d+)?)", page)[0] for page in printed.words(paper)
    }
    return str(code)


def test_the_qr_code_of_a_print_is_followed_before_and_after_the_next_issue(
    qms: QMS, browse: Browse, clock: FixedClock
) -> None:
    document = replaced_later(qms)
    path = path_on(pdf(browse, document))
    stranger = browse()
    before = stranger.get(path).text
    assert "CÒN ÁP DỤNG." in before
    assert "Bản này áp dụng từ 25/11/2026." in before
    assert "theo 146/QĐ-UBND ngày 25/11/2026, áp dụng từ 10/12/2026" in before
    clock.move_to(LATER)
    after = stranger.get(path).text
    assert "HẾT HIỆU LỰC." in after
    assert "Bản này không còn áp dụng từ 10/12/2026." in after
    assert "Bản thay thế: lần ban hành" in after
    assert "CÒN ÁP DỤNG." in stranger.get(path_on(pdf(browse, document))).text


def test_the_short_code_leads_to_the_same_page(qms: QMS, browse: Browse) -> None:
    paper = pdf(browse, house.issued(qms))
    code = short_on(paper)
    for typed in (code, code.lower(), code.replace("-", " ")):
        answer = browse().get("/v", query_string={"code": typed})
        assert (answer.status_code, answer.headers["Location"]) == (302, path_on(paper))


def test_what_is_no_code_is_told_in_one_way(qms: QMS, browse: Browse) -> None:
    house.issued(qms)
    stranger = browse()
    unknown = print_short_code(short_code(new_token()))
    answers = [stranger.get("/v", query_string={"code": typed}) for typed in ("xyz", unknown)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert all("Không có bản in nào mang mã này" in answer.text for answer in answers)
    pages = [stranger.get(f"/v/{token}") for token in ("x", new_token(), "../../etc", new_token() + "/3")]
    assert {page.status_code for page in pages} == {404}
    assert "Không có bản in nào mang mã này" in pages[1].text


def test_short_codes_are_not_found_by_trying(qms: QMS, browse: Browse) -> None:
    stranger = browse()
    answers = [stranger.get("/v?code=AAAA-AAAA").status_code for _ in range(31)]
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("withdraw", "ĐÃ RÚT LẠI."),
        ("wait", "Bản này chỉ áp dụng từ 10/12/2026."),
        ("replace", "CÒN ÁP DỤNG."),
    ],
)
def test_the_page_of_a_coming_revision_says_what_became_of_it(
    act: str, words: str, qms: QMS, browse: Browse, clock: FixedClock
) -> None:
    document = replaced_later(qms)
    path = path_on(pdf(browse, document, "?revision=2"))
    if act == "withdraw":
        with qms.work(qms.shell("vanthu")) as work:
            issuing.withdraw(work, "QT-01", "Chờ hướng dẫn.")
    if act == "replace":
        clock.move_to(LATER)
    assert words in browse().get(path).text


def test_transition_and_retirement_are_told(qms: QMS, browse: Browse, clock: FixedClock) -> None:
    document = replaced_later(qms, transition=True)
    path = path_on(pdf(browse, document))
    clock.move_to(LATER)
    assert "Chỉ còn dùng cho hồ sơ tiếp nhận trước ngày 10/12/2026." in browse().get(path).text
    clock.move_to(UNTIL)
    assert "HẾT HIỆU LỰC." in browse().get(path).text
    second = path_on(pdf(browse, document))
    house.retire(qms, "QT-01", by=house.decision("150/QĐ-UBND", signed=UNTIL))
    assert "Tài liệu đã ngừng áp dụng từ 01/02/2027." in browse().get(second).text


def test_an_interim_notice_is_told_and_nothing_of_the_text_or_its_people(qms: QMS, browse: Browse) -> None:
    document = house.issued(qms, body="Bước 1. Việc nội bộ.")
    give(qms, document, text="Từ nay thu phí theo Nghị quyết mới.")
    page = browse().get(path_on(pdf(browse, document))).text
    assert "Từ nay thu phí theo Nghị quyết mới." in page
    for inside in ("Việc nội bộ", "Trần Văn Ví Dụ", "Nguyễn Văn Mẫu", document, "/documents/"):
        assert inside not in page


def test_a_controlled_copy_is_told_from_others_and_once_fetched_back_says_so(
    qms: QMS, browse: Browse
) -> None:
    document = house.issued(qms)
    with qms.work(qms.shell("thuky")) as work:
        copies.give_out(work, "QT-01", "Phòng Kinh tế", number=3)
    paper = pdf(browse, document, "?copy=3", by="thuky")
    path = path_on(paper)
    assert "Bản kiểm soát số 03, chưa thu hồi." in browse().get(path).text
    assert "Phòng Kinh tế" not in browse().get(path).text
    assert browse().get("/v", query_string={"code": short_on(paper)}).headers["Location"] == path
    with qms.work(qms.shell("thuky")) as work:
        copies.recall(work, document, 1, 3, CopyFate.RETURNED)
    assert "ĐÃ THU HỒI." in browse().get(path).text
    assert "không có trong sổ phân phối" in browse().get(path.replace("/3", "/4")).text


def test_a_print_can_be_checked_after_the_database_was_rebuilt(qms: QMS, browse: Browse) -> None:
    path = path_on(pdf(browse, house.issued(qms)))
    with qms.work(qms.shell()) as work:
        rebuilding.rebuild(work)
    assert "CÒN ÁP DỤNG." in browse().get(path).text
    git: GitStore = qms.stores.git
    ((_, act),) = git.acts()
    assert act.documents[0].check_token == path.rpartition("/")[2]


def test_the_officer_gives_out_prints_and_fetches_back_in_the_browser(qms: QMS, browse: Browse) -> None:
    document = house.issued(qms)
    officer = browse("thuky")
    assert f"/documents/{document}/copies" in officer.get(f"/documents/{document}").text
    assert (
        officer.post(f"/documents/{document}/copies", {"holder": "Quầy số 1", "place": "Tầng 1"}).status_code
        == 302
    )
    book = officer.get(f"/documents/{document}/copies").text
    assert "Quầy số 1" in book
    assert "print.pdf?revision=1&amp;copy=1" in book
    wrong = officer.post(f"/documents/{document}/copies", {"holder": "Quầy số 2", "number": "1"})
    assert wrong.status_code == 409
    assert 'value="Quầy số 2"' in wrong.text
    sent: dict[str, object] = {"sequence": "1", "number": "1", "fate": "destroyed", "note": "Rách"}
    assert officer.post(f"/documents/{document}/copies/recall", sent).status_code == 302
    minutes = officer.get("/copies/minutes").text
    assert "Quầy số 1, Tầng 1" in minutes
    assert "Đã hủy" in minutes
    assert "Rách" in minutes
    ledger = officer.get("/copies/ledger.csv").text
    assert (
        "QT-01,Đăng ký thử nghiệm,01,01,Quầy số 1,Tầng 1,2026-11-25,Lê Thị Mẫu,2026-11-25,Đã hủy,Rách"
        in ledger
    )
    assert officer.get("/copies/ledger.docx").data.startswith(b"PK")
    assert "Chưa phát bản kiểm soát nào" in browse("danhgia").get("/copies").text
