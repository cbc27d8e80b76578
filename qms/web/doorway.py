"""One unit of work a request: who asks, and what they may read or write with."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import UserMixin, current_user

from qms.errors import Fault
from qms.model.permissions import Act, Actor, allowed
from qms.usecases import readiness
from qms.usecases.ports import Work

if TYPE_CHECKING:
    from flask import Response

    from qms.bootstrap import QMS

WITHOUT_WORK = frozenset({"static", "health.alive"})
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Doorway:
    """The house behind the door, and how to tell its job runner that something is due."""

    qms: QMS
    wake: Callable[[], None]


class SignedIn(UserMixin):  # type: ignore[misc]
    """A person whose browser holds a session, as Flask-Login wants to see them."""

    def __init__(self, actor: Actor) -> None:
        self.id = str(actor.person_id)
        self.actor = actor


class WebApp(Flask):
    """Flask that opens one unit of work around each view: reading for GET, writing for POST."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer one request inside its unit of work."""
        if request.endpoint in WITHOUT_WORK:
            return super().dispatch_request()
        qms = house().qms
        opened = qms.reading if request.method in _READS else qms.work
        g.actor = _who()
        with opened(g.actor) as opened_work:
            g.work = opened_work
            return super().dispatch_request()


def install(app: Flask, qms: QMS, wake: Callable[[], None] | None) -> None:
    """Tie the app to the house."""
    app.extensions["qms"] = Doorway(qms, wake or (lambda: None))
    app.after_request(_wake)
    app.context_processor(
        lambda: {"actor": actor(), "may": may, "agency": agency, "Act": Act, "today": today}
    )


def house() -> Doorway:
    """Return the house of the app that answers."""
    return cast("Doorway", current_app.extensions["qms"])


def work() -> Work:
    """Return the unit of work of this request."""
    return cast("Work", g.work)


def actor() -> Actor:
    """Return who asks; nobody where the database cannot say, so that a page can still tell what is wrong."""
    if "actor" not in g:
        try:
            g.actor = _who()
        except Fault:
            g.actor = house().qms.visitor()
    return cast("Actor", g.actor)


def may(act: Act) -> bool:
    """Tell whether an act is open to this person somewhere; menus are made by it, decisions never."""
    return allowed(actor(), act)


def agency() -> str:
    """Return the agency's name for the head of the page; nothing where the database cannot say."""
    qms = house().qms
    try:
        with qms.reading(qms.visitor()) as reading:
            return readiness.agency(reading)
    except Fault:
        return ""


def today() -> date:
    """Return today in the agency's zone."""
    qms = house().qms
    return qms.clock().astimezone(qms.config.zone).date()


def _who() -> Actor:
    """The signed-in person, else a visitor inside or outside the office network."""
    if current_user.is_authenticated:
        return cast("Actor", current_user.actor)
    return house().qms.visitor(office=_in_office())


def _in_office() -> bool:
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return False
    networks = (ipaddress.ip_network(text, strict=False) for text in house().qms.config.office_networks)
    return any(address in network for network in networks)


def _wake(response: Response) -> Response:
    if request.method not in _READS:
        house().wake()
    return response
