"""The legal register: instruments, how they bear on one another from a day, and the citations that rest on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qms.model.base import Base, Closed, Instant
from qms.model.enums import CitationOrigin, RelationKind, TextFindingKind


class Ref(NamedTuple):
    """What names one instrument: its number and, where numbers repeat in every province, its issuer (folded)."""

    key: str
    issuer: str = ""


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

    @property
    def ref(self) -> Ref:
        """Return what names it."""
        return Ref(self.key, self.issuer_key or "")


class Relation(Base):
    """One instrument bears on another, whole or by provision, from a day; either may be missing in the register.

    ``source_issuer`` and ``target_issuer`` are folded as ``Instrument.issuer_key`` is, and empty where the number is
    enough. ``except_provisions`` stay as they were; ``sentence`` is what the regulation says, where it was read.
    """

    __tablename__ = "relation"
    __table_args__ = (
        UniqueConstraint(
            "source_key",
            "source_issuer",
            "kind",
            "target_key",
            "target_issuer",
            "target_provisions",
            "source_provision",
            "starts",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    source_key: Mapped[str] = mapped_column(String(80), index=True)
    source_issuer: Mapped[str] = mapped_column(String(120), default="", server_default="")
    kind: Mapped[RelationKind] = mapped_column(Closed(RelationKind))
    target_key: Mapped[str] = mapped_column(String(80), index=True)
    target_issuer: Mapped[str] = mapped_column(String(120), default="", server_default="")
    target_provisions: Mapped[str] = mapped_column(String(500), default="")
    source_provision: Mapped[str] = mapped_column(String(200), default="")
    starts: Mapped[date | None]
    except_provisions: Mapped[str] = mapped_column(String(500), default="", server_default="")
    sentence: Mapped[str] = mapped_column(Text, default="", server_default="")

    @property
    def source(self) -> Ref:
        """Return what names the instrument that acts."""
        return Ref(self.source_key, self.source_issuer or "")

    @property
    def target(self) -> Ref:
        """Return what names the instrument that is acted on."""
        return Ref(self.target_key, self.target_issuer or "")

    @property
    def provisions(self) -> tuple[str, ...]:
        """Return the provisions of the target that are touched; none means the whole instrument."""
        return _ids(self.target_provisions)

    @property
    def excepted(self) -> tuple[str, ...]:
        """Return the provisions of the target that stay as they were."""
        return _ids(self.except_provisions or "")

    @property
    def own_provisions(self) -> tuple[str, ...]:
        """Return the provisions of the source that say so; none where it is not known which."""
        return _ids(self.source_provision or "")


class Citation(Base):
    """A span of a revision's text that points to an instrument and provisions of it."""

    __tablename__ = "citation"
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(200), index=True)
    issuer: Mapped[str] = mapped_column(String(200), default="")
    issuer_key: Mapped[str] = mapped_column(String(120), default="", server_default="")
    provisions: Mapped[str] = mapped_column(Text, default="")
    nested: Mapped[bool] = mapped_column(default=False)
    basis: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[CitationOrigin] = mapped_column(Closed(CitationOrigin), default=CitationOrigin.FOUND)

    @property
    def ref(self) -> Ref:
        """Return what the text names; a local number without its issuer may be of any province."""
        return Ref(self.key, self.issuer_key or "")

    @property
    def provision_ids(self) -> tuple[str, ...]:
        """Return the cited provisions as Akoma Ntoso style ids; none means the whole instrument."""
        return tuple(self.provisions.split())


class Clearance(Base):
    """A named person looked at what one change makes of a document and says, with a reason, that it still holds.

    It sets ``looked_at`` for citations of ``target_key`` as far as the change by ``source_key`` goes (``design.md``
    §6); what has ended stays dead.
    """

    __tablename__ = "clearance"
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    sequence: Mapped[int]
    source_key: Mapped[str] = mapped_column(String(80))
    source_issuer: Mapped[str] = mapped_column(String(120), default="")
    target_key: Mapped[str] = mapped_column(String(80))
    day: Mapped[date]
    person_name: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)


class TextFinding(Base):
    """What in a revision's text needs an eye beside its citations; derived, once for each wording, with its count.

    ``since`` is the first day on which an abolished name was out of use; a finding without it holds on any day.
    """

    __tablename__ = "text_finding"
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), index=True)
    kind: Mapped[TextFindingKind] = mapped_column(Closed(TextFindingKind))
    text: Mapped[str] = mapped_column(String(300))
    since: Mapped[date | None]
    instead: Mapped[str] = mapped_column(String(300), default="")
    count: Mapped[int] = mapped_column(default=1)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(text.replace(";", " ").replace(",", " ").split())
