"""The law: ``cite``, and what a change of it means: ``legal impact``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date

import click

from qms.cli import output, parameters, shapes, words
from qms.cli.commands import LEGAL, LazyGroup
from qms.cli.finding import NotText
from qms.cli.house import House, reading
from qms.usecases import citing
from qms.usecases import impact as impacts

STANDARD_INPUT = "-"

legal = LazyGroup(table=LEGAL, no_args_is_help=True)


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1)
@parameters.as_json
def cite(files: tuple[str, ...], as_json: bool) -> None:
    """Print every citation found in plain texts, with where it stands."""
    paths = [path if path == STANDARD_INPUT else _existing(path) for path in files] or [STANDARD_INPUT]
    for path, text in [(path, _text(path)) for path in paths]:
        for found in citing.cite(text, None if path == STANDARD_INPUT else path):
            if as_json:
                output.emit(found)
                continue
            name = found["instrument"] or found["title"] or "?"
            provisions = " ".join(found["provisions"])
            output.say(f"{path}:{found['start']}-{found['end']}  {name}  {provisions}".rstrip())
            output.say(f"    {' '.join(found['text'].split())}")


@click.command()
@click.argument("number", metavar="NUMBER")
@parameters.on_day
@click.option("--issuer", default="", help="Cơ quan ban hành, khi nhiều địa phương có cùng số.")
@parameters.as_json
@click.pass_obj
def impact(house: House, number: str, on: date | None, issuer: str, as_json: bool) -> None:
    """Tell which documents an instrument touches, why, and by when they must follow."""
    with reading(house) as work:
        found = impacts.impact(work, number, on, issuer)
    if as_json:
        output.emit(shapes.impact(found))
        return
    output.say(f"{found.instrument}: {_what_it_does(found)}")
    output.say(f"Hạn cập nhật: {output.day(found.deadline) or 'chưa tính được'}")
    for doubt in found.doubts:
        output.say(f"Chưa chắc chắn: {doubt}")
    _reached("Chịu tác động", [line for line in found.affected if not line.weak])
    _reached("Liên quan xa, nên xem qua", [line for line in found.affected if line.weak])
    _asides("Đã xem, không phải làm gì", found.untouched)
    _asides("Chưa xem được", found.unexamined)


def _what_it_does(found: impacts.Impact) -> str:
    if found.starts is None:
        return f"{words.RELATION[found.kind]}, chưa rõ từ ngày nào" if found.kind else "chưa ghi thay đổi nào"
    kind = words.RELATION[found.kind] if found.kind else "thay đổi thủ tục hành chính"
    return f"{kind}, từ {output.day(found.starts)}"


def _reached(head: str, lines: Sequence[impacts.Affected]) -> None:
    output.say(f"\n{head}: {len(lines)}")
    rows = [
        (
            line.code,
            words.VERDICT[line.verdict],
            output.day(line.deadline),
            line.title,
            "; ".join(line.citations) or line.reasons[0].note,
        )
        for line in lines
    ]
    if rows:
        output.table(("Mã hiệu", "Đánh giá", "Hạn", "Tên tài liệu", "Vì sao"), rows)
    for line in lines:
        for doubt in dict.fromkeys(doubt for reason in line.reasons for doubt in reason.doubts):
            output.say(f"Chưa chắc chắn ({line.code}): {doubt}")


def _asides(head: str, lines: Sequence[impacts.Aside]) -> None:
    output.say(f"\n{head}: {len(lines)}")
    for line in lines:
        output.say(f"  {line.code}  {line.title}: {line.reason}")


def _existing(path: str) -> str:
    return parameters.EXISTING.convert(path, None, None)


def _text(path: str) -> str:
    """Return a text exactly as given: offsets count its characters, line ends and all."""
    data = sys.stdin.buffer.read() if path == STANDARD_INPUT else parameters.read_file(path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise NotText(path=path) from None
