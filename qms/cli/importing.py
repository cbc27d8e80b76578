"""Taking files in: ``import``."""

from __future__ import annotations

import click

from qms.cli import files, output, parameters, words
from qms.cli.house import House, opened
from qms.errors import WrongUse
from qms.usecases import importing
from qms.usecases.candidates import ImportLine


class PaperWithoutPublish(WrongUse):
    """What a decision says makes sense only for papers that were issued."""

    code = "paper_without_publish"
    sentence = "Số, ngày ký, ngày hiệu lực, bản quét chỉ dùng cùng --publish (ghi nhận văn bản đã ban hành)."


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=parameters.EXISTING)
@click.option("--unit", help="Đơn vị nhận tài liệu: khoá hoặc tên (mặc định: cơ quan).")
@click.option("--publish", is_flag=True, help="Ghi nhận văn bản đã ban hành trên giấy.")
@parameters.paper(required=False)
@parameters.perhaps_as
@parameters.as_json
@click.pass_obj
def import_(
    house: House,
    paths: tuple[str, ...],
    unit: str | None,
    publish: bool,
    paper: parameters.Paper,
    login: str | None,
    as_json: bool,
) -> int:
    """Take files in as drafts, or as papers that were issued already."""
    if not publish and not paper.silent:
        raise PaperWithoutPublish
    sources = files.gather(paths)
    with opened(house) as qms, output.progress("Đang nhập") as progress:
        decision = None if paper.silent else paper.decision(qms)
        actor = qms.shell(login)
        with qms.work(actor) as work:
            if publish:
                done = importing.publish(work, sources, unit, decision, progress)
            else:
                done = importing.take_in(work, sources, unit, progress)
        house.follow_up(qms)
    _tell(done, as_json)
    return 0 if done.clean else 1


def _tell(done: importing.Imported, as_json: bool) -> None:
    package = done.package
    if as_json:
        for line in done.lines:
            output.emit(line.as_json())
        if len(done.lines) > 1:
            output.emit({"package": _package(package)})
        return
    output.table(("Kết quả", "Mã hiệu", "Tệp", "Ghi chú"), [_row(line) for line in done.lines])
    if len(done.lines) > 1:
        output.say(
            f"Lần ban hành tiếp {package.next} · tài liệu mới {package.new} · đã có {package.same}"
            f" · từ chối {package.refused} · không có trong lần nhập này {len(package.absent)}"
        )
        if package.absent:
            output.say(f"Không có trong lần nhập này: {', '.join(package.absent)}")


def _row(line: ImportLine) -> tuple[str, str, str, str]:
    result = words.IMPORT[line.status]
    if line.status == "imported" and line.match:
        result = words.MATCH[line.match]
    code = (line.document or {}).get("code") or ""
    return result, code, line.file, "; ".join(doubt.message for doubt in line.warnings)


def _package(package: importing.Package) -> dict[str, object]:
    return {
        "next": package.next,
        "new": package.new,
        "same": package.same,
        "refused": package.refused,
        "absent": list(package.absent),
    }
