"""Documents, their codes and revisions, and the decisions people take on exact content."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qms.errors import Refused
from qms.model.base import Base, Closed, Instant
from qms.model.enums import DecisionKind, DocumentType, LinkKind, MasterFormat, RevisionState

if TYPE_CHECKING:
    from qms.model.organisation import Field, Position, Unit

OPEN_STATES = (RevisionState.DRAFT, RevisionState.IN_REVIEW, RevisionState.RETURNED, RevisionState.APPROVED)
EDITABLE = (RevisionState.DRAFT, RevisionState.RETURNED)
STATE_WORDS = {
    RevisionState.DRAFT: "đang soạn",
    RevisionState.IN_REVIEW: "đang trình duyệt",
    RevisionState.RETURNED: "bị trả lại",
    RevisionState.APPROVED: "đã duyệt, chờ ban hành",
    RevisionState.ISSUED: "đã ban hành",
    RevisionState.WITHDRAWN: "đã rút lại",
}


class WrongState(Refused):
    """The revision is not where this act begins."""

    code = "wrong_state"
    sentence = "{code}: bản này đang ở bước «{state}», chưa thể {act}."


class OpenAlready(Refused):
    """One open revision a document (day rule 5)."""

    code = "open_already"
    sentence = "{code}: đang có một bản soạn dở; hãy tiếp tục bản đó hoặc bỏ nó trước."


class OwnWork(Refused):
    """Nobody approves what they drafted (``design.md`` §1, promise 3)."""

    code = "own_work"
    sentence = "{code}: bạn là người soạn hoặc nhập bản này nên không được tự xem xét, phê duyệt; hãy nhờ người khác."


class ContentChanged(Refused):
    """The content is no longer the one that was looked at."""

    code = "content_changed"
    sentence = "{code}: nội dung đã thay đổi so với bản bạn đang xem; hãy mở lại trang và xem bản mới nhất."


class NotDecided(Refused):
    """No standing approval covers the present content."""

    code = "not_approved"
    sentence = "{code}: chưa có phê duyệt cho đúng nội dung này; hãy trình duyệt trước khi ban hành."


class Document(Base):
    """A controlled item with a stable id; what it says is in its revisions."""

    __tablename__ = "document"
    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    title: Mapped[str] = mapped_column(String(500))
    folded_title: Mapped[str] = mapped_column(String(500), index=True)
    type: Mapped[DocumentType] = mapped_column(Closed(DocumentType))
    issuer: Mapped[str] = mapped_column(String(200))
    master: Mapped[MasterFormat] = mapped_column(Closed(MasterFormat))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    field_id: Mapped[int | None] = mapped_column(ForeignKey("field.id"))
    owner_position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    review_months: Mapped[int] = mapped_column(default=12)
    retired_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
    codes: Mapped[list[Code]] = relationship(lazy="raise", order_by="Code.id")
    unit: Mapped[Unit] = relationship(lazy="raise")
    field: Mapped[Field | None] = relationship(lazy="raise")
    owner: Mapped[Position | None] = relationship(lazy="raise")

    @property
    def code(self) -> str:
        """Return the code that holds now, or the id where the paper bears none."""
        open_codes = [row.code for row in self.codes if row.ends is None]
        return open_codes[-1] if open_codes else self.id


class DocumentUnit(Base):
    """A unit that applies a document (đơn vị áp dụng)."""

    __tablename__ = "document_unit"
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)


class DocumentLink(Base):
    """One document belongs to another: a procedure uses a form, a local document adopts a model."""

    __tablename__ = "document_link"
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    other_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True, index=True)
    kind: Mapped[LinkKind] = mapped_column(Closed(LinkKind), primary_key=True)


class Code(Base):
    """A dated row: this document bears this code in this unit."""

    __tablename__ = "code"
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    code: Mapped[str] = mapped_column(String(80))
    folded: Mapped[str] = mapped_column(String(80), index=True)
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    reused: Mapped[bool] = mapped_column(default=False)


class Revision(Base):
    """One state of a document's content, from draft to what once applied."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("document_id", "sequence"),
        Index(
            "ix_revision_one_open",
            "document_id",
            unique=True,
            sqlite_where=text("state IN ('draft','in_review','returned','approved')"),
            postgresql_where=text("state IN ('draft','in_review','returned','approved')"),
        ),
        Index("ix_revision_effective", "state", "effective_from"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    sequence: Mapped[int | None]
    issue_number: Mapped[int] = mapped_column(default=1)
    revision_number: Mapped[int] = mapped_column(default=0)
    state: Mapped[RevisionState] = mapped_column(Closed(RevisionState), default=RevisionState.DRAFT)
    title: Mapped[str] = mapped_column(String(500))
    code: Mapped[str] = mapped_column(String(80))
    change_note: Mapped[str] = mapped_column(Text, default="")
    basis_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    content_sha256: Mapped[str | None] = mapped_column(String(64))
    master_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    base_sequence: Mapped[int | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    author_name: Mapped[str] = mapped_column(String(120), default="")
    author_position: Mapped[str] = mapped_column(String(200), default="")
    typed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    source_file: Mapped[str | None] = mapped_column(String(300))
    source_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    printed_date: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    issuance_id: Mapped[str | None] = mapped_column(ForeignKey("issuance.id"), index=True)
    effective_from: Mapped[date | None]
    looked_at: Mapped[date | None]
    commit_id: Mapped[str | None] = mapped_column(String(64))
    check_token: Mapped[str | None] = mapped_column(String(26), index=True)
    short_code: Mapped[str | None] = mapped_column(String(8), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    document: Mapped[Document] = relationship(lazy="raise")
    decisions: Mapped[list[Decision]] = relationship(lazy="raise", order_by="Decision.id")
    drafters: Mapped[list[Drafter]] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def label(self) -> str:
        """Return the edition as the trailers write it: issue and revision number, ``01.02``."""
        return f"{self.issue_number:02d}.{self.revision_number:02d}"

    @property
    def open(self) -> bool:
        """Tell whether people still work on it."""
        return self.state in OPEN_STATES

    def expect(self, act: str, *states: RevisionState) -> None:
        """Refuse an act that does not begin in the present state."""
        if self.state not in states:
            raise WrongState(code=self.code, state=STATE_WORDS[self.state], act=act)

    def submit(self, content_sha256: str, at: datetime) -> None:
        """Send exactly this content to be decided on; earlier decisions on other content no longer count."""
        self.expect("trình duyệt", *EDITABLE)
        self.content_sha256 = content_sha256
        self.submitted_at = at
        self.state = RevisionState.IN_REVIEW

    @property
    def hands(self) -> frozenset[int]:
        """Return the people whose work this is: the author, and everybody who changed its content since."""
        people = {self.author_id, self.typed_by_id, *(drafter.person_id for drafter in self.drafters)}
        return frozenset(person for person in people if person is not None)

    def refuse_own(self, person_id: int) -> None:
        """Refuse a decision by anybody who had a hand in the revision's content."""
        if person_id in self.hands:
            raise OwnWork(code=self.code)

    def decide(self, decision: Decision) -> None:
        """Take a review or approval of exactly the present content by somebody who did not draft it."""
        self.expect("xem xét, phê duyệt", RevisionState.IN_REVIEW)
        if decision.person_id is not None:
            self.refuse_own(decision.person_id)
        if decision.content_sha256 != self.content_sha256:
            raise ContentChanged(code=self.code)
        if decision.kind is DecisionKind.APPROVAL:
            self.state = RevisionState.APPROVED

    def send_back(self) -> None:
        """Return the revision to its author; what was decided stays on record but no longer counts."""
        self.expect("trả lại", RevisionState.IN_REVIEW, RevisionState.APPROVED)
        self.state = RevisionState.RETURNED

    def standing(self, kind: DecisionKind) -> list[Decision]:
        """Return the decisions of a kind that say yes to the present content and were not made void."""
        return [
            d
            for d in self.decisions
            if d.kind is kind
            and d.accepted
            and d.content_sha256 == self.content_sha256
            and d.voided_at is None
        ]

    def require_approval(self) -> None:
        """Refuse what no standing approval of the present content covers."""
        self.expect("ban hành", RevisionState.APPROVED)
        if not self.standing(DecisionKind.APPROVAL):
            raise NotDecided(code=self.code)


class Drafter(Base):
    """A person who changed the content of a revision, and so may not decide on it."""

    __tablename__ = "drafter"
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class DraftFile(Base):
    """A file of a revision that is not yet in Git; dropped once it is."""

    __tablename__ = "draft_file"
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Decision(Base):
    """A person's review or approval of a revision's exact content, by its SHA-256."""

    __tablename__ = "decision"
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    kind: Mapped[DecisionKind] = mapped_column(Closed(DecisionKind))
    accepted: Mapped[bool] = mapped_column(default=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(120))
    position_name: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(Instant)
    content_sha256: Mapped[str] = mapped_column(String(64))
    comment: Mapped[str] = mapped_column(Text, default="")
    voided_at: Mapped[datetime | None] = mapped_column(Instant)
