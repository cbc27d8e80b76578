"""Drafting from the shell: ``draft`` begins, fills or fetches the open revision of a document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms.cli import output, parameters
from qms.cli.house import House, opened
from qms.errors import WrongUse
from qms.model.document import OpenAlready
from qms.model.enums import DocumentType
from qms.usecases import creating, drafting, lookups

if TYPE_CHECKING:
    from qms.bootstrap import QMS
    from qms.model.permissions import Actor


class FileForNew(WrongUse):
    """A new document begins with a text."""

    code = "file_for_new"
    sentence = "Tài liệu mới cần nội dung: hãy thêm --file TỆP (Word hoặc Markdown)."


@dataclass(frozen=True)
class Newcomer:
    """What a document that is not yet known is to be called, and where it belongs."""

    title: str | None
    kind: str
    unit: str | None


@click.command()
@click.argument("code", metavar="CODE")
@click.option("--file", "path", type=parameters.EXISTING, help="Tệp thay nội dung bản soạn.")
@click.option("--note", default="", help="Nội dung thay đổi, ghi cho người duyệt.")
@click.option("-o", "--output", "target", type=click.Path(dir_okay=False), help="Ghi bản đang soạn ra tệp.")
@parameters.bundled(
    Newcomer,
    click.option("--title", help="Lập tài liệu mới với mã hiệu này, tên này."),
    click.option(
        "--type",
        "kind",
        type=click.Choice([str(one) for one in DocumentType]),
        default="procedure",
        help="Loại.",
    ),
    click.option("--unit", help="Đơn vị soạn tài liệu mới: khoá hoặc tên."),
)
@parameters.acting_as
@parameters.as_json
@click.pass_obj
def draft(
    house: House,
    code: str,
    path: str | None,
    note: str,
    target: str | None,
    newcomer: Newcomer,
    login: str,
    as_json: bool,
) -> None:
    """Begin the next revision, or put a file in the place of what was drafted."""
    if newcomer.title and not path:
        raise FileForNew
    data = parameters.read_file(path) if path else None
    with opened(house) as qms:
        actor = qms.shell(login)
        if newcomer.title and path and data is not None:
            document_id = _create(qms, actor, code, newcomer, (Path(path).name, data))
        else:
            document_id = _begin(qms, actor, code, go_on=bool(path or target))
        if path and data is not None:
            with qms.work(actor) as work:
                drafting.upload(work, document_id, Path(path).name, data, "", note)
        with qms.reading(actor) as work:
            name, held = drafting.draft_file(work, document_id)
    if target:
        parameters.write_file(target, held)
    if as_json:
        output.emit({"document": document_id, "code": code, "state": "draft", "file": name})
    else:
        output.say(f"{code}: bản soạn đã sẵn sàng ({target or name}).")


def _create(qms: QMS, actor: Actor, code: str, newcomer: Newcomer, file: tuple[str, bytes]) -> str:
    new = creating.NewDocument(code, newcomer.title or "", DocumentType(newcomer.kind), newcomer.unit)
    with qms.work(actor) as work:
        return creating.create_from_file(work, new, *file)


def _begin(qms: QMS, actor: Actor, code: str, *, go_on: bool) -> str:
    """Begin a draft; ``go_on`` with one that is open already, to fill or to fetch it."""
    with qms.reading(actor) as work:
        document_id = lookups.document(work, code).id
    try:
        with qms.work(actor) as work:
            drafting.begin(work, document_id)
    except OpenAlready:
        if not go_on:
            raise
    return document_id
