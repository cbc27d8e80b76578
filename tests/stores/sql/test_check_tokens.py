"""The token of a revision is what its act says; of an act from before there were any, what its commit tells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from qms.bootstrap import QMS
from qms.model.check_codes import derived_token, new_token, short_code
from qms.model.document import Revision
from qms.stores.sql.projection import apply_acts
from qms.stores.sql.tables import metadata
from tests import house

TOKEN = new_token()


def replayed(qms: QMS, told: str | None) -> tuple[str, str | None, str | None]:
    """Replay the one act of an instance as if it told this token; return its commit, and what was written."""
    ((commit, act),) = qms.stores.git.acts()
    act = replace(act, documents=tuple(replace(item, check_token=told) for item in act.documents))
    engine = create_engine("sqlite://", poolclass=StaticPool)
    metadata.create_all(engine)
    with Session(engine) as session:
        apply_acts(session, [(commit, act)], qms.stores.git.read_all)
        row = session.scalars(select(Revision)).one()
        written = commit, row.check_token, row.short_code
    engine.dispose()
    return written


def test_the_act_tells_the_token(qms: QMS) -> None:
    house.issued(qms)
    assert replayed(qms, TOKEN)[1:] == (TOKEN, short_code(TOKEN))


@pytest.mark.parametrize(
    "told", [None, "k7", "../x", TOKEN.upper() + "!"], ids=["none", "short", "a path", "no token"]
)
def test_without_one_the_commit_tells_it_and_always_the_same(told: str | None, qms: QMS) -> None:
    document = house.issued(qms)
    commit, token, _ = replayed(qms, told)
    assert token == derived_token(commit, document, 1)
    assert replayed(qms, told)[1] == token
