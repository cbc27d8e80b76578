"""The view ``revision_period`` and ``lifecycle.periods`` say the same of every history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from qms.model.document import Document, Revision
from qms.model.enums import DocumentType, IssuanceKind, MasterFormat, RevisionState
from qms.model.issuance import Issuance
from qms.model.lifecycle import (
    STANDS_FOR,
    Issue,
    Period,
    applies,
    in_force,
    periods,
    revision_period,
    standing,
)
from qms.model.organisation import Unit
from qms.stores.sql import schema
from qms.stores.sql.engine import make_engine

BEGIN = date(2024, 1, 1)
AT = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Past:
    """One document's history: days between revisions, which were taken back, transitions, and the end."""

    gaps: tuple[int, ...]
    withdrawn: tuple[bool, ...]
    transitions: tuple[int | None, ...]
    ended_after: int | None

    def revisions(self) -> Iterator[tuple[int, date, bool, date | None]]:
        day = BEGIN
        for sequence, (gap, taken_back, transition) in enumerate(
            zip(self.gaps, self.withdrawn, self.transitions, strict=True), 1
        ):
            day += timedelta(gap)
            until = day + timedelta(transition) if transition is not None else None
            yield sequence, day, taken_back, until

    @property
    def ended(self) -> date | None:
        last = BEGIN + timedelta(sum(self.gaps))
        return last + timedelta(self.ended_after) if self.ended_after is not None else None


@st.composite
def pasts(draw: st.DrawFn) -> Past:
    count = draw(st.integers(0, 6))

    def some(of: st.SearchStrategy) -> st.SearchStrategy:
        return st.tuples(*[of] * count)

    return Past(
        draw(some(st.integers(0, 40))),
        draw(some(st.booleans())),
        draw(some(st.none() | st.integers(0, 60))),
        draw(st.none() | st.integers(0, 90)),
    )


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path: Path = tmp_path_factory.mktemp("periods") / "qms.sqlite3"
    made = make_engine(f"sqlite:///{path}")
    schema.upgrade(made)
    yield made
    made.dispose()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(pasts(), min_size=1, max_size=3))
def test_the_view_and_the_model_agree_on_any_history(engine: Engine, several: list[Past]) -> None:
    with Session(engine) as session:
        written = [_write(session, f"0000000{number}", past) for number, past in enumerate(several)]
        for document, (past, issues) in zip(
            written, zip(several, map(_issues, several), strict=True), strict=True
        ):
            assert _seen(session, document) == periods(issues, past.ended)
        session.rollback()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(pasts(), min_size=1, max_size=3), st.integers(-10, 260))
def test_what_applies_is_told_the_same_with_and_without_the_view(
    engine: Engine, several: list[Past], after: int
) -> None:
    day = BEGIN + timedelta(after)
    with Session(engine) as session:
        for number, past in enumerate(several):
            _write(session, f"0000000{number}", past)
        viewed = set(session.scalars(select(revision_period.c.revision_id).where(in_force(day))))
        asked = select(Revision.id).join(Document, Document.id == Revision.document_id).where(applies(day))
        assert set(session.scalars(asked)) == viewed
        session.rollback()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(pasts(), min_size=1, max_size=3), st.integers(-10, 260), st.booleans())
def test_who_stands_for_a_document_is_told_as_the_model_tells_it(
    engine: Engine, several: list[Past], after: int, named: bool
) -> None:
    day = BEGIN + timedelta(after)
    with Session(engine) as session:
        keys = [_write(session, f"0000000{number}", past) for number, past in enumerate(several)]
        told = standing(day, keys if named else None)
        rows = session.execute(select(told)).all()
        seen = {(row.document_id, row.sequence): (row.status, row.effective_until) for row in rows}
        expected = {
            (key, period.sequence): (period.status_on(day), period.end)
            for key, past in zip(keys, several, strict=True)
            for period in periods(_issues(past), past.ended)
        }
        assert seen == expected
        firsts = {row.document_id: row.sequence for row in rows if row.place == 1}
        assert firsts == {
            key: max(
                (-STANDS_FOR.index(status), sequence)
                for (held, sequence), (status, _) in expected.items()
                if held == key
            )[1]
            for key in {key for key, _ in expected}
        }
        session.rollback()


def _issues(past: Past) -> list[Issue]:
    return [
        Issue(sequence, day, until) for sequence, day, taken_back, until in past.revisions() if not taken_back
    ]


def _seen(session: Session, document: str) -> list[Period]:
    view = revision_period.c
    rows = session.execute(
        select(revision_period).where(view.document_id == document).order_by(view.sequence)
    )
    return [
        Period(row.sequence, row.effective_from, row.effective_until, row.next_from, row.transition_until)
        for row in rows
    ]


def _write(session: Session, key: str, past: Past) -> str:
    unit = session.scalar(select(Unit)) or Unit(key="x", name="Xã Mẫu", kind="agency")
    session.add(unit)
    session.flush()
    session.add(
        Document(
            id=key,
            title="Quy trình",
            folded_title="quy trinh",
            type=DocumentType.PROCEDURE,
            issuer="Xã Mẫu",
            master=MasterFormat.MARKDOWN,
            unit_id=unit.id,
            retired_on=past.ended,
            created_at=AT,
        )
    )
    session.flush()
    for sequence, day, taken_back, until in past.revisions():
        issuance = Issuance(
            id=f"{key[-1]}000000{sequence}",
            kind=IssuanceKind.ISSUE,
            agency="Xã Mẫu",
            number=f"{sequence}/QĐ",
            signed_on=day,
            effective_from=day,
            transition_until=until,
            recorded_by="Mẫu",
            recorded_at=AT,
            via="web",
            publish_key=f"{key}-{sequence}",
        )
        session.add(issuance)
        session.flush()
        session.add(
            Revision(
                document_id=key,
                sequence=sequence,
                state=RevisionState.WITHDRAWN if taken_back else RevisionState.ISSUED,
                title="Quy trình",
                code="QT",
                issuance_id=issuance.id,
                effective_from=day,
                created_at=AT,
            )
        )
        session.flush()
    return key
