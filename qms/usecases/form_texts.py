"""The blank forms of issued revisions as rows: made when a revision is derived, looked through when a form is checked.

No acts here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session, undefer

from qms.formats.form_words import FEWEST, FormWords, form_words, sketched
from qms.formats.reading import Reading
from qms.model.document import Revision
from qms.model.enums import DocumentType, RevisionState
from qms.model.forms import FormText
from qms.usecases.ports import Work

LONGEST_TEXT = 100_000
LIKELY = 0.2
"""Part of a sketch that a file must hold for its form to be looked at, if only to be told as the nearest."""
MOST_LIKELY = 40
CHUNK = 500


@dataclass(frozen=True)
class Blank:
    """A blank form as issued, with its fixed words."""

    row: FormText
    words: FormWords


def rows_of(revision: Revision, reading: Reading) -> tuple[dict[str, Any], ...]:
    """Return the forms of a revision as rows: itself if it is one, else those in its file."""
    if revision.document.type is DocumentType.FORM:
        told: Iterable[tuple[str, str, str]] = [(revision.title, revision.code, reading.plain)]
        first = 0
    else:
        told = [(form.title, form.code, form.text) for form in reading.anatomy.appended_forms]
        first = 1
    return tuple(
        _row(place, title, code, text[:LONGEST_TEXT]) for place, (title, code, text) in enumerate(told, first)
    )


def keep(session: Session, made: Iterable[tuple[int, Sequence[dict[str, Any]]]]) -> None:
    """Write the forms of revisions instead of those that were kept of them."""
    by_revision = dict(made)
    ids = list(by_revision)
    for some in (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK)):
        session.execute(delete(FormText).where(FormText.revision_id.in_(some)))
    rows = [row | {"revision_id": revision} for revision, forms in by_revision.items() for row in forms]
    if rows:
        session.execute(insert(FormText), rows)


def likely(work: Work, held: frozenset[int]) -> list[tuple[str, float]]:
    """Return the names of fixed words of which a file seems to hold a good part, the most first, with that part."""
    found: dict[str, float] = {}
    for name, sketch in work.session.execute(select(FormText.fixed_sha256, FormText.sketch)):
        if name not in found:
            found[name] = sketched(sketch, held)
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [(name, part) for name, part in ranked[:MOST_LIKELY] if part >= LIKELY]


def with_words(work: Work, names: Sequence[str]) -> list[Blank]:
    """Return every issued form that has one of these names of fixed words; what was withdrawn never applied."""
    return list(_blanks(work, FormText.fixed_sha256.in_(names)))


def of_revisions(work: Work, revisions: Sequence[int]) -> list[Blank]:
    """Return the forms of some revisions."""
    return list(_blanks(work, FormText.revision_id.in_(revisions)))


def _blanks(work: Work, which: ColumnElement[bool]) -> Iterator[Blank]:
    known: dict[str, FormWords] = {}
    query = (
        select(FormText)
        .join(Revision, Revision.id == FormText.revision_id)
        .where(which, Revision.state == RevisionState.ISSUED)
        .options(undefer(FormText.text))
        .order_by(FormText.id)
    )
    for row in work.session.scalars(query):
        if row.fixed_sha256 not in known:
            known[row.fixed_sha256] = form_words(row.text)
        yield Blank(row, known[row.fixed_sha256])


def _row(place: int, title: str, code: str, text: str) -> dict[str, Any]:
    words = form_words(text)
    return {
        "place": place,
        "title": title[:500],
        "code": code[:80],
        "fixed_sha256": words.sha256,
        # what is too short to be known by its words is found by its bytes, code or title only
        "sketch": words.sketch if len(words.marks) >= FEWEST else b"",
        "text": text,
    }
