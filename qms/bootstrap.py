"""The composition root: the only place that constructs stores, reads the clock and touches the instance folder."""

from __future__ import annotations

import getpass
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from qms.config import Config
from qms.data import data_dir
from qms.errors import Fault
from qms.model.enums import Via
from qms.model.permissions import Actor
from qms.model.search import SearchIndex
from qms.stores.git.keys import ensure_key
from qms.stores.git.store import GitStore
from qms.stores.office import Office
from qms.stores.paper_templates import PaperTemplates
from qms.stores.press import Press
from qms.stores.publishing import AfterStep, Publisher
from qms.stores.readings import Readings
from qms.stores.sandbox import Sandbox
from qms.stores.sql import schema
from qms.stores.sql.engine import for_reading, make_engine
from qms.stores.work import SqlWork, Stores, storage_errors
from qms.usecases import people

Clock = Callable[[], datetime]


class HomeUnwritable(Fault):
    """The instance folder cannot be made or written."""

    code = "home_unwritable"
    sentence = (
        "Không ghi được vào «{home}» ({reason}); hãy kiểm tra quyền ghi hoặc chọn thư mục khác (QMS_HOME)."
    )


def utc_now() -> datetime:
    """Return the present instant; nothing but this function reads the clock."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class QMS:
    """One running instance: its stores, its clock, and the way to a unit of work."""

    config: Config
    engine: Engine
    sessions: sessionmaker[Session]
    readers: sessionmaker[Session]
    stores: Stores
    clock: Clock

    @property
    def publisher(self) -> Publisher:
        """What carries acts to Git."""
        return self.stores.publisher

    @contextmanager
    def work(self, actor: Actor) -> Iterator[SqlWork]:
        """Open a unit of work that may write; it rolls back unless it is committed."""
        with self.sessions() as session, storage_errors():
            yield self._work(session, actor)

    @contextmanager
    def reading(self, actor: Actor) -> Iterator[SqlWork]:
        """Open a unit of work that only reads and never waits for a writer."""
        with self.readers() as session, storage_errors():
            yield self._work(session, actor)

    def shell(self, login: str | None = None) -> Actor:
        """Return who acts at the terminal: a named person, or the bare operating-system user."""
        user = _os_user()
        bare = Actor(name=user, via=Via.SHELL, os_user=user)
        if login is None:
            return bare
        with self.reading(bare) as work:
            return people.actor(work, Via.SHELL, login=login, os_user=user)

    def person(self, person_id: int, via: Via) -> Actor:
        """Return a signed-in person as an actor."""
        with self.reading(self.visitor()) as work:
            return people.actor(work, via, person_id=person_id)

    def visitor(self, *, office: bool = False) -> Actor:
        """Return somebody who is not signed in, inside or outside the office network."""
        return Actor(name="", via=Via.WEB, office=office)

    def job(self) -> Actor:
        """Return the machine itself, doing what is due."""
        return Actor(name="qms", via=Via.JOB)

    def close(self) -> None:
        """Let go of children, files and connections."""
        self.stores.reader.close()
        self.stores.press.close()
        self.stores.git.close()
        self.stores.index.close()
        self.engine.dispose()

    def _work(self, session: Session, actor: Actor) -> SqlWork:
        return SqlWork(
            session=session,
            actor=actor,
            now=self.clock(),
            zone=self.config.zone,
            stores=self.stores,
            shell_decisions=self.config.shell_decisions,
            route_days=self.config.route_days,
        )


def create(config: Config) -> None:
    """Make the folder, keys, repository and schema of an instance; what is there already is left as it is."""
    try:
        config.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        config.keys.mkdir(exist_ok=True, mode=0o700)
        config.cache.mkdir(exist_ok=True, mode=0o700)
        secret = config.keys / "session"
        if not secret.exists():
            secret.write_text(secrets.token_hex(32))
            secret.chmod(0o600)
    except OSError as error:
        raise HomeUnwritable(home=config.home, reason=error.strerror) from error
    key = ensure_key(config.keys / "signing") if config.sign_commits else None
    if not (config.repository / "HEAD").exists():
        GitStore.create(config.repository, key, "").close()
    engine = make_engine(config.url)
    with storage_errors():
        schema.upgrade(engine)
    engine.dispose()


def build(
    config: Config,
    *,
    clock: Clock = utc_now,
    after_step: AfterStep | None = None,
    index: SearchIndex | None = None,
) -> QMS:
    """Open an instance; raises ``NoInstance`` or ``SchemaDiffers`` unless it is one of this version's."""
    _demand_home(config.home)
    engine = make_engine(config.url)
    with storage_errors():
        schema.check(engine)
    if index is None:
        from qms.stores.index import open_index

        index = open_index(config.index)
    key = config.keys / "signing"
    git = GitStore(config.repository, key if config.sign_commits and key.exists() else None, "")
    sessions = sessionmaker(engine, expire_on_commit=False)
    templates = data_dir("templates") / "print"
    office = Office(lock=config.cache / "office.lock", fonts=templates / "fonts")
    return QMS(
        config=config,
        engine=engine,
        sessions=sessions,
        readers=sessionmaker(for_reading(engine), expire_on_commit=False),
        stores=Stores(
            git=git,
            index=index,
            reader=Readings(Sandbox(), config.cache, office=office),
            press=Press(templates, office, config.cache / "paper"),
            publisher=Publisher(sessions, git, clock, after_step),
            templates=PaperTemplates(config.home / "templates", templates),
        ),
        clock=clock,
    )


def exists(config: Config) -> bool:
    """Tell whether an instance of this version lies here; raises ``SchemaDiffers`` for another version's."""
    try:
        build(config).close()
    except schema.NoInstance:
        return False
    return True


def upgrade(config: Config) -> tuple[str | None, str, Path | None]:
    """Bring the schema to head; return where it was, where it is now, and the copy that was made before."""
    _demand_home(config.home)
    engine = make_engine(config.url)
    with storage_errors():
        before = schema.current(engine)
        if before == schema.head():
            return before, before, None
        backup = config.home / "backups" / f"{before}-{utc_now():%Y%m%dT%H%M%SZ}.sqlite3"
        backup.parent.mkdir(exist_ok=True, mode=0o700)
        copied = schema.copy(engine, backup)
        after = schema.upgrade(engine)
    engine.dispose()
    return before, after, backup if copied else None


def session_secret(config: Config) -> str:
    """Return the secret that signs web sessions: the one that was set, else the instance's own."""
    if config.secret_key:
        return config.secret_key
    path = config.secret_key_file or config.keys / "session"
    try:
        return path.read_text().strip()
    except OSError as error:
        raise HomeUnwritable(home=path, reason=error.strerror) from error


def _demand_home(home: Path) -> None:
    try:
        there = home.is_dir()
    except OSError as error:
        raise HomeUnwritable(home=home, reason=error.strerror) from error
    if not there:
        raise schema.NoInstance
    if not os.access(home, os.W_OK | os.X_OK):
        raise HomeUnwritable(home=home, reason="chỉ được đọc")


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
