"""Keeping the record whole: ``rebuild``, ``verify``, ``doctor``."""

from __future__ import annotations

from collections.abc import Sequence

import click

from qms.cli import output, parameters, shapes, words
from qms.cli.house import House, opened, reading
from qms.model.enums import FindingLevel
from qms.model.findings import Finding
from qms.usecases import rebuilding

SHOWN = 10
CLEAN, WORK_LEFT, NEEDS_PERSON = 0, 1, 3
UNKNOWABLE = (
    "Kho tài liệu không giữ tài khoản, sổ văn bản, xác nhận đã đọc và nhật ký; hãy khôi phục từ bản sao lưu."
)


@click.command()
@click.option("--check", is_flag=True, help="Chỉ so, không sửa.")
@parameters.as_json
@click.pass_obj
def rebuild(house: House, check: bool, as_json: bool) -> int:
    """Restore database and index from Git, or compare them with it."""
    if check:
        with reading(house) as work:
            found = rebuilding.check(work)
        return _report(found, as_json)
    if not house.exists() and (house.config.repository / "HEAD").exists():
        house.create()
    with opened(house) as qms:
        with qms.work(qms.shell()) as work:
            done = rebuilding.rebuild(work)
        house.follow_up(qms)
        with qms.reading(qms.shell()) as work:
            left = rebuilding.check(work)
    notes = [UNKNOWABLE] if done.accounts_missing else []
    code = _grade(left) or (WORK_LEFT if done.mended else CLEAN)
    if as_json:
        output.emit(
            {
                "acts": done.acts,
                "revisions": done.revisions,
                "mended": list(done.mended),
                "notes": notes,
                "findings": shapes.findings(left),
            }
        )
        return code
    output.say(
        f"Đã dựng lại từ {done.acts} lần công bố, {done.revisions} bản; sửa {len(done.mended)} chỗ lệch."
    )
    for line in done.mended[:SHOWN]:
        output.say(f"  {output.short(line)}")
    if len(done.mended) > SHOWN:
        output.say(f"  ... và {len(done.mended) - SHOWN} chỗ khác (--json in đủ)")
    for note in notes:
        output.say(note)
    _print(left)
    return code


@click.command()
@parameters.as_json
@click.pass_obj
def verify(house: House, as_json: bool) -> int:
    """Check objects, trailers, manifests, signatures and trail."""
    with reading(house) as work:
        found = rebuilding.verify(work)
    return _report(found, as_json)


@click.command()
@parameters.as_json
@click.pass_obj
def doctor(house: House, as_json: bool) -> int:
    """Carry out what is due, then look at everything."""
    with opened(house) as qms:
        house.follow_up(qms)
        with qms.reading(qms.shell()) as work:
            found = rebuilding.doctor(work)
    return _report(found, as_json)


def _report(found: Sequence[Finding], as_json: bool) -> int:
    if as_json:
        output.emit({"findings": shapes.findings(found)})
    else:
        _print(found)
        if _grade(found) == CLEAN:
            output.say("Mọi thứ khớp nhau.")
    return _grade(found)


def _print(found: Sequence[Finding]) -> None:
    if found:
        rows = [(words.LEVEL[f.level], f.sentence, f.subject) for f in found]
        output.table(("Mức", "Nội dung", "Chi tiết"), rows)


def _grade(found: Sequence[Finding]) -> int:
    levels = {finding.level for finding in found}
    if FindingLevel.DAMAGE in levels:
        return NEEDS_PERSON
    return WORK_LEFT if FindingLevel.WORK in levels else CLEAN
