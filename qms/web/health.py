"""For machines that watch: whether the process lives, and whether it can serve."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from qms.errors import Fault
from qms.usecases import readiness
from qms.web.doorway import work

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def alive() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(status="ok")


@pages.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether database, Git and index answer."""
    try:
        return jsonify(status="ok", checks=readiness.ready(work()))
    except Fault as fault:
        return jsonify(status="fault", code=fault.code, message=str(fault)), fault.http_status
