"""Administrative procedures (TTHC): ``tthc list``, ``show``, ``import``, ``propose``, ``link``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import click

from qms.cli import output, parameters, tthc_shapes, words
from qms.cli.commands import TTHC, LazyGroup
from qms.cli.house import House, acting, reading
from qms.model.enums import TthcSource
from qms.usecases import tthc as catalogue
from qms.usecases import tthc_importing, tthc_linking

tthc = LazyGroup(table=TTHC, no_args_is_help=True)


@dataclass(frozen=True)
class Table:
    """What the options say of a whole table."""

    decision: str
    issuer: str
    effective: date | None
    internal: bool

    @property
    def given(self) -> dict[str, str]:
        """Return it under the contract's column names."""
        return {
            "decision": self.decision,
            "issuer": self.issuer,
            "effective": self.effective.isoformat() if self.effective else "",
            "source": TthcSource.INTERNAL.value if self.internal else "",
        }


@click.command()
@click.argument("query", metavar="[QUERY]", required=False, default="")
@click.option("--field", default="", help="Chỉ lĩnh vực này.")
@click.option("--decision", default="", help="Chỉ thủ tục trong quyết định này.")
@click.option("--gaps", is_flag=True, help="Chỉ thủ tục chưa có quy trình.")
@click.option("--limit", type=click.IntRange(1), help="Số dòng nhiều nhất.")
@parameters.on_day
@parameters.as_json
@click.pass_obj
def listing(
    house: House,
    query: str,
    field: str,
    decision: str,
    gaps: bool,
    limit: int | None,
    on: date | None,
    as_json: bool,
) -> None:
    """List the catalogue as it stands on a day."""
    with reading(house) as work:
        day = on or work.today
        found = catalogue.listing(work, catalogue.Wanted(query, field, decision, gaps), day, limit=limit)
    if as_json:
        procedures = [tthc_shapes.entry(line) for line in found.lines]
        output.emit({"on": day.isoformat(), "total": found.total, "procedures": procedures})
        return
    rows = [
        (
            line.stem,
            words.TTHC[line.standing.status],
            line.standing.limit.text if line.standing.limit else "",
            ", ".join(document.code for document in line.documents),
            line.name,
        )
        for line in found.lines
    ]
    output.table(("Mã", "Tình trạng", "Thời hạn", "Quy trình", "Tên thủ tục"), rows)


@click.command()
@click.argument("code", metavar="CODE")
@parameters.on_day
@parameters.as_json
@click.pass_obj
def show(house: House, code: str, on: date | None, as_json: bool) -> None:
    """Show one procedure: what holds on a day, its history, the documents with their three times."""
    with reading(house) as work:
        page = catalogue.page(work, code, on)
    if as_json:
        output.emit(tthc_shapes.page(page))
        return
    entry, standing = page.entry, page.entry.standing
    output.facts(
        (
            ("Mã", entry.stem),
            ("Tên", entry.name),
            ("Lĩnh vực", entry.field),
            ("Tình trạng", words.TTHC[standing.status]),
            ("Mã mới", standing.successor),
            ("Quyết định", standing.decision),
            ("Từ ngày", standing.since),
            ("Thời hạn công bố", standing.limit.text if standing.limit else None),
            ("Quy trình nội bộ", standing.internal.text if standing.internal else None),
            ("Phí, lệ phí", standing.fee.text if standing.fee else None),
        )
    )
    for one in page.documents:
        output.say(f"\n{one.document.code}  {one.document.title}")
        for finding in one.times.times.findings:
            output.say(f"  {finding.sentence}")
    output.say()
    history = [
        (row.effective, words.TTHC_CHANGE[row.change], row.decision_key, row.time_limit) for row in page.rows
    ]
    output.table(("Từ ngày", "Thay đổi", "Quyết định", "Thời hạn"), history)


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=parameters.EXISTING)
@parameters.bundled(
    Table,
    click.option("--decision", default="", help="Số quyết định, nếu bảng không ghi."),
    click.option("--issuer", default="", help="Cơ quan ban hành, với quyết định của địa phương."),
    click.option("--effective", type=parameters.DAY, help="Ngày có hiệu lực, nếu bảng không ghi."),
    click.option("--internal", is_flag=True, help="Quyết định phê duyệt quy trình nội bộ."),
)
@parameters.perhaps_as
@parameters.as_json
@click.pass_obj
def take_in(house: House, files: tuple[str, ...], table: Table, login: str | None, as_json: bool) -> int:
    """Take in decisions about procedures (Word, Excel, CSV, JSON lines); twice changes nothing."""
    wrong = 0
    for path in files:
        with acting(house, login) as work:
            handed = tthc_importing.read(work, path, parameters.read_file(path), table.given)
            taken = tthc_importing.take_in(work, handed)
        wrong += len(taken.rejected)
        if as_json:
            output.emit(tthc_shapes.taken(path, taken))
            continue
        output.say(f"{path}: thêm {taken.created} · sửa {taken.updated} · không đổi {taken.unchanged}")
        for number, message in taken.rejected:
            output.say(f"Dòng {number}: {message}")
        for doubt in taken.doubts:
            output.say(f"Lưu ý: {doubt}")
    return 1 if wrong else 0


@click.command()
@click.argument("code", metavar="CODE")
@parameters.as_json
@click.pass_obj
def propose(house: House, code: str, as_json: bool) -> int:
    """Tell which procedures a document may cover, best first."""
    with reading(house) as work:
        document, found = tthc_linking.propose(work, code)
    if as_json:
        candidates = [
            {"code": one.stem, "name": one.name, "field": one.field, "score": one.score, "why": one.why.value}
            for one in found
        ]
        output.emit({"document": document, "candidates": candidates})
    elif found:
        output.table(
            ("Mã", "Giống", "Tên thủ tục"), [(one.stem, f"{one.score:.0%}", one.name) for one in found]
        )
    else:
        output.say("Không tìm được thủ tục nào có tên gần giống.")
    return 0 if found else 1


@click.command()
@click.argument("code", metavar="CODE")
@click.argument("stems", metavar="STEM...", nargs=-1, required=True)
@parameters.acting_as
@parameters.as_json
@click.pass_obj
def link(house: House, code: str, stems: tuple[str, ...], login: str, as_json: bool) -> None:
    """Record that a document covers procedures."""
    with acting(house, login) as work:
        count = tthc_linking.link(work, [tthc_linking.Pair(code, stem) for stem in stems])
    if as_json:
        output.emit({"linked": count})
    else:
        output.say(f"Đã gắn {count} thủ tục hành chính.")
