"""Changes of law as work: ``legal changes``, ``legal open``, ``legal proof``."""

from __future__ import annotations

from datetime import date

import click

from qms.cli import output, parameters, shapes, words
from qms.cli.house import House, acting, reading
from qms.usecases import change_proof, changes, exporting


@click.command()
@click.argument("change", metavar="[ID]", required=False)
@parameters.on_day
@parameters.as_json
@click.pass_obj
def listing(house: House, change: str | None, on: date | None, as_json: bool) -> None:
    """List the changes under review, or the documents of one."""
    with reading(house) as work:
        page = changes.page(work, change, on) if change else None
        lines = [] if page else changes.listing(work, on)
    if page is not None:
        _show(page, as_json)
    elif as_json:
        output.emit({"changes": [shapes.change(line) for line in lines]})
    else:
        rows = [
            (
                line.id,
                line.instrument,
                line.starts,
                output.day(line.deadline),
                f"{line.done}/{line.total}",
                line.overdue,
                "đã kết thúc" if line.closed_at else "đang rà soát",
            )
            for line in lines
        ]
        output.table(("Đợt", "Văn bản", "Hiệu lực từ", "Hạn", "Xong", "Quá hạn", "Tình trạng"), rows)


@click.command()
@click.argument("number", metavar="NUMBER")
@parameters.on_day
@parameters.acting_as
@parameters.as_json
@click.pass_obj
def open_(house: House, number: str, on: date | None, login: str, as_json: bool) -> None:
    """Open the review of what an instrument changes."""
    with acting(house, login) as work:
        change = changes.open_change(work, number, on)
    with reading(house) as work:
        _show(changes.page(work, change, on), as_json)


@click.command()
@click.argument("year", metavar="YEAR", type=click.IntRange(1945, 2200))
@parameters.on_day
@click.option(
    "--format",
    "form",
    type=click.Choice([str(one) for one in exporting.SheetFormat]),
    default="xlsx",
    help="Dạng tệp (xlsx).",
)
@click.option(
    "-o", "--output", "path", type=click.Path(dir_okay=False), required=True, help="Ghi vào tệp này."
)
@click.pass_obj
def proof(house: House, year: int, on: date | None, form: str, path: str) -> None:
    """Write the proof table of all changes that start in a year."""
    with reading(house) as work:
        lines = change_proof.proof_of_year(work, year, on)
    parameters.write_file(path, exporting.proof(lines, exporting.SheetFormat(form), words.PROOF))
    output.say(f"{len(lines)} dòng: {path}")


def _show(page: changes.ChangePage, as_json: bool) -> None:
    if as_json:
        output.emit(shapes.change_page(page))
        return
    line = page.line
    output.facts(
        (
            ("Đợt", line.id),
            ("Văn bản", line.instrument),
            ("Trích yếu", line.title),
            ("Hiệu lực từ", line.starts),
            ("Hạn cập nhật", line.deadline),
            ("Phải trình trước", line.submit_by),
            ("Xong", f"{line.done}/{line.total}"),
        )
    )
    rows = [
        (
            item.code,
            words.VERDICT[item.verdict] if item.verdict else "",
            words.ITEM[item.state],
            words.DECISION[item.decision] if item.decision else "",
            item.owner,
            item.due or item.deadline,
            item.title,
        )
        for item in page.items
    ]
    output.say()
    output.table(("Mã hiệu", "Đánh giá", "Tình trạng", "Quyết định", "Phụ trách", "Hạn", "Tên"), rows)
    output.say(f"Liên quan gián tiếp: {len(page.weak)} · không phải làm gì: {len(page.untouched)}")
    output.say(f"Chưa xem được: {len(page.unexamined)} · mới phát sinh: {len(page.newly)}")
