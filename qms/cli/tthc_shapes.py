"""The ``--json`` shapes of administrative procedures (TTHC), ``design.md`` §7."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qms.model.times import Total
    from qms.model.tthc_status import TthcStanding
    from qms.usecases.tthc import TthcEntry, TthcPage
    from qms.usecases.tthc_importing import Taken
    from qms.usecases.tthc_lookups import TthcTimes

Json = dict[str, Any]


def times(one: TthcTimes) -> Json:
    """One administrative procedure that a document covers, with the three times."""
    times = one.times
    return {
        **standing(one.stem, one.name, one.standing),
        "stated": times.stated.text,
        "steps": [step_total(total) for total in times.totals],
        "verdict": times.verdict.value,
        "findings": [{"verdict": f.verdict.value, "message": f.sentence} for f in times.findings],
    }


def step_total(total: Total) -> Json:
    """The steps of one column added up, in days of 8 hours; None where they could not be."""
    return {
        "column": total.head,
        "part": total.part,
        "days": float(total.days) if total.days is not None else None,
        "complete": total.whole,
        "doubts": list(total.doubts),
    }


def standing(stem: str, name: str, standing: TthcStanding) -> Json:
    """What an administrative procedure is on a day."""
    limit, fee, internal = standing.limit, standing.fee, standing.internal
    return {
        "code": stem,
        "name": name,
        "status": standing.status.value,
        "since": _day(standing.since),
        "decision": standing.decision or None,
        "successor": standing.successor or None,
        "time_limit": limit.text if limit else None,
        "fee": fee.text if fee else None,
        "internal": internal.text if internal else None,
    }


def entry(entry: TthcEntry) -> Json:
    """One line of the catalogue."""
    return {
        **standing(entry.stem, entry.name, entry.standing),
        "field": entry.field,
        "level": entry.level,
        "documents": [{"document": d.id, "code": d.code, "title": d.title} for d in entry.documents],
    }


def page(page: TthcPage) -> Json:
    """One administrative procedure with its rows and the documents that cover it."""
    return {
        "on": page.on.isoformat(),
        **entry(page.entry),
        "documents": [
            {
                "document": one.document.id,
                "code": one.document.code,
                "title": one.document.title,
                **{
                    name: value
                    for name, value in times(one.times).items()
                    if name in ("stated", "steps", "verdict", "findings")
                },
            }
            for one in page.documents
        ],
        "predecessors": [one.stem for one in page.predecessors],
        "rows": [
            {
                "decision": row.decision_key,
                "issuer": row.decision_issuer or None,
                "source": row.source.value,
                "change": row.change.value,
                "name": row.name,
                "successor": row.successor or None,
                "time_limit": row.time_limit or None,
                "fee": row.fee or None,
                "effective": _day(row.effective),
            }
            for row in page.rows
        ],
    }


def taken(file: str, taken: Taken) -> Json:
    """What an import of decisions about procedures did."""
    return {
        "file": file,
        "created": taken.created,
        "updated": taken.updated,
        "unchanged": taken.unchanged,
        "decisions": list(taken.decisions),
        "rejected": [{"row": row, "message": message} for row, message in taken.rejected],
        "doubts": list(taken.doubts),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
