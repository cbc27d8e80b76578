"""A browser without a screen: real forms with their tokens, real sessions, real people."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qms.app import create_app
from qms.bootstrap import QMS
from qms.usecases import people

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """What one person does in one browser; every form carries the token that the page gave."""

    def __init__(self, app: Flask, qms: QMS, login: str | None = None, address: str = "203.0.113.7") -> None:
        self.qms, self.address = qms, address
        self.client: FlaskClient = app.test_client()
        if login is not None:
            assert self.post(f"/sign-in/{link_for(qms, login)}").status_code == 302

    def get(self, path: str, **how: object) -> TestResponse:
        return self.client.get(path, buffered=True, environ_base={"REMOTE_ADDR": self.address}, **how)  # type: ignore[arg-type]

    def post(self, path: str, data: dict[str, object] | None = None, **how: object) -> TestResponse:
        token = TOKEN.search(self.get("/sign-in").text)
        assert token
        return self.client.post(
            path,
            data={"csrf_token": token[1], **(data or {})},
            environ_base={"REMOTE_ADDR": self.address},
            **how,  # type: ignore[arg-type]
        )

    def field(self, path: str, name: str) -> str:
        """Return what a form of a page holds in a field."""
        return field_of(self.get(path).text, name)


def field_of(page: str, name: str) -> str:
    """Return what a form holds in a field, as a browser would send it."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    if found:
        return unescape(found[1])
    area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert area, name
    return unescape(area[1])


def link_for(qms: QMS, login: str) -> str:
    """Return a fresh one-time token for a person."""
    with qms.work(qms.shell()) as work:
        return people.one_time_link(work, login)


@pytest.fixture
def app(qms: QMS) -> Flask:
    """Return the web application of the agency."""
    application = create_app(qms)
    application.testing = True
    return application


@pytest.fixture
def browse(app: Flask, qms: QMS) -> Callable[..., Browser]:
    """Return how to open a browser as somebody, or as nobody."""
    return lambda login=None, **how: Browser(app, qms, login, **how)
