"""The web application: a table of contents of what it is put together from."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from qms.bootstrap import QMS, session_secret
from qms.data import data_dir
from qms.web import doorway, failures, presentation, routes, session, shields


def create_app(qms: QMS, *, wake: Callable[[], None] | None = None) -> Flask:
    """Return the web application of a house; ``wake`` tells its job runner that something is due."""
    app = doorway.WebApp("qms.web", template_folder=str(data_dir("templates")))
    app.secret_key = session_secret(qms.config)
    doorway.install(app, qms, wake)
    session.install(app)
    presentation.install(app, qms.config.lang, qms.config.timezone)
    routes.install(app)
    shields.install(app, behind_proxy=qms.config.behind_proxy)
    failures.install(app)
    return app
