"""Whether the house can serve: database, Git and index are asked for something small."""

from __future__ import annotations

from sqlalchemy import func, select

from qms.model.organisation import Unit
from qms.model.permissions import Act
from qms.model.search import SearchQuery
from qms.usecases.ports import Work


def ready(work: Work) -> dict[str, str]:
    """Return what was asked and that it answered; raises ``Fault`` for the first that does not."""
    work.allow(Act.HEALTH)
    work.session.scalar(select(func.count(Unit.id)))
    work.git.head()
    work.index.search(SearchQuery("", limit=1))
    return dict.fromkeys(("database", "git", "index"), "ok")


def agency(work: Work) -> str:
    """Return the agency's name as every page bears it; nothing before it was founded."""
    work.allow(Act.SIGN_IN)
    return work.session.scalar(select(Unit.name).where(Unit.kind == "agency")) or ""
