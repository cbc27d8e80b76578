"""What a use case is handed: one ``Work``, and the stores behind it as far as a use case needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from qms.formats.press.sheet import Sheet
from qms.formats.reading import Reading
from qms.formats.refusals import Unacceptable
from qms.formats.regulation import RegulationText
from qms.model.basis import EditedLines, LineEdit
from qms.model.cover import CoverValues, EditedCover
from qms.model.findings import Finding
from qms.model.permissions import Act, Actor, Subject
from qms.model.published import Manifest, PublishedAct
from qms.model.search import SearchIndex


@dataclass(frozen=True)
class Publication:
    """A published act on its way: what the commit says and the files it carries, by document and beside them."""

    act: PublishedAct
    trees: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    extra: Mapping[str, bytes] = field(default_factory=dict)


class PublishedStore(Protocol):
    """The repository as readers see it."""

    def head(self) -> str | None:
        """Return the commit that main points to."""

    def read(self, commit: str, document_id: str, name: str) -> bytes:
        """Return one file of a document as it stood at a commit; raises ``NotFound``."""

    def read_all(self, files: Sequence[tuple[str, str, str]]) -> list[bytes]:
        """Return many files, each given by commit, document and name; raises ``NotFound``."""

    def read_issuance_file(self, commit: str, issuance_id: str, name: str) -> bytes:
        """Return a file of an issuance (a scan) as it stood at a commit; raises ``NotFound``."""

    def manifest(self, commit: str, document_id: str) -> Manifest:
        """Return the list of a document's files at a commit."""

    def acts(self, after: str | None = None) -> Iterator[tuple[str, PublishedAct]]:
        """Yield every published act in commit order."""

    def maintenance(self) -> None:
        """Pack what was written one by one."""

    def verify(self) -> Iterator[Finding]:
        """Check every object, trailer, manifest and signature."""


class Reader(Protocol):
    """Reads, renders and compares texts within limits; what it derived once it remembers by hash."""

    def read(self, data: bytes, name: str) -> Reading:
        """Return what a file says; raises ``Unacceptable`` with the reason."""

    def read_many(self, files: Iterable[tuple[bytes, str]]) -> Iterator[Reading | Unacceptable]:
        """Yield in order what each file says, or why it cannot be read; old Word files as the DOCX made of them."""

    def unpack(self, data: bytes) -> Sequence[tuple[str, bytes]]:
        """Return the files of an archive other than zip by name; raises ``Unacceptable``."""

    def modern(self, data: bytes) -> bytes:
        """Return the DOCX of an old Word file; raises ``Unacceptable``."""

    def regulation(self, data: bytes, name: str) -> RegulationText:
        """Return the plain text of a regulation's file (Word, PDF, text); raises ``Unacceptable``."""

    def render(self, markdown: str) -> str:
        """Return safe HTML."""

    def redline(self, old_html: str, new_html: str) -> str:
        """Return HTML that marks what was added and removed."""

    def edit_lines(self, data: bytes, name: str, edits: Sequence[LineEdit]) -> EditedLines:
        """Return a master with lines of its legal basis edited, all else as it was; raises ``Unacceptable``."""

    def write_cover(self, data: bytes, name: str, values: CoverValues) -> EditedCover:
        """Return a master with its cover and sheet of amendments written; raises ``Unacceptable``."""


class Press(Protocol):
    """Puts masters on paper within limits."""

    def pdf(self, markdown: bytes, sheet: Sheet) -> bytes:
        """Return a Markdown master as PDF; raises ``Unacceptable``."""

    def stamped(self, docx: bytes, sheet: Sheet) -> bytes:
        """Return a Word master with copy line and QR code, its body as it was; raises ``Unacceptable``."""

    def stamped_pdf(self, docx: bytes, sheet: Sheet) -> bytes:
        """Return the same as PDF; raises ``NoOffice`` where the machine cannot."""

    @property
    def prints_word(self) -> bool:
        """Whether Word masters come as PDF here."""


class Templates(Protocol):
    """The Word templates of papers, the agency's own first."""

    def read(self, name: str) -> bytes:
        """Return a template; raises ``NotFound``."""


class Projection(Protocol):
    """The part of the database that Git alone can tell."""

    def apply(self, session: Session, commit: str, act: PublishedAct) -> None:
        """Write one published act into the database; applying it again changes nothing."""

    def differences(self, session: Session) -> Sequence[str]:
        """Compare the database with a fresh replay of Git and name every fact that differs."""

    def replay(self, session: Session) -> tuple[int, Sequence[str]]:
        """Bring the database to exactly what Git tells; return how many acts that were and which facts differed."""


class Work(Protocol):
    """The unit of work: one actor, one transaction, one moment. It rolls back unless it is committed."""

    @property
    def actor(self) -> Actor:
        """Who acts."""

    @property
    def session(self) -> Session:
        """The one transaction."""

    @property
    def git(self) -> PublishedStore:
        """What is published."""

    @property
    def index(self) -> SearchIndex:
        """What can be found."""

    @property
    def reader(self) -> Reader:
        """What texts say."""

    @property
    def press(self) -> Press:
        """What puts texts on paper."""

    @property
    def templates(self) -> Templates:
        """What papers are made from."""

    @property
    def projection(self) -> Projection:
        """What Git tells the database."""

    @property
    def now(self) -> datetime:
        """The moment (UTC)."""

    @property
    def local_now(self) -> datetime:
        """The moment by the agency's clock."""

    @property
    def today(self) -> date:
        """The day in the agency's zone."""

    @property
    def shell_decisions(self) -> bool:
        """Whether the agency takes decisions from the shell."""

    @property
    def route_days(self) -> int:
        """How many calendar days the route from submission to the issuing decision takes here."""

    def allow(self, act: Act, subject: Subject = ...) -> None:
        """Ask the table of permissions; raises ``Forbidden`` or ``NotFound``."""

    def trail_findings(self) -> Iterator[Finding]:
        """Check the chain of the trail."""

    def record(self, act: str, subject: str, **facts: object) -> None:
        """Write one event of the trail into this transaction."""

    def cached(self, kind: str, token: str) -> object | None:
        """Return what was remembered for this state of things, if it still is."""

    def remember(self, kind: str, token: str, value: object) -> None:
        """Keep a derived value for later works, instead of the one for another state."""

    def enqueue(self, kind: str, *keys: str) -> None:
        """Leave work that is due now."""

    def commit(self) -> None:
        """Make everything durable."""

    def publish(self, publication: Publication) -> str:
        """Make everything durable, carry the act to Git, and return its commit; only then may success be told."""
