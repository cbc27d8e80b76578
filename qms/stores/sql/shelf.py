"""The rows that a batch of acts touches: read by a few questions, found by key, written in the order of the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from qms.errors import NotFound
from qms.model.document import OPEN_STATES, Code, Decision, Document, DocumentUnit, DraftFile, Revision
from qms.model.enums import RevisionState
from qms.model.issuance import Issuance, IssuanceItem
from qms.model.organisation import Field, Position, Unit
from qms.model.trail import Job

KEYS_AT_ONCE = 500
DecisionKey = tuple[str, str, str, datetime, str]
K = TypeVar("K", str, int)


class Shelf:
    """Everything of some documents and issuances that a replay may look up or change; nothing is read twice."""

    def __init__(
        self, session: Session, documents: Collection[str], issuances: Collection[str], codes: Collection[str]
    ) -> None:
        self.session = session
        self.units = {row.key: row for row in session.scalars(select(Unit).order_by(Unit.id))}
        self.fields = {row.key: row for row in session.scalars(select(Field))}
        self.positions = {row.key: row for row in session.scalars(select(Position))}
        self.documents: dict[str, Document] = {}
        self.applying: dict[str, set[int]] = defaultdict(set)
        self.codes: dict[str, list[Code]] = defaultdict(list)
        self.revisions: dict[tuple[str, int], Revision] = {}
        self.drafts: dict[str, Revision] = {}
        self.issuances: dict[str, Issuance] = {}
        self.items: set[tuple[str, str]] = set()
        self.decided: dict[int, set[DecisionKey]] = defaultdict(set)
        self.bearers: dict[str, list[Code]] = defaultdict(list)
        for keys in _chunks(documents):
            self._read_documents(keys)
        for keys in _chunks(issuances):
            self._read_issuances(keys)
        for keys in _chunks(codes):
            self._read_bearers(keys)
        self._applied = {key: set(held) for key, held in self.applying.items()}

    def _read_documents(self, keys: Collection[str]) -> None:
        scalars = self.session.scalars
        self.documents |= {row.id: row for row in scalars(select(Document).where(Document.id.in_(keys)))}
        for row in scalars(select(DocumentUnit).where(DocumentUnit.document_id.in_(keys))):
            self.applying[row.document_id].add(row.unit_id)
        for code in scalars(select(Code).where(Code.document_id.in_(keys)).order_by(Code.id)):
            self.codes[code.document_id].append(code)
        for revision in scalars(select(Revision).where(Revision.document_id.in_(keys))):
            if revision.sequence is not None:
                self.revisions[revision.document_id, revision.sequence] = revision
            elif revision.state in OPEN_STATES:
                self.drafts[revision.document_id] = revision
        standing = (
            select(Decision)
            .join(Revision, Revision.id == Decision.revision_id)
            .where(Revision.document_id.in_(keys), Decision.accepted, Decision.voided_at.is_(None))
        )
        for decision in scalars(standing):
            self.decided[decision.revision_id].add(decision_key(decision))

    def _read_issuances(self, keys: Collection[str]) -> None:
        self.issuances |= {
            row.id: row for row in self.session.scalars(select(Issuance).where(Issuance.id.in_(keys)))
        }
        named = select(IssuanceItem.issuance_id, IssuanceItem.document_id)
        rows = self.session.execute(named.where(IssuanceItem.issuance_id.in_(keys)))
        self.items |= {(issuance, document) for issuance, document in rows}

    def _read_bearers(self, folded: Collection[str]) -> None:
        """Read who bears these codes now, whatever document it is."""
        rows = self.session.scalars(select(Code).where(Code.folded.in_(folded), Code.ends.is_(None)))
        for row in rows:
            self.bearers[row.folded].append(row)

    def document(self, key: str) -> Document:
        """Return a document that was issued before; raises ``NotFound``."""
        if key not in self.documents:
            raise NotFound(what=f"tài liệu «{key}»")
        return self.documents[key]

    def last_standing(self, document: str) -> Revision | None:
        """Return the last revision of a document that was issued and not taken back."""
        issued = [
            (sequence, revision)
            for (key, sequence), revision in self.revisions.items()
            if key == document and revision.state is RevisionState.ISSUED
        ]
        return max(issued, key=lambda numbered: numbered[0])[1] if issued else None

    def add_code(self, code: Code) -> None:
        """Take a new row in, seen by whatever is looked up next."""
        self.codes[code.document_id].append(code)
        self.bearers[code.folded].append(code)
        self.session.add(code)

    def write_units(self) -> None:
        """Write which units apply the documents, as far as it changed."""
        for key, wanted in self.applying.items():
            held = self._applied.get(key, set())
            if gone := held - wanted:
                self.session.execute(
                    delete(DocumentUnit).where(
                        DocumentUnit.document_id == key, DocumentUnit.unit_id.in_(gone)
                    )
                )
        rows = [
            {"document_id": key, "unit_id": unit}
            for key, wanted in self.applying.items()
            for unit in sorted(wanted - self._applied.get(key, set()))
        ]
        if rows:
            self.session.execute(insert(DocumentUnit), rows)

    def drop_drafts(self, revisions: Collection[int]) -> None:
        """Forget the files of drafts that lie in Git now."""
        for keys in _chunks(revisions):
            self.session.execute(delete(DraftFile).where(DraftFile.revision_id.in_(keys)))


def decision_key(decision: Decision) -> DecisionKey:
    """Return what makes a decision the one that an act tells of."""
    at = decision.at.replace(microsecond=0)
    return decision.kind, decision.person_name, decision.position_name, at, decision.content_sha256


def enqueue(session: Session, kind: str, keys: Collection[str], due: datetime) -> None:
    """Leave one job a key, unless the same one waits already."""
    waiting: set[str] = set()
    for some in _chunks(keys):
        waiting.update(session.scalars(select(Job.key).where(Job.kind == kind, Job.key.in_(some))))
    # written below the session: what nobody reads back need not come back
    rows = [
        {"kind": kind, "key": key, "due": due, "tries": 0, "last_error": ""}
        for key in dict.fromkeys(keys)
        if key not in waiting
    ]
    if rows:
        session.execute(insert(Job), rows)


def _chunks(keys: Collection[K]) -> Iterable[list[K]]:
    listed = list(dict.fromkeys(keys))
    return (listed[start : start + KEYS_AT_ONCE] for start in range(0, len(listed), KEYS_AT_ONCE))
