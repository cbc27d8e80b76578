"""The publishing protocol (``design.md`` §4): from a decision in SQL to one commit in Git and back.

1. ``Outbox.accept`` in the use case's own transaction: the act is frozen, its files and event stored with it;
2. ``drain`` under the writer lock, oldest first whoever began it: Git's steps, ending in one compare-and-swap;
3. one transaction: the projection is written, the entry is done. Only now does anybody see success.

Every step is named and ``after_step`` is told of each, so that a test can end the process there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from qms.errors import Fault, QmsError, Refused
from qms.model.enums import Via
from qms.model.published import PublishedAct, parse_message
from qms.model.trail import Event, OutboxDocument, OutboxEntry, OutboxFile
from qms.stores.git.publish import STEPS as GIT_STEPS
from qms.stores.git.store import GitStore
from qms.stores.sql.projection import apply_acts
from qms.stores.sql.trail import record

AfterStep = Callable[[str], None]
STEPS = ("recorded", "locked", *(name for name, _ in GIT_STEPS), "projected", "released")


class PublishingAlready(Refused):
    """One act at a time is on its way for a document."""

    code = "publishing_already"
    sentence = "Tài liệu đang được ban hành hoặc ngừng áp dụng ở một thao tác khác; hãy đợi thao tác đó xong."


class NotPublished(Fault):
    """The act is safely recorded but Git could not take it yet."""

    code = "not_published"
    sentence = (
        "Đã ghi nhận nhưng chưa đưa được vào kho ({reason}); hệ thống sẽ tự làm tiếp khi khắc phục xong."
    )


def accept(session: Session, act: PublishedAct, head: str, files: Mapping[tuple[str, str], bytes]) -> int:
    """Freeze an act in the outbox, within the transaction that decided it, and return the entry's number."""
    entry = OutboxEntry(
        publish_key=act.publish_key,
        message=replace(act, audit_head=head).message(),
        recorded_by=act.recorded_by.name,
        created_at=act.at,
    )
    session.add(entry)
    session.flush()
    try:
        session.add_all(
            OutboxDocument(document_id=item.line.document_id, outbox_id=entry.id) for item in act.documents
        )
        session.flush()
    except IntegrityError:
        raise PublishingAlready from None
    if files:
        session.execute(
            insert(OutboxFile),
            [
                {"outbox_id": entry.id, "document_id": document, "path": path, "data": data}
                for (document, path), data in files.items()
            ],
        )
    return entry.id


class Publisher:
    """Carries outbox entries to Git; any process may carry any entry, one at a time."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        git: GitStore,
        clock: Callable[[], datetime],
        after_step: AfterStep | None = None,
    ) -> None:
        self.sessions, self.git, self.clock = sessions, git, clock
        self.after_step: AfterStep = after_step or (lambda _step: None)

    def pending(self) -> list[int]:
        """Return the entries not yet in Git, oldest first."""
        with self.sessions() as session:
            return list(
                session.scalars(
                    select(OutboxEntry.id).where(OutboxEntry.done_at.is_(None)).order_by(OutboxEntry.id)
                )
            )

    def drain(self, until: int | None = None) -> int:
        """Carry every waiting entry up to ``until`` to Git and return how many were carried.

        An entry that fails keeps its place, blocks only its own documents, and is tried again next time.
        """
        self.after_step("recorded")
        carried = 0
        blocked: set[str] = set()
        with self.git.writing():
            self.after_step("locked")
            for entry_id in self.pending():
                if until is not None and entry_id > until:
                    break
                carried += self._carry(entry_id, blocked)
        self.after_step("released")
        return carried

    def commit_of(self, entry_id: int) -> str:
        """Return the commit of an entry; raises ``NotPublished`` while it waits."""
        with self.sessions() as session:
            entry = session.get_one(OutboxEntry, entry_id)
            if entry.commit_id is None:
                raise NotPublished(reason=entry.last_error or "chưa đến lượt")
            return entry.commit_id

    def _carry(self, entry_id: int, blocked: set[str]) -> int:
        with self.sessions() as session:
            entry = session.get_one(OutboxEntry, entry_id)
            documents = set(
                session.scalars(
                    select(OutboxDocument.document_id).where(OutboxDocument.outbox_id == entry_id)
                )
            )
            if documents & blocked:
                return 0
            try:
                act = parse_message(entry.message)
                commit = self._to_git(session, entry_id, act)
                self._project(session, entry_id, act, commit)
            except (QmsError, OSError, SQLAlchemyError) as error:
                session.rollback()
                self._failed(session, entry_id, error)
                blocked |= documents
                return 0
        self.after_step("projected")
        return 1

    def _to_git(self, session: Session, entry_id: int, act: PublishedAct) -> str:
        trees: dict[str, dict[str, bytes]] = {}
        extra: dict[str, bytes] = {}
        for file in session.scalars(select(OutboxFile).where(OutboxFile.outbox_id == entry_id)):
            if file.document_id:
                trees.setdefault(file.document_id, {})[file.path] = file.data
            else:
                extra[file.path] = file.data
        since = _last_published_before(session, act)
        # the write lock of SQLite must not be held while Git works: readers of other acts would queue behind it
        session.rollback()
        return self.git.publish(act, trees, extra, since=since, after_step=self.after_step)

    def _project(self, session: Session, entry_id: int, act: PublishedAct, commit: str) -> None:
        entry = session.get_one(OutboxEntry, entry_id)
        apply_acts(session, [(commit, act)], self.git.read_all)
        record(
            session,
            at=self.clock(),
            actor=entry.recorded_by,
            act="published",
            subject=act.issuance_id or act.publish_key,
            via=Via.JOB,
            facts={"publish_key": act.publish_key, "commit": commit},
        )
        entry.done_at, entry.commit_id, entry.last_error = self.clock(), commit, ""
        session.execute(delete(OutboxFile).where(OutboxFile.outbox_id == entry.id))
        session.execute(delete(OutboxDocument).where(OutboxDocument.outbox_id == entry.id))
        session.commit()

    def _failed(self, session: Session, entry_id: int, error: Exception) -> None:
        entry = session.get_one(OutboxEntry, entry_id)
        entry.tries += 1
        entry.last_error = reason_of(error)
        session.commit()


def reason_of(error: Exception) -> str:
    """Return what went wrong in one line, without what a library wraps around it."""
    if isinstance(error, DBAPIError):
        return str(error.orig)
    reason = error.strerror if isinstance(error, OSError) else None
    return (reason or str(error)).partition("\n")[0][:500]


def _last_published_before(session: Session, act: PublishedAct) -> str | None:
    """Return the commit that the trail knew when the act was accepted: its own can only lie after that one.

    The latest commit of all would not do: a younger act may have reached Git before an older one was carried.
    """
    accepted = session.scalar(
        select(Event.id).where(
            Event.subject == (act.issuance_id or act.publish_key), Event.hash == act.audit_head
        )
    )
    facts = session.scalar(
        select(Event.facts)
        .where(Event.act == "published", Event.id < (accepted or 0))
        .order_by(Event.id.desc())
        .limit(1)
    )
    return str(facts["commit"]) if facts else None
