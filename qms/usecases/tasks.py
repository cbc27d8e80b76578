"""What waits for a person: to decide, to finish, to issue; and what is under way elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from qms.model.document import EDITABLE, OPEN_STATES, Revision
from qms.model.enums import DecisionKind, RevisionState
from qms.model.permissions import Act, allowed
from qms.usecases import change_tasks, lookups, package_files
from qms.usecases.ports import Work


@dataclass(frozen=True)
class Task:
    """An open revision as it waits for somebody."""

    document_id: str
    code: str
    title: str
    label: str
    state: RevisionState
    author: str
    since: datetime
    change_note: str
    own: bool


@dataclass(frozen=True)
class Tasks:
    """The open revisions that a person may know of, by what they are asked to do."""

    to_decide: tuple[Task, ...] = ()
    to_finish: tuple[Task, ...] = ()
    to_issue: tuple[Task, ...] = ()
    under_way: tuple[Task, ...] = ()
    to_follow: tuple[change_tasks.LegalTask, ...] = ()
    to_take_in: tuple[package_files.OpenPackage, ...] = ()

    @property
    def count(self) -> int:
        """Return how many wait for this person."""
        piles = (self.to_decide, self.to_finish, self.to_issue, self.to_follow, self.to_take_in)
        return sum(map(len, piles))


def waiting(work: Work) -> Tasks:
    """Return what waits for the person, oldest first."""
    work.allow(Act.INBOX)
    return _sorted(work)


def home(work: Work) -> Tasks:
    """Return what waits for the person on the first page; for those who only read, what their position is given."""
    work.allow(Act.HOME)
    return _sorted(work) if allowed(work.actor, Act.INBOX) else Tasks(to_follow=change_tasks.owned(work))


def _sorted(work: Work) -> Tasks:
    piles: dict[str, list[Task]] = {"to_decide": [], "to_finish": [], "to_issue": [], "under_way": []}
    for revision in _open_revisions(work):
        if allowed(work.actor, Act.READ_DRAFT, lookups.subject_of(revision.document, revision)):
            piles[_pile(work, revision)].append(_task(work, revision))
    return Tasks(
        to_follow=change_tasks.owned(work),
        to_take_in=package_files.open_packages(work),
        **{name: tuple(tasks) for name, tasks in piles.items()},
    )


def _open_revisions(work: Work) -> list[Revision]:
    rows = work.session.scalars(
        select(Revision)
        .where(Revision.state.in_(OPEN_STATES))
        .options(
            joinedload(Revision.document), selectinload(Revision.decisions), selectinload(Revision.drafters)
        )
    )
    return sorted(rows, key=lambda row: (row.submitted_at or row.created_at, row.id))


def _pile(work: Work, revision: Revision) -> str:
    subject = lookups.subject_of(revision.document, revision)
    if revision.state in EDITABLE and _own(work, revision):
        return "to_finish"
    if revision.state is RevisionState.APPROVED and allowed(work.actor, Act.ISSUE, subject):
        return "to_issue"
    if revision.state is RevisionState.IN_REVIEW and not _own(work, revision):
        seen = any(d.person_id == work.actor.person_id for d in revision.standing(DecisionKind.REVIEW))
        if allowed(work.actor, Act.APPROVE, subject) or (
            allowed(work.actor, Act.REVIEW, subject) and not seen
        ):
            return "to_decide"
    return "under_way"


def _own(work: Work, revision: Revision) -> bool:
    return work.actor.person_id in revision.hands


def _task(work: Work, revision: Revision) -> Task:
    return Task(
        document_id=revision.document_id,
        code=revision.code,
        title=revision.title,
        label=revision.label,
        state=revision.state,
        author=revision.author_name,
        since=revision.submitted_at or revision.created_at,
        change_note=revision.change_note,
        own=_own(work, revision),
    )
