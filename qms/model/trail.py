"""The append-only trail, the outbox of acts on their way to Git, and jobs that are due."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from qms.model.base import Base, Closed, Facts, Instant, canonical_json
from qms.model.enums import Via

GENESIS = "0" * 64


class Event(Base):
    """One line of the trail; its hash seals it and everything before it."""

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(120))
    act: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    via: Mapped[Via] = mapped_column(Closed(Via))
    facts: Mapped[dict[str, Any]] = mapped_column(Facts)
    hash: Mapped[str] = mapped_column(String(64))

    def sealed(self, previous: str) -> str:
        """Return ``SHA-256(0x00 ‖ previous ‖ canonical JSON)`` of this event (``design.md`` §4)."""
        body = canonical_json(
            {
                "at": self.at.isoformat(),
                "actor": self.actor,
                "act": self.act,
                "subject": self.subject,
                "via": self.via.value,
                "facts": self.facts,
            }
        )
        return hashlib.sha256(b"\x00" + bytes.fromhex(previous) + body.encode()).hexdigest()


class TrailHead(Base):
    """The one row that every writer of the trail locks last."""

    __tablename__ = "trail_head"
    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), default=GENESIS)
    events: Mapped[int] = mapped_column(default=0)


class OutboxEntry(Base):
    """A published act on its way to Git: frozen when the rules said yes, done when main has moved."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_done", "done_at"),
        Index(
            "ix_outbox_pending",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    publish_key: Mapped[str] = mapped_column(String(36), unique=True)
    message: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    commit_id: Mapped[str | None] = mapped_column(String(64))


class OutboxFile(Base):
    """A file an outbox entry carries to Git, kept here until main has moved."""

    __tablename__ = "outbox_file"
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True)
    document_id: Mapped[str] = mapped_column(String(8), primary_key=True, default="")
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    data: Mapped[bytes]


class OutboxDocument(Base):
    """A document with an act on its way: at most one at a time."""

    __tablename__ = "outbox_document"
    document_id: Mapped[str] = mapped_column(String(8), primary_key=True)
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id", ondelete="CASCADE"), index=True)


class Job(Base):
    """Work that is due: written in the act's transaction, done once, tried again when it fails."""

    __tablename__ = "job"
    __table_args__ = (UniqueConstraint("kind", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(120))
    due: Mapped[datetime] = mapped_column(Instant, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")


class Generation(Base):
    """A counter that moves when what is in force may have changed; caches by day are keyed by it."""

    __tablename__ = "generation"
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[int] = mapped_column(default=0)
