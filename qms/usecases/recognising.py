"""Recognising a form that somebody holds: which one and which revision it is, and whether that still applies.

Its exact bytes tell it at once. Else its fixed words do, blank or filled: a sample of every issued form is looked for
in the file, the likely ones are compared word by word. «Còn áp dụng» is said only of a form whose every fixed word
stands in the file and no other edition fits as well; whatever is between is said as it is, with what differs.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select

from qms.formats.form_words import (
    FEWEST,
    FormWords,
    alike,
    held_marks,
    labels_added,
    leaning,
    letters,
    missing,
    part_held,
)
from qms.model.check_codes import read_short_code
from qms.model.document import Revision
from qms.model.enums import DayStatus, FormVerdict, RevisionState
from qms.model.permissions import Act
from qms.usecases import contents, form_hints, form_origins, form_places, form_texts
from qms.usecases.form_hints import Near
from qms.usecases.form_origins import SourceLine
from qms.usecases.form_places import FormPlace, Shelf
from qms.usecases.form_texts import Blank
from qms.usecases.ports import Work

KNOWN = 0.6
"""Part of a form's marks that a file must hold to be taken for it, whole or altered."""
SPEAKS = 0.75
"""How far the words that tell two editions apart must speak for one of them."""
RELATED = 0.5
"""How alike two forms are that may be editions of one."""
ALSO = 0.95
"""Part of a further form's marks that a file must hold to be said to contain it as well."""
TITLE = 0.25
"""How much a printed title says for a form, as a part of all its marks."""
SHORT_TITLE = 12
"""A title of so few letters stands in many a text by chance."""
PRINTED = 0.85
"""Part of a form's marks in a print of ours; what stands in its running header need not be read."""
STAMP = "Kiểm tra bản này còn áp dụng hay không: quét mã bên, hoặc nhập mã tại http"
"""What our prints say at the foot of each page (``templates/print/document.typ``): no labels of the form."""
MOST_FORMS = 6
MOST_AROUND = 5
"""So many files in which a form was issued are read for what stands around it."""


_CHECK_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@dataclass(frozen=True)
class Recognised:
    """One form that was known in the file, where it is issued, and what that makes of it on the day.

    ``part`` is how much of its fixed words the file holds, 0 to 1; ``exact`` means byte for byte. ``missing`` and
    ``added`` are words of the form that the file has not, and labels of the file that the form has not.
    ``rivals`` are other editions that the file fits as well. ``printed``: a print of ours, known by its check code.
    """

    title: str
    verdict: FormVerdict
    exact: bool
    part: float
    places: tuple[FormPlace, ...]
    source: SourceLine | None
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    rivals: tuple[FormPlace, ...] = ()
    printed: bool = False


@dataclass(frozen=True)
class FormCheck:
    """The answer for a file on a day: the forms known in it, else those that come nearest."""

    file: str
    on: date
    readable: bool
    forms: tuple[Recognised, ...]
    nearest: tuple[Near, ...] = ()


class Cluster(NamedTuple):
    """Issued forms whose fixed words are the same, and how much of them a file holds."""

    blanks: tuple[Blank, ...]
    part: float
    gain: float

    @property
    def words(self) -> FormWords:
        """Return the words that they share."""
        return self.blanks[0].words


def recognise(work: Work, data: bytes, name: str, on: date | None = None) -> FormCheck:
    """Tell which issued form a file is, blank or filled, and how it stands on a day.

    Raises ``formats.refusals.Unacceptable`` for a file that cannot be read.
    """
    work.allow(Act.CHECK_FORM)
    day = on or work.today
    if exact := _exact(work, hashlib.sha256(data).hexdigest(), day):
        return FormCheck(name, day, True, (exact,))
    text = work.reader.regulation(data, name).text
    held = held_marks(text)
    if own := _own_print(work, text, held, day):
        return FormCheck(name, day, True, (own,))
    clusters = _clusters(work, text, held)
    chosen = _chosen(clusters, held)
    alone = len(chosen) == 1
    forms = tuple(_recognised(work, one, clusters, (text, held), day, alone=alone) for one in chosen)
    nearest = (
        () if forms else form_hints.nearest(work, text, [(one.blanks, one.part) for one in clusters], day)
    )
    return FormCheck(name, day, bool(text.strip()), forms, nearest)


