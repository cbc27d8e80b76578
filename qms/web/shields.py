"""What every answer carries and every request must keep to: headers, CSRF, sizes, tries to sign in."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

UPLOAD_BYTES = 20 * 1024 * 1024
FORM_BYTES = 1024 * 1024
SIGN_IN_TRIES = "10 per minute; 60 per hour"
SHORT_CODE_TRIES = "30 per minute; 300 per hour"
"""A short code holds 35 bits: at this pace nobody comes upon one by trying."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
        "object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def install(app: Flask, *, behind_proxy: bool = False) -> None:
    """Put up the shields; the pages are there already, so that their tries can be counted."""
    app.config.update(
        # the other fields of a form ride beside a file of full size
        MAX_CONTENT_LENGTH=UPLOAD_BYTES + FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        MAX_FORM_PARTS=500,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="qms",
        PERMANENT_SESSION_LIFETIME=12 * 3600,
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        WTF_CSRF_SSL_STRICT=False,
        SESSION_COOKIE_SECURE=behind_proxy,
    )
    if behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    app.before_request(_bound_typed_forms)
    CSRFProtect(app)
    _limit_tries(app)
    app.after_request(_with_headers)


def _bound_typed_forms() -> None:
    """A form without a file is read whole before its fields are counted, so its length is what is bounded."""
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = FORM_BYTES


def _limit_tries(app: Flask) -> None:
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", headers_enabled=False)
    tries = {
        "session.enter": SIGN_IN_TRIES,
        "session.redeem": SIGN_IN_TRIES,
        "printing.look_up": SHORT_CODE_TRIES,
    }
    for endpoint, pace in tries.items():
        view: Any = limiter.limit(pace)(app.view_functions[endpoint])
        app.view_functions[endpoint] = view


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        # a page shows drafts and decisions of the person who is signed in
        response.headers.setdefault("Cache-Control", "no-store")
    return response
