"""A package: files handed in together (usually from the office above), until each is in control or left out."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qms.errors import NotFound, Refused
from qms.model.base import Base, Closed, Facts, Instant
from qms.model.enums import ImportMatch


class PackageFileState(StrEnum):
    """How far one file of a package has come."""

    WAITING = "waiting"
    READ = "read"
    UNREADABLE = "unreadable"
    TAKEN = "taken"
    SAME = "same"
    LEFT_OUT = "left_out"


class PackageChoice(StrEnum):
    """What a person says of a file that the tool cannot place by itself, or places otherwise."""

    NEW = "new"
    NEXT = "next"
    LEAVE_OUT = "leave_out"


class PackageStanding(StrEnum):
    """Where a file of a package stands against what is in control: the columns of its matrix."""

    WAITING = "waiting"
    REPLACES = "replaces"
    NEW = "new"
    SAME = "same"
    UNCLEAR = "unclear"
    UNREADABLE = "unreadable"
    LEFT_OUT = "left_out"
    TAKEN = "taken"


UNSETTLED = (PackageFileState.WAITING, PackageFileState.READ, PackageFileState.UNREADABLE)


class NoPackage(NotFound):
    """No package of that id, or none that this person may see."""

    code = "no_package"
    sentence = "Không có gói tài liệu này."


class PackageClosed(Refused):
    """The package was brought to its end."""

    code = "package_closed"
    sentence = "Gói này đã kết thúc; hãy tải lên gói mới nếu còn tệp cần nhập."


class StillReading(Refused):
    """The files of the package are still being read."""

    code = "still_reading"
    sentence = "Gói còn {count} tệp đang đọc; hãy đợi đọc xong rồi ghi nhận."


class Package(Base):
    """What was handed in at once or bit by bit; its files are kept until the package ends."""

    __tablename__ = "package"
    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(120))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[dict[str, Any]] = mapped_column(Facts, default=dict)
    files: Mapped[list[PackageFile]] = relationship(lazy="raise", order_by="PackageFile.position")

    def require_open(self) -> None:
        """Refuse work on a package that ended."""
        if self.closed_at is not None:
            raise PackageClosed


class PackageFile(Base):
    """One file of a package: its bytes until it is settled, what was read, what a person said of it."""

    __tablename__ = "package_file"
    __table_args__ = (
        UniqueConstraint("package_id", "position"),
        Index(
            "ix_package_file_waiting",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[str] = mapped_column(ForeignKey("package.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(500))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    state: Mapped[PackageFileState] = mapped_column(Closed(PackageFileState))
    data: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    reading: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    typed: Mapped[dict[str, Any]] = mapped_column(Facts, default=dict)
    choice: Mapped[PackageChoice | None] = mapped_column(Closed(PackageChoice))
    choice_of: Mapped[str | None] = mapped_column(String(8))
    match: Mapped[ImportMatch | None] = mapped_column(Closed(ImportMatch))
    matched_by: Mapped[str] = mapped_column(String(40), default="")
    document_id: Mapped[str | None] = mapped_column(String(8))
    issuance_id: Mapped[str | None] = mapped_column(String(8))
    issued_on: Mapped[date | None]

    @property
    def settled(self) -> bool:
        """Tell whether nothing is left to do about the file."""
        return self.state not in UNSETTLED
