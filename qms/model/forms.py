"""Forms: the words of each blank form as issued, derived; and where a form gets its validity from, as the officer said.

What a form is: a document of type form, or a blank form in the file of a procedure (``domain.md`` §2.1: form and
procedure share one revision in practice).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qms.model.base import Base, Closed, Instant
from qms.model.enums import FormSource
from qms.model.law import Ref


class FormText(Base):
    """One blank form of an issued revision: ``place`` 0 is the document itself, 1 .. those in its file.

    Derived, rebuilt with the index. ``sketch`` is a sample of what tells the form (``formats.form_words``),
    ``fixed_sha256`` names its fixed words: equal ones cannot be told apart.
    """

    __tablename__ = "form_text"
    __table_args__ = (UniqueConstraint("revision_id", "place"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    title: Mapped[str] = mapped_column(String(500))
    code: Mapped[str] = mapped_column(String(80), default="")
    fixed_sha256: Mapped[str] = mapped_column(String(64), index=True)
    sketch: Mapped[bytes] = mapped_column(LargeBinary)
    text: Mapped[str] = mapped_column(Text, deferred=True)


class FormOrigin(Base):
    """Where a form document gets its validity from: an instrument and the sample's number in it, us, or software."""

    __tablename__ = "form_origin"
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    source: Mapped[FormSource] = mapped_column(Closed(FormSource))
    key: Mapped[str] = mapped_column(String(80), default="", index=True)
    issuer_key: Mapped[str] = mapped_column(String(120), default="")
    sample: Mapped[str] = mapped_column(String(80), default="")
    software: Mapped[str] = mapped_column(String(200), default="")
    set_by: Mapped[str] = mapped_column(String(120), default="")
    set_at: Mapped[datetime] = mapped_column(Instant)

    @property
    def ref(self) -> Ref | None:
        """Return what names the instrument; None for a form that rests on none."""
        return Ref(self.key, self.issuer_key) if self.source is FormSource.INSTRUMENT and self.key else None
