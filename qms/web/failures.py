"""An error becomes a page, with the status of its class; what was typed is given back whatever went wrong."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from qms.errors import Forbidden, NotFound, QmsError
from qms.web import answers, asked, doorway, words

FIELDS = {
    "number_needed": "number",
    "number_used": "number",
    "signed_in_future": "signed",
    "day_needed": "signed",
    "effective_before_signed": "effective",
    "out_of_order": "effective",
    "still_scheduled": "effective",
    "bad_scan": "scan",
    "no_file": "file",
    "bad_archive": "files",
    "holder_needed": "holder",
    "copy_taken": "number",
    "not_checked": "compared",
    "nothing_chosen": "documents",
    "reason_needed": "comment",
    "title_needed": "code",
    "code_taken": "code",
    "wrong_password": "login",
    "weak_password": "password",
    "markdown_too_complex": "text",
}
"""Which field an error is about, so that its summary can lead there."""

_HTTP = {
    400: "Yêu cầu không hợp lệ. Hãy quay lại trang trước và thử lại.",
    404: "Không có trang này. Hãy kiểm tra lại địa chỉ hoặc tìm tài liệu theo tên.",
    405: "Trang này không nhận cách gửi đó. Hãy quay lại trang trước.",
    413: "Tệp hoặc nội dung gửi lên quá lớn: tệp tối đa 20 MB, nội dung gõ tối đa 1 MB. "
    "Hãy quay lại trang trước (nội dung đã gõ vẫn còn ở đó), chia nhỏ hoặc nén ảnh trong tệp rồi gửi lại.",
    429: "Bạn đã thử quá nhiều lần. Hãy đợi vài phút rồi thử lại.",
    500: "Hệ thống gặp sự cố ngoài dự kiến và chưa lưu thay đổi nào. Hãy thử lại; nếu vẫn lỗi, báo người quản trị.",
}
_EXPIRED = "Trang đã mở quá lâu nên không gửi được. Nội dung bạn vừa nhập ở dưới; hãy mở lại trang, dán vào và gửi lại."
_SIGNED_OUT = "Bạn chưa đăng nhập hoặc phiên đăng nhập đã hết. Hãy đăng nhập rồi gửi lại."


def install(app: Flask) -> None:
    """Answer every error with a page of our own."""
    app.register_error_handler(QmsError, refused)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(HTTPException, http)


def sentence(error: QmsError) -> str:
    """Return an error's sentence in the language of the page, days as people write them."""
    facts = {name: _shown(fact) for name, fact in error.facts.items()}
    return str(gettext(error.sentence)).format(**facts)


def again(template: str, error: QmsError, **context: object) -> ResponseReturnValue:
    """Return the same form again with what was typed; what must be read anew is handed over as a function."""
    if type(error) is Forbidden:
        # the page of the form may be closed to this person too
        raise error
    doorway.work().session.rollback()
    known = {name: value() if callable(value) else value for name, value in context.items()}
    page = render_template(
        template, error=sentence(error), error_field=FIELDS.get(error.code), typed=asked.typed(), **known
    )
    return page, error.http_status


def refused(error: QmsError) -> ResponseReturnValue:
    """Answer a refusal; somebody who has not signed in is asked to first."""
    if isinstance(error, Forbidden) and not doorway.actor().signed_in and request.method == "GET":
        return redirect(url_for("session.form", next=answers.here()))
    # a form sent without a session is asked to sign in, whether or not there is what it names
    unknown = isinstance(error, NotFound) and request.method == "POST"
    if (type(error) is Forbidden or unknown) and not doorway.actor().signed_in:
        return _page(gettext(_SIGNED_OUT), Forbidden.http_status)
    return _page(sentence(error), error.http_status)


def expired(_error: CSRFError) -> ResponseReturnValue:
    """Answer a form that was open for too long, or that another site sent."""
    return _page(gettext(_EXPIRED), 400)


def http(error: HTTPException) -> ResponseReturnValue:
    """Answer what the framework itself refuses."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    text = _HTTP.get(status, _HTTP[500] if status >= 500 else _HTTP[400])
    return _page(gettext(text), status, keep=not isinstance(error, RequestEntityTooLarge))


def _page(text: str, status: int, *, keep: bool = True) -> ResponseReturnValue:
    kept = asked.typed() if keep and request.method == "POST" else {}
    return render_template("errors/error.html", sentence=text, status=status, kept=kept), status


def _shown(fact: object) -> object:
    if isinstance(fact, datetime):
        return words.moment(fact)
    if isinstance(fact, date):
        return words.day(fact)
    return fact