def _exact(work: Work, sha256: str, day: date) -> Recognised | None:
    revisions = work.session.scalars(
        select(Revision).where(
            or_(Revision.master_sha256 == sha256, Revision.source_sha256 == sha256),
            Revision.state == RevisionState.ISSUED,
        )
    ).all()
    if not revisions:
        return None
    known = form_places.shelf(work, {one.document_id for one in revisions}, day)
    ids = [one.id for one in revisions]
    places = _ordered(form_places.place(work, known, known.revisions[one], None) for one in ids)
    whole = [blank for blank in form_texts.of_revisions(work, ids) if blank.row.place == 0]
    source = form_origins.of_form(work, places[0].document, whole[0].row.text if whole else "", day)
    verdict = _verdict(places, source)
    return Recognised(places[0].form, verdict, True, 1.0, places, source)


def _own_print(work: Work, text: str, held: frozenset[int], day: date) -> Recognised | None:
    """Return the form of which the file is a print of ours, by the check code at the foot of its pages."""
    codes = {code.code for match in _CHECK_CODE.finditer(text) if (code := read_short_code(match[0]))}
    if not codes:
        return None
    which = (Revision.short_code.in_(codes), Revision.state == RevisionState.ISSUED)
    ids = work.session.scalars(select(Revision.id).where(*which)).all()
    blanks = [blank for blank in form_texts.of_revisions(work, ids) if blank.row.place == 0]
    if len(blanks) != 1 or (part := part_held(blanks[0].words, held)) < KNOWN:
        return None
    (blank,) = blanks
    document = _documents(work, blanks)[blank.row.revision_id]
    known = form_places.shelf(work, {document}, day)
    places = _places(work, known, blanks)
    source = form_origins.of_form(work, document, blank.row.text, day)
    return _careful(
        Recognised(
            title=blank.row.title,
            verdict=_verdict(places, source),
            exact=False,
            part=part,
            places=places,
            source=source,
            missing=missing(blank.words, held, text) if part < PRINTED else (),
            added=_added(work, blank.words, text, [known.revisions[blank.row.revision_id]]),
            printed=True,
        )
    )


def _clusters(work: Work, text: str, held: frozenset[int]) -> list[Cluster]:
    """Return the forms of which the file holds a good part, those that explain most of it first."""
    names = [name for name, _ in form_texts.likely(work, held)]
    found: dict[str, list[Blank]] = {}
    for blank in form_texts.with_words(work, names):
        found.setdefault(blank.row.fixed_sha256, []).append(blank)
    said = letters(text)
    clusters = [_cluster(blanks, held, said) for blanks in found.values()]
    return sorted(clusters, key=lambda one: (-one.gain, -one.part, one.blanks[0].row.id))


def _cluster(blanks: Sequence[Blank], held: frozenset[int], said: str) -> Cluster:
    words = blanks[0].words
    there = len(words.marks & held)
    # a word that is not there speaks more against a form than one that is there speaks for it
    gain = float(there - 2 * (len(words.marks) - there))
    title = letters(blanks[0].row.title)
    if len(title) > SHORT_TITLE and title in said:
        gain += TITLE * len(words.marks)
    return Cluster(tuple(blanks), part_held(words, held), gain)


def _chosen(clusters: Sequence[Cluster], held: frozenset[int]) -> list[Cluster]:
    """Return the form that explains the file best, and further ones that lie beside it, none twice."""
    chosen: list[Cluster] = []
    rest = held
    for cluster in clusters:
        fits = cluster.part >= (ALSO if chosen else KNOWN) and cluster.gain > 0
        apart = part_held(cluster.words, rest) >= KNOWN and len(cluster.words.marks & rest) >= FEWEST
        if fits and apart and len(chosen) < MOST_FORMS:
            chosen.append(cluster)
            rest = rest - cluster.words.run
    return chosen


