"""One file on its way into control: what was read from it, what it was matched with, what is doubtful about it."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any

from qms.citations import Citation, find, legal_basis
from qms.citations.names import abolished_names
from qms.errors import Refused, WrongUse
from qms.formats.anatomy.values import Anatomy, Doubt
from qms.formats.meta import Meta, Named, write_meta
from qms.formats.reading import Reading
from qms.formats.refusals import NoOffice, Unacceptable
from qms.model.enums import DocumentType, ImportMatch, ImportStatus, MasterFormat, WarningCode
from qms.model.ids import clean, fold, fold_code
from qms.model.organisation import Unit
from qms.usecases.ports import Work

Progress = Callable[[int, int], None]
_EXPLAINS = re.compile(r"[^\w\n]*[A-ZĐ&]{2,12}\s*[:=]")
"""A line of the list of abbreviations: it is no use of the name that it explains."""
MOST_NAMES = 5
"""So many names out of use are shown in one doubt."""


class ChangedMeanwhile(Refused):
    """The file is not the one that was read a moment ago."""

    code = "changed_meanwhile"
    sentence = "Tệp «{file}» vừa bị thay đổi trong lúc nhập; hãy đóng tệp rồi nhập lại."


def unseen(_done: int, _of: int) -> None:
    """Show progress to nobody."""


@dataclass(frozen=True)
class Source:
    """A file handed in: its path as given (with the member's path in a zip), and how to get its bytes."""

    name: str
    load: Callable[[], bytes]


@dataclass(frozen=True)
class ImportLine:
    """What became of one file, as the contract of ``qms import --json`` tells it."""

    file: str
    status: ImportStatus
    match: ImportMatch | None
    revision_of: str | None
    matched_by: str | None
    document: dict[str, Any] | None
    anatomy: Anatomy
    legal_basis: tuple[str, ...]
    citations: int
    warnings: tuple[Doubt, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the line of the contract (``design.md`` §7)."""
        return {
            "file": self.file,
            "status": self.status.value,
            "match": self.match.value if self.match else None,
            "revision_of": self.revision_of,
            "matched_by": self.matched_by,
            "document": self.document,
            "sections": [section.title for section in self.anatomy.sections],
            "steps": [
                {"no": s.no, "action": s.action, "responsible": s.responsible, "time": s.time}
                for s in self.anatomy.steps
            ],
            "forms": list(self.anatomy.forms),
            "records": [
                {"name": r.name, "keeper": r.keeper, "retention": r.retention} for r in self.anatomy.records
            ],
            "legal_basis": list(self.legal_basis),
            "citations": self.citations,
            "warnings": [{"code": w.code.value, "message": w.message} for w in self.warnings],
        }


NOTHING_READ = Anatomy()


@dataclass(frozen=True)
class Candidate:
    """A file that was examined; it is ``taken`` unless refused, held for review, or in control already.

    Of what was read only the facts are kept; the bytes are loaded again when they are written. ``converted`` makes
    the DOCX that is kept as the master of an old Word file; ``scan_suffix`` is the kind of a scan (``pdf``).
    """

    source: Source
    status: ImportStatus
    sha256: str = ""
    format: MasterFormat | None = None
    anatomy: Anatomy = NOTHING_READ
    basis: tuple[str, ...] = ()
    citations: int = 0
    warnings: tuple[Doubt, ...] = ()
    match: ImportMatch | None = None
    document_id: str | None = None
    revision_of: str | None = None
    matched_by: str | None = None
    converted: Callable[[bytes], bytes] | None = None
    scan_suffix: str = ""

    @property
    def taken(self) -> bool:
        """Tell whether the file goes into control."""
        return self.status is ImportStatus.IMPORTED

    @property
    def base_name(self) -> str:
        """Return the file's own name."""
        return PurePath(self.source.name.replace("\\", "/")).name[:300]

    @property
    def code(self) -> str:
        """Return the code on the cover, or nothing."""
        return clean(self.anatomy.code or "")[:80]

    @property
    def title(self) -> str:
        """Return the title on the cover, or the file's name."""
        return clean(self.anatomy.title or PurePath(self.base_name).stem)[:500]

    @property
    def type(self) -> DocumentType:
        """Return the type that the cover tells; a procedure where it does not."""
        return self.anatomy.type or DocumentType.PROCEDURE

    @property
    def issuer(self) -> str:
        """Return the issuing agency on the cover, or nothing."""
        return clean(self.anatomy.issuer or "")[:200]

    @property
    def identity(self) -> tuple[str, str, str]:
        """Return issuer, code and title as they are compared."""
        return fold(self.issuer), fold_code(self.code), fold(self.title)[:500]

    @property
    def issue_number(self) -> int:
        """Return the issue number on the cover, or the first."""
        return _number(self.anatomy.issue_number, 1)

    @property
    def revision_number(self) -> int:
        """Return the revision number on the cover, or none yet."""
        return _number(self.anatomy.revision_number, 0)

    @property
    def label(self) -> str:
        """Return the edition as revisions are labelled."""
        return f"{self.issue_number:02d}.{self.revision_number:02d}"

    @property
    def reading_date(self) -> date | None:
        """Return the date on the cover."""
        return self.anatomy.issue_date

    @property
    def printed_date(self) -> date:
        """Return the date on the cover of a file that was checked to have one."""
        day = self.anatomy.issue_date
        if day is None:
            raise ValueError("a file without a date is held for review before")
        return day

    @property
    def drafted_by_role(self) -> str:
        """Return the role that the approval table names as the drafter."""
        return self.anatomy.drafted_by_role or ""

    @property
    def master(self) -> MasterFormat:
        """Return the format in which the document is kept."""
        return self.format or MasterFormat.DOCX

    @property
    def content_path(self) -> str:
        """Return the name that the content has in Git."""
        endings = {
            MasterFormat.DOCX: "docx",
            MasterFormat.MARKDOWN: "md",
            MasterFormat.SCAN: self.scan_suffix,
        }
        return f"content.{endings[self.master]}"

    def warned(self, code: WarningCode, message: str) -> Candidate:
        """Return the candidate with one more doubt."""
        return replace(self, warnings=(*self.warnings, Doubt(code, message)))

    def held(self, code: WarningCode, message: str) -> Candidate:
        """Return the candidate held for a person to look at; what its cover left in doubt of the same is said once."""
        others = tuple(doubt for doubt in self.warnings if doubt.code is not code)
        return replace(self, status=ImportStatus.REVIEW, warnings=(*others, Doubt(code, message)))

    def load(self) -> bytes:
        """Return the bytes that were examined; raises ``ChangedMeanwhile``."""
        data = self.source.load()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise ChangedMeanwhile(file=self.base_name)
        return data

    def files(self, home: Unit) -> dict[str, bytes]:
        """Return the files that the revision has in Git."""
        unit = Named(home.key, home.name)
        meta = Meta(
            code=self.code,
            title=self.title,
            type=self.type,
            issuer=self.issuer or home.name,
            unit=unit,
            applying_units=(unit,),
            forms=self.anatomy.forms,
            legal_basis=self.basis,
            source_file=self.base_name,
            printed_date=self.reading_date,
        )
        return self.contents() | {"meta.yaml": write_meta(meta)}

    def contents(self) -> dict[str, bytes]:
        """Return the master, and what it was made of where that was an old Word file."""
        data = self.load()
        if self.converted is None:
            return {self.content_path: data}
        return {self.content_path: self.converted(data), "source.doc": data}

    def line(self, home: Unit) -> ImportLine:
        """Return what became of the file."""
        return ImportLine(
            file=self.source.name,
            status=self.status,
            match=self.match,
            revision_of=self.revision_of,
            matched_by=self.matched_by,
            document=self._facts(home) if self.format else None,
            anatomy=self.anatomy,
            legal_basis=self.basis,
            citations=self.citations,
            warnings=self.warnings,
        )

    def _facts(self, home: Unit) -> dict[str, Any]:
        anatomy = self.anatomy
        return {
            "id": self.document_id,
            "code": self.code or None,
            "title": self.title,
            "type": self.type.value,
            "unit": home.key,
            "issuer": self.issuer or None,
            "issue_number": anatomy.issue_number,
            "revision_number": anatomy.revision_number,
            "issue_date": anatomy.issue_date.isoformat() if anatomy.issue_date else None,
            "time_limit": anatomy.time_limit,
            "fee": anatomy.fee,
            "drafted_by_role": anatomy.drafted_by_role,
            "reviewed_by_role": anatomy.reviewed_by_role,
            "approved_by_role": anatomy.approved_by_role,
            "tthc_codes": list(anatomy.tthc_codes),
        }


def examine(work: Work, sources: Sequence[Source], progress: Progress = unseen) -> list[Candidate]:
    """Read files; whatever is wrong with one becomes a refusal with a reason, never an exception."""
    found: dict[int, Candidate] = {}
    asked: deque[tuple[int, Source, str]] = deque()

    def files() -> Iterator[tuple[bytes, str]]:
        for place, source in enumerate(sources):
            try:
                data = source.load()
            except (Refused, WrongUse) as refusal:
                found[place] = _refused(source, refusal)
            else:
                asked.append((place, source, hashlib.sha256(data).hexdigest()))
                yield data, source.name

    for reading in work.reader.read_many(files()):
        place, source, sha256 = asked.popleft()
        found[place] = (
            _refused(source, reading, sha256)
            if isinstance(reading, Unacceptable)
            else _candidate(source, sha256, reading, work)
        )
        progress(len(found), len(sources))
    return [found[place] for place in range(len(sources))]


def _refused(source: Source, refusal: Refused | WrongUse, sha256: str = "") -> Candidate:
    code = refusal.warning if isinstance(refusal, Unacceptable) else WarningCode.UNREADABLE
    # what the machine lacks is no fault of the file: it waits until LibreOffice is there
    status = ImportStatus.REVIEW if isinstance(refusal, NoOffice) else ImportStatus.REFUSED
    return Candidate(source, status, sha256, warnings=(Doubt(code, str(refusal)),))


def _candidate(source: Source, sha256: str, reading: Reading, work: Work) -> Candidate:
    basis = tuple(c.key for c in legal_basis(reading.anatomy.legal_basis_lines) if c.key)
    found = find(reading.plain)
    return Candidate(
        source=source,
        status=ImportStatus.IMPORTED,
        sha256=sha256,
        format=reading.format,
        anatomy=reading.anatomy,
        basis=basis,
        citations=len(found),
        warnings=(*reading.warnings, *_doubts_of_law(reading, basis, found, work.today)),
        converted=work.reader.modern if reading.converted else None,
    )


def _doubts_of_law(
    reading: Reading, basis: Sequence[str], found: Sequence[Citation], today: date
) -> Iterator[Doubt]:
    """Yield what the file's own words do not show: no instrument behind it, names that are out of use by now."""
    if not basis and all(doubt.code is not WarningCode.NO_LEGAL_BASIS for doubt in reading.warnings):
        yield Doubt(WarningCode.NO_LEGAL_BASIS, "Không thấy căn cứ pháp lý nào trong tài liệu.")
    living = [
        name
        for name in abolished_names(reading.plain, today, found)
        if not _EXPLAINS.match(reading.plain, reading.plain.rfind("\n", 0, name.start) + 1)
    ]
    names = {fold(name.text): name for name in reversed(living)}
    if names:
        first = sorted(names.values(), key=lambda name: name.start)
        shown = "; ".join(f"«{clean(name.text)}» (thay bằng {name.instead})" for name in first[:MOST_NAMES])
        more = f" và {len(first) - MOST_NAMES} tên khác" if len(first) > MOST_NAMES else ""
        yield Doubt(WarningCode.ABOLISHED_NAME, f"Tài liệu còn dùng tên không còn dùng: {shown}{more}.")


def _number(printed: str | None, otherwise: int) -> int:
    digits = re.search(r"\d{1,3}", printed or "")
    return int(digits.group()) if digits else otherwise
