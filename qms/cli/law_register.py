"""The legal register on the terminal: ``legal import``, ``legal list``, ``legal missing``, ``legal export``."""

from __future__ import annotations

import sys
from datetime import date

import click

from qms.cli import output, parameters, shapes, words
from qms.cli.house import House, acting, reading
from qms.cli.reading import BinaryToTerminal
from qms.model.enums import InstrumentStatus
from qms.usecases import exporting, law_listing, law_missing, legislating
from qms.usecases.law_listing import Choice
from qms.usecases.law_views import InstrumentLine


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=parameters.EXISTING)
@parameters.perhaps_as
@parameters.as_json
@click.pass_obj
def take_in(house: House, files: tuple[str, ...], login: str | None, as_json: bool) -> int:
    """Take tables of instruments, relations and TTHC rows into the register; twice changes nothing."""
    tables = [legislating.read(path, parameters.read_file(path)) for path in files]
    with acting(house, login) as work:
        taken = legislating.take_in(work, tables)
    rejected = [
        {"row": row, "message": message if len(files) == 1 else f"{path}: {message}"}
        for path, row, message in taken.rejected
    ]
    if as_json:
        counts = {"created": taken.created, "updated": taken.updated, "unchanged": taken.unchanged}
        doubts = {"doubts": taken.doubts} if taken.doubts else {}
        output.emit({**counts, "rejected": rejected, **doubts})
        return 1 if rejected else 0
    output.say(f"Thêm {taken.created} · sửa {taken.updated} · không đổi {taken.unchanged}")
    for row in rejected:
        output.say(f"Dòng {row['row']}: {row['message']}")
    for doubt in taken.doubts:
        output.say(f"Cần xem lại: {doubt}")
    return 1 if rejected else 0


def _status(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> InstrumentStatus | None:
    return InstrumentStatus(value) if value else None


@click.command()
@parameters.on_day
@parameters.bundled(
    Choice,
    click.option(
        "--text", default="", help="Chỉ văn bản có chữ này trong số, trích yếu hoặc cơ quan ban hành."
    ),
    click.option("--type", default="", help="Chỉ một loại văn bản, ví dụ «Nghị định»."),
    click.option(
        "--status",
        type=click.Choice([str(one) for one in InstrumentStatus]),
        callback=_status,
        help="Chỉ văn bản có hiệu lực như vậy.",
    ),
    click.option("--topic", default="", help="Chỉ văn bản thuộc lĩnh vực này."),
    click.option("--cited", is_flag=True, help="Chỉ văn bản mà tài liệu đang áp dụng viện dẫn."),
)
@click.option("--limit", type=click.IntRange(1), help="Số dòng nhiều nhất.")
@parameters.as_json
@click.pass_obj
def listing(house: House, on: date | None, choice: Choice, limit: int | None, as_json: bool) -> None:
    """List the instruments as they stand on a day, most cited first."""
    with reading(house) as work:
        day = on or work.today
        found = law_listing.listing(work, day, choice, limit=limit)
    if as_json:
        lines = [shapes.instrument(line) for line in found.lines]
        output.emit({"on": day.isoformat(), "total": found.total, "instruments": lines})
        return
    rows = [
        (line.number, _status_words(line), line.effective, line.cited_by, line.title) for line in found.lines
    ]
    output.table(("Số, ký hiệu", "Hiệu lực", "Từ ngày", "Viện dẫn", "Trích yếu"), rows)


def _status_words(line: InstrumentLine) -> str:
    doubtful = line.standing.doubts and line.standing.status is not InstrumentStatus.EXPIRED
    return f"{words.INSTRUMENT[line.standing.status]}{' (cần xem lại)' if doubtful else ''}"


@click.command()
@parameters.on_day
@click.option("--limit", type=click.IntRange(1), help="Số dòng nhiều nhất.")
@parameters.as_json
@click.pass_obj
def missing(house: House, on: date | None, limit: int | None, as_json: bool) -> None:
    """List what documents cite and relations name but the register lacks, most cited first."""
    with reading(house) as work:
        day = on or work.today
        each = law_missing.ALL_DOCUMENTS if as_json else law_missing.DOCUMENTS_SHOWN
        found = law_missing.missing(work, day, limit=limit, documents_each=each)
    if as_json:
        lines = [shapes.missing(line) for line in found.lines]
        output.emit({"on": day.isoformat(), "total": found.total, "cited": found.cited, "missing": lines})
        return
    output.say(f"{found.total} văn bản chưa có trong sổ, {found.cited} văn bản có tài liệu viện dẫn.")
    rows = [
        (
            line.number,
            line.issuer,
            line.cited_by,
            ", ".join([*(one.code for one in line.documents), *line.related]),
        )
        for line in found.lines
    ]
    if rows:
        output.table(("Số, ký hiệu", "Cơ quan ban hành", "Viện dẫn", "Tài liệu, văn bản nhắc đến"), rows)


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice([str(one) for one in exporting.TableFormat]),
    default=exporting.TableFormat.CSV.value,
    help="Dạng tệp (mặc định: csv).",
)
@click.option("--relations", is_flag=True, help="Bảng quan hệ giữa các văn bản, thay vì bảng văn bản.")
@click.option("-o", "--output", "path", type=click.Path(dir_okay=False), help="Ghi vào tệp này.")
@click.pass_obj
def export(house: House, form: str, relations: bool, path: str | None) -> None:
    """Write the register as a table that can be taken in again."""
    kind = exporting.TableFormat(form)
    if kind is exporting.TableFormat.XLSX and path is None and sys.stdout.isatty():
        raise BinaryToTerminal
    with reading(house) as work:
        rows = law_listing.relation_rows(work) if relations else law_listing.instrument_rows(work)
    head = law_listing.RELATION_COLUMNS if relations else law_listing.INSTRUMENT_COLUMNS
    data = exporting.law(rows, head, kind)
    if path is not None:
        parameters.write_file(path, data)
        return
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
