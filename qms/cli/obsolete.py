"""``legal obsolete``: what applies today and should not, or not so, with why and what is next."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from qms.cli import output, parameters, words
from qms.cli.house import House, reading
from qms.model.enums import ObsoleteKind
from qms.usecases import obsolete as finding


@click.command()
@parameters.on_day
@click.option("--kind", type=click.Choice([kind.value for kind in ObsoleteKind]), help="Chỉ một loại lý do.")
@parameters.as_json
@click.pass_obj
def obsolete(house: House, on: date | None, kind: str | None, as_json: bool) -> None:
    """List the documents in force that need work, gravest first."""
    with reading(house) as work:
        found = finding.obsolete(work, on, ObsoleteKind(kind) if kind else None)
    if as_json:
        output.emit(
            {
                "on": found.on.isoformat(),
                "examined": found.examined,
                "counts": {kind.value: count for kind, count in found.counts().items()},
                "documents": [_line(line) for line in found.lines],
            }
        )
        return
    output.say(f"Ngày {output.day(found.on)}: {len(found.lines)}/{found.examined} tài liệu cần xử lý.")
    for one, count in found.counts().items():
        output.say(f"  {words.OBSOLETE[one.value]}: {count}")
    for line in found.lines:
        output.say(f"\n{line.code}  {line.title}")
        for reason in line.reasons:
            output.say(f"  - {_sentence(reason)}. {words.NEXT_ACT[reason.kind.value]}.")


def _line(line: finding.ObsoleteLine) -> dict[str, Any]:
    return {
        "document": line.document,
        "code": line.code,
        "title": line.title,
        "type": line.type.value,
        "revision": line.revision,
        "unit": line.unit,
        "why": [
            {
                "kind": reason.kind.value,
                "what": reason.what or None,
                "since": reason.since.isoformat() if reason.since else None,
                "by": reason.by or None,
                "message": _sentence(reason),
            }
            for reason in line.reasons
        ],
    }


def _sentence(reason: finding.Reason) -> str:
    said = words.OBSOLETE[reason.kind.value]
    if reason.what:
        said += f": {reason.what}"
    if reason.since:
        said += f", từ {output.day(reason.since)}"
    if reason.by:
        said += f" ({words.OBSOLETE_BY.get(reason.kind.value, 'do')} {reason.by})"
    return said
