"""What a controlled document says of itself, read from its text; every doubt about it is a ``Doubt``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from qms.model.enums import DocumentType, WarningCode


@dataclass(frozen=True)
class Doubt:
    """One warning of the importer: its code for machines, its Vietnamese sentence for people."""

    code: WarningCode
    message: str


@dataclass(frozen=True)
class Section:
    """A main section: its title without number, and the number that a reader sees (typed or automatic)."""

    title: str
    number: str = ""


@dataclass(frozen=True)
class Step:
    """One row of the step table.

    ``time`` is the first time column, ``times`` all of them. ``time_merged`` means that the first one is
    shared with other rows (one time for all, never to be added up). ``case`` tells tables of a paper apart.
    ``no_merged`` means that its number belongs to a row above; ``times_repeated`` are the time columns whose
    value does.
    """

    no: str | None
    action: str
    responsible: str
    time: str
    times: tuple[str, ...] = ()
    time_merged: bool = False
    result: str = ""
    case: str = ""
    no_merged: bool = False
    times_repeated: tuple[int, ...] = ()


@dataclass(frozen=True)
class Record:
    """One row of the records to keep: name, who keeps it and for how long, as printed ('' when not said)."""

    name: str
    keeper: str = ""
    retention: str = ""


@dataclass(frozen=True)
class RevisionRow:
    """One filled row of the sheet that follows the amendments."""

    summary: str
    basis: str = ""
    revision: str = ""
    day: str = ""


@dataclass(frozen=True)
class AppendedForm:
    """A blank form in the same file: its title and code as printed, the places of its first and last paragraph.

    Places are those of ``qms.formats.text.Paragraph``. ``text`` is what it says, a line a paragraph.
    """

    title: str
    code: str
    first: int = field(compare=False)
    last: int = field(compare=False)
    text: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True)
class Anatomy:
    """A document's parts as printed; None or empty where the paper does not say.

    ``issue_number`` and ``revision_number`` are as printed ("01"). ``legal_basis_lines`` are the lines of
    the legal basis in order: ``qms.citations`` reads them. ``tthc_codes`` are codes of the national base.
    """

    code: str | None = None
    title: str | None = None
    type: DocumentType | None = None
    issuer: str | None = None
    issue_number: str | None = None
    revision_number: str | None = None
    issue_date: date | None = None
    drafted_by_role: str | None = None
    reviewed_by_role: str | None = None
    approved_by_role: str | None = None
    sections: tuple[Section, ...] = ()
    step_time_columns: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    forms: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    legal_basis_lines: tuple[str, ...] = ()
    time_limit: str | None = None
    fee: str | None = None
    revision_rows: tuple[RevisionRow, ...] = ()
    tthc_codes: tuple[str, ...] = ()
    appended_forms: tuple[AppendedForm, ...] = ()
    warnings: tuple[Doubt, ...] = field(default=())
