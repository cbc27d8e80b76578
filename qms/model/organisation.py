"""Who works here: units, positions, people, and who holds which position from when to when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qms.model.base import Base, Closed, Instant
from qms.model.enums import Role


class Unit(Base):
    """An organisational unit of a dated tree; it is renamed, merged or abolished on a day, never deleted."""

    __tablename__ = "unit"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20), default="unit")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    starts: Mapped[date | None]
    ends: Mapped[date | None]


class Field(Base):
    """A field (lĩnh vực) as the national TTHC base names them."""

    __tablename__ = "field"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))


class Position(Base):
    """A position in a unit: work belongs to it, whoever holds it."""

    __tablename__ = "position"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))


class Person(Base):
    """A person who acts in the tool; what they may do comes from grants, what they answer for from positions."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    grants: Mapped[list[RoleGrant]] = relationship(lazy="raise", order_by="RoleGrant.id")
    assignments: Mapped[list[Assignment]] = relationship(lazy="raise", order_by="Assignment.starts")

    def position_on(self, day: date) -> Position | None:
        """Return the position held on ``day`` (the latest begun, if several)."""
        held = [a.position for a in self.assignments if a.holds_on(day)]
        return held[-1] if held else None


class Assignment(Base):
    """A person holds a position from a day until a day."""

    __tablename__ = "assignment"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)
    starts: Mapped[date]
    ends: Mapped[date | None]
    position: Mapped[Position] = relationship(lazy="raise")

    def holds_on(self, day: date) -> bool:
        """Tell whether the assignment covers ``day``; the end day is no longer in it."""
        return self.starts <= day and (self.ends is None or day < self.ends)


class RoleGrant(Base):
    """A role given to a person for a unit and everything below it."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("person_id", "role", "unit_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(Closed(Role))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))


class SignInLink(Base):
    """A one-time sign-in link: only the hash of its token is kept, it is used once and runs out."""

    __tablename__ = "sign_in_link"
    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    expires: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
