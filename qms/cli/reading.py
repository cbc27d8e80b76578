"""Reading what is published: ``show``, ``history``, ``diff``, ``register``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date

import click

from qms.cli import output, parameters, shapes, words
from qms.cli.house import House
from qms.cli.house import reading as opened_for_reading
from qms.cli.redline import changed_blocks
from qms.errors import NotFound, WrongUse
from qms.usecases import exporting, law_external, reading, registering


class BinaryToTerminal(WrongUse):
    """A spreadsheet is no reading for a screen."""

    code = "binary_to_terminal"
    sentence = "Tệp XLSX không in ra màn hình được; hãy thêm -o TỆP hoặc chuyển hướng «> danh-muc.xlsx»."


class TwoForms(WrongUse):
    """JSON and a spreadsheet at once."""

    code = "two_forms"
    sentence = "Hãy chọn một trong --json và --format."


@click.command()
@click.argument("code", metavar="CODE")
@parameters.on_day
@parameters.as_json
@click.pass_obj
def show(house: House, code: str, on: date | None, as_json: bool) -> None:
    """Show one document as it stands on a day."""
    with opened_for_reading(house) as work:
        page = reading.page(work, code, on)
    if as_json:
        output.emit(shapes.page(page))
        return
    shown = page.shown
    output.facts(
        (
            ("Mã hiệu", page.code),
            ("Tên", page.title),
            ("Loại", words.TYPE[page.type]),
            ("Cơ quan ban hành", page.issuer),
            ("Đơn vị", page.unit),
            ("Lĩnh vực", page.field),
            ("Lần ban hành", shown.label if shown else f"không có bản áp dụng ngày {output.day(page.on)}"),
            ("Hiệu lực từ", shown.effective_from if shown else None),
            ("Hiệu lực đến", shown.effective_until if shown else None),
            ("Quyết định", shown.issued_by if shown else None),
            ("Sắp có hiệu lực", page.scheduled.effective_from if page.scheduled else None),
            ("Ngừng áp dụng từ", page.retired_on),
            ("Lý do", page.retired_by),
            ("Tệp gốc", page.file_name),
            ("Mã định danh", page.id),
        )
    )
    if page.basis:
        output.say()
        rows = [(b.key, words.INSTRUMENT[b.standing.status], b.title) for b in page.basis]
        output.table(("Căn cứ", "Hiệu lực", "Trích yếu"), rows)
    for one in page.times.covered if page.times else ():
        output.say(f"\nTTHC {one.stem} {one.name}: {words.TTHC[one.standing.status]}")
        for finding in one.times.findings:
            output.say(f"  {finding.sentence}")


@click.command()
@click.argument("code", metavar="CODE")
@parameters.on_day
@parameters.as_json
@click.pass_obj
def history(house: House, code: str, on: date | None, as_json: bool) -> None:
    """Show every published revision of a document, newest first."""
    with opened_for_reading(house) as work:
        document, name, lines = reading.history(work, code, on)
    if as_json:
        output.emit(
            {"document": document, "code": name, "revisions": [shapes.revision(line) for line in lines]}
        )
        return
    head = ("Thứ tự", "Lần", "Tình trạng", "Hiệu lực từ", "đến", "Quyết định", "Người ký", "Thay đổi")
    output.table(head, [_revision_row(line) for line in lines])


@click.command()
@click.argument("code", metavar="CODE")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@parameters.as_json
@click.pass_obj
def diff(house: House, code: str, old: str, new: str, as_json: bool) -> None:
    """Show what changed between two issued revisions, named by order or label."""
    with opened_for_reading(house) as work:
        _, _, lines = reading.history(work, code)
        found = reading.redline(work, code, _sequence(lines, old), _sequence(lines, new))
    if as_json:
        output.emit(
            {
                "document": found.document_id,
                "code": found.code,
                "title": found.title,
                "from": found.old,
                "to": found.new,
                "html": found.html,
            }
        )
        return
    output.say(f"{found.code} {found.title}: {found.old} → {found.new}")
    blocks = changed_blocks(found.html)
    for block in blocks:
        output.say(f"  {block}")
    if not blocks:
        output.say("  Không có thay đổi về chữ.")


@click.command()
@parameters.on_day
@click.option("--unit", help="Chỉ tài liệu của một đơn vị: khoá hoặc tên.")
@click.option("--external", is_flag=True, help="Danh mục tài liệu bên ngoài (văn bản được viện dẫn).")
@click.option(
    "--format",
    "form",
    type=click.Choice([str(one) for one in exporting.SheetFormat]),
    help="Ghi thành bảng tính hoặc tệp Word.",
)
@click.option("-o", "--output", "path", type=click.Path(dir_okay=False), help="Ghi vào tệp này.")
@parameters.as_json
@click.pass_obj
def register(
    house: House,
    on: date | None,
    unit: str | None,
    external: bool,
    form: str | None,
    path: str | None,
    as_json: bool,
) -> None:
    """List what is in control, or the external documents it rests on, on a day."""
    if as_json and form:
        raise TwoForms
    if form not in (None, exporting.SheetFormat.CSV.value) and path is None and sys.stdout.isatty():
        raise BinaryToTerminal
    with opened_for_reading(house) as work:
        day = on or work.today
        documents = [] if external else registering.register(work, day, unit)
        outside = law_external.external(work, day) if external else []
    if form:
        sheet = exporting.SheetFormat(form)
        data = (
            exporting.external(outside, sheet, words.sheet(), day)
            if external
            else exporting.register(documents, sheet, words.sheet())
        )
        _write(data, path)
    elif as_json and external:
        output.emit({"on": day.isoformat(), "instruments": [shapes.external(one) for one in outside]})
    elif as_json:
        output.emit({"on": day.isoformat(), "documents": [shapes.register_line(one) for one in documents]})
    elif external:
        rows = [
            (
                one.instrument.number,
                exporting.said(one, words.sheet()),
                one.instrument.cited_by,
                one.reviewed,
                one.instrument.title,
            )
            for one in outside
        ]
        output.table(("Số hiệu", "Tình trạng", "Viện dẫn", "Rà soát", "Tên văn bản"), rows)
    else:
        _print(documents)


def _print(lines: Sequence[registering.RegisterLine]) -> None:
    head = ("Mã hiệu", "Tên tài liệu", "Lần", "Tình trạng", "Hiệu lực từ", "Quyết định", "Hạn xem xét")
    rows = [
        (
            line.code,
            line.title,
            line.revision,
            words.STATUS[line.status],
            line.effective_from,
            line.issued_by,
            output.day(line.review_due),
        )
        for line in lines
    ]
    output.table(head, rows)


def _write(data: bytes, path: str | None) -> None:
    if path is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    parameters.write_file(path, data)


def _revision_row(line: reading.RevisionLine) -> tuple[object, ...]:
    status = "đã rút lại" if line.withdrawn else words.STATUS[line.status]
    return (
        line.sequence,
        line.label,
        status,
        line.effective_from,
        line.effective_until,
        line.issued_by,
        line.signer,
        line.change_note,
    )


def _sequence(lines: Sequence[reading.RevisionLine], named: str) -> int:
    """Return the order of the revision that a number or a label (``01.02``) names; raises ``NotFound``."""
    if named.isdecimal() and any(line.sequence == int(named) for line in lines):
        return int(named)
    found = next((line.sequence for line in lines if line.label == named), None)
    if found is None:
        raise NotFound(what=f"lần ban hành «{named}»; xem «qms history»")
    return found
