"""Printing: ``qms print``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from qms.cli import output, parameters
from qms.cli.house import House
from qms.cli.house import reading as opened_for_reading
from qms.errors import WrongUse
from qms.model.enums import PaperForm
from qms.usecases import printing


class NeitherPdfNorWord(WrongUse):
    """A file name that tells no form in which one can print."""

    code = "neither_pdf_nor_word"
    sentence = "Tệp «{path}» phải có đuôi .pdf hoặc .docx."


_ADDRESS = "Mã QR dẫn đến {address}, máy khác có thể không mở được; hãy đặt QMS_PUBLIC_URL là địa chỉ mọi người dùng."


@click.command()
@click.argument("code", metavar="CODE")
@parameters.on_day
@click.option(
    "--revision", "sequence", type=click.IntRange(1), help="Lần ban hành theo thứ tự («qms history»)."
)
@click.option("--copy", type=click.IntRange(1, 9999), help="In bản kiểm soát số này, đã phát từ trước.")
@click.option(
    "-o", "--output", "path", required=True, type=click.Path(dir_okay=False), help="Ghi vào tệp này."
)
@click.pass_obj
def print_(
    house: House, code: str, on: date | None, sequence: int | None, copy: int | None, path: str
) -> None:
    """Write a revision ready to be printed; the file's ending says in which form."""
    suffix = Path(path).suffix.lower().removeprefix(".")
    if suffix not in set(PaperForm):
        raise NeitherPdfNorWord(path=path)
    wanted = printing.Wanted(house.config.address, PaperForm(suffix), on, sequence, copy)
    with opened_for_reading(house) as work:
        paper = printing.paper(work, code, wanted)
    parameters.write_file(path, paper.data)
    if not house.config.public_url:
        click.echo(_ADDRESS.format(address=house.config.address), err=True)
    output.say(f"{path}: {paper.name}")
