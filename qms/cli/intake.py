"""A regulation comes in: ``legal intake`` reads what it is and does, and with ``--apply`` keeps it in the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from qms.cli import output, parameters, words
from qms.cli.house import House, opened
from qms.errors import WrongUse
from qms.model.provisions import spoken
from qms.usecases import intaking

TYPES = ".docx, .doc, .pdf, .md, .txt"


class NumberForOneFile(WrongUse):
    """A number names one regulation."""

    code = "number_for_one_file"
    sentence = "--number chỉ dùng khi đọc một tệp; hãy bỏ --number hoặc đọc từng tệp."


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=parameters.EXISTING)
@click.option(
    "--number", help="Số, ký hiệu của văn bản, nếu tệp không ghi (ví dụ chỉ có điều khoản thi hành)."
)
@click.option("--apply", "keep", is_flag=True, help="Ghi văn bản và mọi tác động đọc được vào sổ.")
@parameters.perhaps_as
@parameters.as_json
@click.pass_obj
def intake(
    house: House, files: tuple[str, ...], number: str | None, keep: bool, login: str | None, as_json: bool
) -> int:
    """Read regulations and say what they change; with --apply keep that in the register."""
    if number and len(files) > 1:
        raise NumberForOneFile
    papers = [(path, parameters.read_file(path)) for path in files]
    done = True
    with opened(house) as qms:
        actor = qms.shell(login)
        for path, data in papers:
            with qms.reading(actor) as work:
                found = intaking.propose(work, path, data, number)
            applied = None
            if keep and found.readable and found.instrument.number:
                with qms.work(actor) as work:
                    applied = intaking.apply(work, found.instrument, [one.fields for one in found.relations])
            done = done and found.readable and (applied is not None or not keep)
            _tell(found, applied, as_json)
        if keep:
            house.follow_up(qms)
    return 0 if done else 1


def _tell(found: intaking.Proposal, applied: intaking.Applied | None, as_json: bool) -> None:
    if as_json:
        output.emit(_shape(found) | ({"applied": _counts(applied)} if applied else {}))
        return
    for line in _lines(found):
        output.say(line)
    if applied:
        output.say(
            f"Đã ghi {applied.number}: thêm {applied.created} · sửa {applied.updated} · không đổi {applied.unchanged}"
        )
    output.say()


def _shape(found: intaking.Proposal) -> dict[str, object]:
    fields = found.instrument
    return {
        "file": found.file,
        "instrument": {
            "number": fields.number or None,
            "type": fields.type or None,
            "title": fields.title,
            "issued": fields.issued.isoformat() if fields.issued else None,
            "effective": fields.effective.isoformat() if fields.effective else None,
            "expires": fields.expires.isoformat() if fields.expires else None,
            "effective_rule": found.effective_rule.value,
            "issuer": fields.issuer or None,
        },
        "relations": [_relation(one.fields) for one in found.relations],
        "tthc": [
            {
                "code": row.code,
                "name": row.name,
                "change": row.change.value,
                "time_limit": row.time_limit,
                "fee": row.fee,
            }
            for row in found.tthc
        ],
        "doubts": [{"code": doubt.code.value, "message": doubt.message} for doubt in found.doubts],
    }


def _relation(fields: intaking.RelationFields) -> dict[str, object]:
    return {
        "kind": fields.kind.value,
        "target": fields.target,
        "target_issuer": fields.target_issuer or None,
        "target_provisions": list(fields.target_provisions),
        "except_provisions": list(fields.except_provisions),
        "source_provision": fields.source_provision,
        "from": fields.starts.isoformat() if fields.starts else None,
        "sentence": fields.sentence,
    }


def _counts(applied: intaking.Applied) -> dict[str, int]:
    return {"created": applied.created, "updated": applied.updated, "unchanged": applied.unchanged}


def _lines(found: intaking.Proposal) -> Iterator[str]:
    fields = found.instrument
    name = " ".join(part for part in (fields.type, fields.number or "chưa rõ số") if part)
    yield f"{found.file}: {name}"
    if found.readable:
        yield from _facts(found)
        yield f"Tác động đến văn bản khác: {len(found.relations)}"
        for one in found.relations:
            yield from _relation_lines(one)
    if found.tthc:
        yield f"Thủ tục hành chính: {len(found.tthc)}"
    for row in found.tthc:
        yield f"  {row.code} {row.name}: {words.TTHC_CHANGE[row.change]}"
    if found.doubts:
        yield f"Cần xem lại: {len(found.doubts)}"
    for doubt in found.doubts:
        yield f"  - {doubt.message}"


def _facts(found: intaking.Proposal) -> Iterator[str]:
    fields = found.instrument
    pairs: Sequence[tuple[str, str]] = (
        ("Trích yếu", fields.title),
        ("Cơ quan ban hành", fields.issuer),
        ("Ngày ban hành", output.day(fields.issued)),
        ("Ngày hiệu lực", output.day(fields.effective) or "chưa rõ"),
        ("Hết hiệu lực từ", output.day(fields.expires)),
        ("Căn cứ câu", f"«{found.effective_sentence}»" if found.effective_sentence else ""),
    )
    yield from (f"  {label}: {value}" for label, value in pairs if value)


def _relation_lines(one: intaking.ProposedRelation) -> Iterator[str]:
    fields = one.fields
    parts = spoken(fields.target_provisions) or "toàn bộ"
    if fields.except_provisions:
        parts += f", trừ {spoken(fields.except_provisions)}"
    known = "" if one.known else " (chưa có trong sổ)"
    since = f", từ {output.day(fields.starts)}" if fields.starts else ""
    yield f"  {words.RELATION[fields.kind]} {fields.target}{known}: {parts}{since}"
    yield f"      «{output.short(fields.sentence)}»"