def _recognised(
    work: Work,
    best: Cluster,
    clusters: Sequence[Cluster],
    file: tuple[str, frozenset[int]],
    day: date,
    *,
    alone: bool,
) -> Recognised:
    text, held = file
    others = _others(best, clusters, held)
    same = [one for one, speaks in others if speaks is None]
    rivals = [one for one, speaks in others if speaks is not None and speaks < SPEAKS]
    blanks = [*best.blanks, *(blank for one in same for blank in one.blanks)]
    documents = _documents(work, [*blanks, *(blank for one in rivals for blank in one.blanks)])
    known = form_places.shelf(work, set(documents.values()), day)
    places = _places(work, known, blanks)
    lead = next(blank for blank in blanks if documents[blank.row.revision_id] == places[0].document)
    source = form_origins.of_form(work, places[0].document, lead.row.text, day)
    issued = dict.fromkeys(blank.row.revision_id for blank in blanks)
    added = _added(work, best.words, text, [known.revisions[one] for one in issued]) if alone else ()
    found = Recognised(
        title=places[0].form,
        verdict=_verdict(places, source),
        exact=False,
        part=best.part,
        places=places,
        source=source,
        missing=missing(best.words, held, text),
        added=added,
        rivals=_places(work, known, [blank for one in rivals for blank in one.blanks]),
    )
    return _careful(found)


def _added(work: Work, words: FormWords, text: str, issued: Sequence[Revision]) -> tuple[str, ...]:
    """Return labels that are neither the form's nor its file's: a print has the headers and notes of that too."""
    added = labels_added(words, text, STAMP)
    for revision in issued[:MOST_AROUND]:
        if not added:
            break
        around = contents.read_master(work, *contents.issued_file(work, revision)).plain
        added = labels_added(words, text, f"{around}\n{STAMP}")
    return added


def _careful(found: Recognised) -> Recognised:
    """Say of nothing that it applies which may be another edition, or has words that are not the form's."""
    statuses = {status for places in (found.places, found.rivals) for status in _outcomes(places).values()}
    if found.rivals and statuses != {DayStatus.EFFECTIVE}:
        return replace(found, verdict=FormVerdict.UNSURE)
    holds = found.verdict in (FormVerdict.CURRENT, FormVerdict.TRANSITION, FormVerdict.DEPENDS)
    if holds and (found.missing or found.added):
        return replace(found, verdict=FormVerdict.ALTERED)
    return found


def _others(
    best: Cluster, clusters: Iterable[Cluster], held: frozenset[int]
) -> list[tuple[Cluster, float | None]]:
    return [
        (one, leaning(best.words, one.words, held))
        for one in clusters
        if one is not best and one.part >= KNOWN and alike(best.words, one.words) >= RELATED
    ]


def _documents(work: Work, blanks: Sequence[Blank]) -> Mapping[int, str]:
    ids = {blank.row.revision_id for blank in blanks}
    return dict(
        work.session.execute(select(Revision.id, Revision.document_id).where(Revision.id.in_(ids))).all()
    )


def _places(work: Work, known: Shelf, blanks: Iterable[Blank]) -> tuple[FormPlace, ...]:
    return _ordered(
        form_places.place(work, known, known.revisions[blank.row.revision_id], blank) for blank in blanks
    )


def _ordered(places: Iterable[FormPlace]) -> tuple[FormPlace, ...]:
    """What applies first, a form itself before procedures that have it in their file, the latest first."""
    return tuple(
        sorted(
            places,
            key=lambda one: (
                one.status is not DayStatus.EFFECTIVE,
                one.type.value != "form",
                one.code,
                -one.sequence,
            ),
        )
    )


def _outcomes(places: Iterable[FormPlace]) -> dict[str, DayStatus]:
    """Return for each document how the form stands in it: it applies if one of the revisions with it does."""
    found: dict[str, DayStatus] = {}
    for place in places:
        if found.get(place.document) is not DayStatus.EFFECTIVE:
            found[place.document] = place.status
    return found


_BY_STATUS = (
    (DayStatus.TRANSITION, FormVerdict.TRANSITION),
    (DayStatus.SUPERSEDED, FormVerdict.REPLACED),
    (DayStatus.SCHEDULED, FormVerdict.SCHEDULED),
    (DayStatus.RETIRED, FormVerdict.RETIRED),
)


def _verdict(places: Sequence[FormPlace], source: SourceLine | None) -> FormVerdict:
    statuses = set(_outcomes(places).values())
    if DayStatus.EFFECTIVE not in statuses:
        return next(verdict for status, verdict in _BY_STATUS if status in statuses)
    if source is not None and source.ended:
        return FormVerdict.SOURCE_ENDED
    # a procedure that ended takes nothing from a form that another one still uses
    if statuses & {DayStatus.SUPERSEDED, DayStatus.TRANSITION}:
        return FormVerdict.DEPENDS
    return FormVerdict.CURRENT
