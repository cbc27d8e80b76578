"""One unit of work over all stores: a session, a moment, an actor; nothing stays unless it is committed."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from qms.errors import Fault
from qms.model.findings import Finding
from qms.model.permissions import NOTHING_IN_PARTICULAR, Act, Actor, Subject, require
from qms.model.published import PublishedAct
from qms.model.search import SearchIndex
from qms.stores.git.store import GitStore
from qms.stores.paper_templates import PaperTemplates
from qms.stores.press import Press
from qms.stores.publishing import NotPublished, Publisher, accept, reason_of
from qms.stores.readings import Readings
from qms.stores.sql import comparison, trail
from qms.stores.sql.projection import apply_acts
from qms.stores.sql.shelf import enqueue
from qms.stores.sql.tables import metadata

if TYPE_CHECKING:
    from qms.usecases.ports import Publication


class StorageFailed(Fault):
    """The disk is full, read-only, or the database is held by something else."""

    code = "storage_failed"
    sentence = (
        "Không ghi được dữ liệu ({reason}); hãy kiểm tra dung lượng đĩa và quyền ghi. Chưa có gì bị thay đổi."
    )


class DatabaseDamaged(Fault):
    """The database file cannot be read as one."""

    code = "database_damaged"
    sentence = (
        "Cơ sở dữ liệu bị hỏng ({reason}); hãy khôi phục từ bản sao lưu, "
        "hoặc bỏ tệp đó đi rồi lập lại từ kho tài liệu bằng «qms rebuild»."
    )


@dataclass(frozen=True)
class Stores:
    """The stores of an instance, shared by all its works; ``memory`` keeps derived values by state."""

    git: GitStore
    index: SearchIndex
    reader: Readings
    press: Press
    publisher: Publisher
    templates: PaperTemplates
    memory: MutableMapping[str, tuple[str, object]] = field(default_factory=dict)


class GitProjection:
    """Replays Git into a database, or compares the two; implements ``usecases.ports.Projection``."""

    def __init__(self, git: GitStore) -> None:
        self.git = git
        self._told: tuple[str | None, frozenset[comparison.Fact]] | None = None

    def apply(self, session: Session, commit: str, act: PublishedAct) -> None:
        """Write one act."""
        apply_acts(session, [(commit, act)], self.git.read_all)

    def replay(self, session: Session) -> tuple[int, Sequence[str]]:
        """Apply every act in commit order, then forget what Git does not know."""
        before, empty = comparison.facts(session), comparison.is_empty(session)
        count = apply_acts(session, self.git.acts(), self.git.read_all)
        if empty:
            # nothing was here that Git could contradict: this replay is as fresh as any
            self._told = (self.git.head(), comparison.facts(session))
        else:
            comparison.forget_unknown(session, self._published())
        return count, comparison.differences(before, self._published())

    def differences(self, session: Session) -> Sequence[str]:
        """Name every published fact on which the database and a fresh replay disagree."""
        return comparison.differences(comparison.facts(session), self._published())

    def _published(self) -> frozenset[comparison.Fact]:
        """Return what a fresh replay tells, replayed once for each head."""
        head = self.git.head()
        if self._told is None or self._told[0] != head:
            self._told = (head, self._fresh())
        return self._told[1]

    def _fresh(self) -> frozenset[comparison.Fact]:
        engine = create_engine("sqlite://", poolclass=StaticPool)
        metadata.create_all(engine)
        with Session(engine) as session:
            apply_acts(session, self.git.acts(), self.git.read_all)
            found = comparison.facts(session)
        engine.dispose()
        return found


class SqlWork:
    """Implements ``usecases.ports.Work``."""

    def __init__(
        self,
        *,
        session: Session,
        actor: Actor,
        now: datetime,
        zone: ZoneInfo,
        stores: Stores,
        shell_decisions: bool,
        route_days: int,
    ) -> None:
        self.session, self.actor, self.now = session, actor, now
        self.local_now = now.astimezone(zone)
        self.today = self.local_now.date()
        self.git, self.index, self.reader = stores.git, stores.index, stores.reader
        self.press, self.templates = stores.press, stores.templates
        self.projection = GitProjection(stores.git)
        self.shell_decisions, self.route_days = shell_decisions, route_days
        self._publisher, self._memory = stores.publisher, stores.memory

    def allow(self, act: Act, subject: Subject = NOTHING_IN_PARTICULAR) -> None:
        """Ask the table of permissions."""
        require(self.actor, act, subject)

    def record(self, act: str, subject: str, **facts: object) -> None:
        """Write one event of the trail."""
        self._record(act, subject, facts)

    def trail_findings(self) -> Iterator[Finding]:
        """Check the chain of the trail."""
        return trail.verify(self.session)

    def cached(self, kind: str, token: str) -> object | None:
        """Return what was remembered for this state of things, if it still is."""
        known = self._memory.get(kind)
        return known[1] if known and known[0] == token else None

    def remember(self, kind: str, token: str, value: object) -> None:
        """Keep a derived value for later works, instead of the one for another state."""
        self._memory[kind] = (token, value)

    def enqueue(self, kind: str, *keys: str) -> None:
        """Leave work that is due now, once per key."""
        enqueue(self.session, kind, keys, self.now)

    def commit(self) -> None:
        """Make everything durable."""
        with storage_errors():
            self.session.commit()

    def publish(self, publication: Publication) -> str:
        """Carry an act to Git; the transaction of the use case ends with the outbox entry."""
        act = publication.act
        with storage_errors():
            head = self._record(
                f"publish_{act.act}",
                act.issuance_id or act.publish_key,
                {
                    "publish_key": act.publish_key,
                    "documents": [item.line.text() for item in act.documents],
                    "issued_by": act.number or "",
                },
            )
            files = {
                (document, path): data
                for document, tree in publication.trees.items()
                for path, data in tree.items()
            } | {("", path): data for path, data in publication.extra.items()}
            entry = accept(self.session, act, head, files)
            self.session.commit()
        with recorded_already():
            self._publisher.drain(until=entry)
            return self._publisher.commit_of(entry)

    def _record(self, act: str, subject: str, facts: dict[str, object]) -> str:
        return trail.record(
            self.session,
            at=self.now,
            actor=self.actor.name,
            act=act,
            subject=subject,
            via=self.actor.via,
            facts=facts | ({"os_user": self.actor.os_user} if self.actor.os_user else {}),
        )


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn what the disk says into one sentence; the transaction was not taken."""
    try:
        yield
    except (OperationalError, OSError) as error:
        raise StorageFailed(reason=reason_of(error)) from error
    except DatabaseError as error:
        # the plain class is what SQLite says of a file that is no database, or no longer; others are our mistakes
        if type(error) is not DatabaseError:
            raise
        raise DatabaseDamaged(reason=error.orig) from error


@contextmanager
def recorded_already() -> Iterator[None]:
    """Turn what goes wrong after the outbox took an act into one sentence: it is recorded and will be carried on."""
    try:
        yield
    except NotPublished:
        raise
    except (Fault, OperationalError, OSError) as error:
        raise NotPublished(reason=reason_of(error)) from error
