"""The legal register: instruments, how they bear on one another from a day, and the citations that rest on them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qms.model.base import Base, Closed
from qms.model.enums import CitationOrigin, RelationKind


class Instrument(Base):
    """A legal instrument: law, decree, circular, local resolution, standard, official letter ...

    ``key`` is the canonical number (``123/2015/NĐ-CP``); local instruments repeat numbers in every province, so
    the issuer (folded) completes the key there and is empty otherwise. Laws and resolutions of the National
    Assembly have borne the same number (24/2008/QH12), so the type completes it as well.
    """

    __tablename__ = "instrument"
    __table_args__ = (UniqueConstraint("key", "issuer_key", "type"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), index=True)
    issuer_key: Mapped[str] = mapped_column(String(120), default="")
    type: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(Text, default="")
    issuer: Mapped[str] = mapped_column(String(200), default="")
    issued: Mapped[date | None]
    effective: Mapped[date | None]
    expires: Mapped[date | None]
    province: Mapped[str] = mapped_column(String(80), default="")
    url: Mapped[str] = mapped_column(String(500), default="")
    topics: Mapped[str] = mapped_column(String(300), default="")


class Relation(Base):
    """One instrument bears on another, whole or by provision, from a day; either may be missing in the register."""

    __tablename__ = "relation"
    __table_args__ = (
        UniqueConstraint(
            "source_key", "kind", "target_key", "target_provisions", "source_provision", "starts"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    source_key: Mapped[str] = mapped_column(String(80), index=True)
    kind: Mapped[RelationKind] = mapped_column(Closed(RelationKind))
    target_key: Mapped[str] = mapped_column(String(80), index=True)
    target_provisions: Mapped[str] = mapped_column(String(500), default="")
    source_provision: Mapped[str] = mapped_column(String(200), default="")
    starts: Mapped[date | None]

    @property
    def provisions(self) -> tuple[str, ...]:
        """Return the provisions of the target that are touched; none means the whole instrument."""
        return tuple(
            part for part in self.target_provisions.replace(";", " ").replace(",", " ").split() if part
        )


class Citation(Base):
    """A span of a revision's text that points to an instrument and provisions of it."""

    __tablename__ = "citation"
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(200), index=True)
    issuer: Mapped[str] = mapped_column(String(200), default="")
    provisions: Mapped[str] = mapped_column(Text, default="")
    nested: Mapped[bool] = mapped_column(default=False)
    basis: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[CitationOrigin] = mapped_column(Closed(CitationOrigin), default=CitationOrigin.FOUND)

    @property
    def provision_ids(self) -> tuple[str, ...]:
        """Return the cited provisions as Akoma Ntoso style ids; none means the whole instrument."""
        return tuple(self.provisions.split())
