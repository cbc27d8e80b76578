"""What machines that watch are told."""

from __future__ import annotations

from collections.abc import Callable

from qms.bootstrap import QMS
from tests.functional.web.conftest import Browser


def test_a_living_house_says_so(browse: Callable[..., Browser]) -> None:
    assert browse().get("/healthz").json == {"status": "ok"}
    assert browse().get("/readyz").json == {
        "status": "ok",
        "checks": {"database": "ok", "git": "ok", "index": "ok"},
    }


def test_a_house_without_its_database_lives_but_is_not_ready(
    qms: QMS, browse: Callable[..., Browser]
) -> None:
    browser = browse()
    qms.engine.dispose()
    (qms.config.home / "qms.sqlite3").write_bytes(b"not a database" * 500)
    assert browser.get("/healthz").status_code == 200
    assert browser.get("/readyz").status_code == 503
