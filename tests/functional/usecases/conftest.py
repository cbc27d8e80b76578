"""Acting as a person through a doorway: the same rules hold for the terminal and the web."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from qms.bootstrap import QMS
from qms.model.enums import Via
from qms.model.permissions import Actor
from qms.stores.work import SqlWork
from qms.usecases import people

Acting = Callable[[str], AbstractContextManager[SqlWork]]


def person(qms: QMS, login: str, via: Via) -> Actor:
    """Return a person of the sample agency as they come through a doorway."""
    if via is Via.SHELL:
        return qms.shell(login)
    with qms.reading(qms.visitor()) as work:
        return people.actor(work, via, login=login)


@pytest.fixture(params=[Via.SHELL, Via.WEB], ids=["by_shell", "by_web"])
def acting(qms: QMS, request: pytest.FixtureRequest) -> Acting:
    """Return how to open a work as somebody, by login."""
    return lambda login: qms.work(person(qms, login, request.param))
