"""Papers from the record as Word files: ``paper`` and ``compare``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import click

from qms.cli import output, parameters, words
from qms.cli.house import House, reading
from qms.errors import WrongUse
from qms.usecases import change_proof, comparing, law_external, papers, registering, signing_sets
from qms.usecases.letterheads import Paper
from qms.usecases.ports import Work


class UnknownPaper(WrongUse):
    """A word that is no paper."""

    code = "unknown_paper"
    sentence = "Không có giấy tờ «{name}»; gõ «qms paper» để xem danh sách."


class OutputNeeded(WrongUse):
    """A Word file is not for the screen."""

    code = "output_needed"
    sentence = "Hãy thêm -o TỆP để ghi giấy tờ ra tệp."


class NamesNeeded(WrongUse):
    """A paper about something that was not named."""

    code = "names_needed"
    sentence = "Giấy tờ này cần thêm: {what}."


@dataclass(frozen=True)
class Asked:
    """What was asked for: a day, a year, and what it is about."""

    on: date | None
    year: int | None
    of: Sequence[str]

    def first(self, count: int, what: str) -> Sequence[str]:
        """Return what the paper is about; raises ``NamesNeeded``."""
        if len(self.of) < count:
            raise NamesNeeded(what=what)
        return self.of


def _updates(work: Work, asked: Asked) -> Paper:
    year = asked.year or work.today.year
    return papers.updates(work, change_proof.proof_of_year(work, year, asked.on), year, words.PROOF)


def _request(work: Work, asked: Asked) -> Paper:
    change, document = asked.first(2, "mã đợt rà soát và mã định danh tài liệu")[:2]
    return papers.request(work, change, document)


def _informed(work: Work, asked: Asked) -> Paper:
    return papers.informed(work, asked.first(1, "mã định danh của quyết định")[0])


def _signing(work: Work, asked: Asked) -> Paper:
    return signing_sets.signing_set(work, asked.first(1, "mã hiệu các tài liệu đã duyệt"))


PAPERS: Mapping[str, tuple[str, Callable[[Work, Asked], Paper]]] = {
    "internal": (
        "Danh mục tài liệu nội bộ.",
        lambda work, asked: papers.internal(
            work, registering.register(work, asked.on), words.sheet(), asked.on
        ),
    ),
    "external": (
        "Danh mục tài liệu bên ngoài.",
        lambda work, asked: papers.external(
            work, law_external.external(work, asked.on), words.sheet(), asked.on
        ),
    ),
    "records": ("Danh mục hồ sơ phải lưu.", lambda work, asked: papers.records(work, asked.on)),
    "revisions": ("Bảng theo dõi sửa đổi.", lambda work, asked: papers.revisions(work, asked.on)),
    "updates": ("Bảng theo dõi cập nhật văn bản quy phạm pháp luật của một năm (--year).", _updates),
    "request": ("Phiếu đề nghị sửa đổi: mã đợt rà soát, mã định danh tài liệu.", _request),
    "informed": ("Danh sách phổ biến, ký nhận: mã định danh của quyết định.", _informed),
    "signing": ("Bộ trình ký (.zip): mã hiệu các tài liệu đã duyệt.", _signing),
}


@click.command()
@click.argument("name", metavar="[NAME]", required=False)
@click.argument("of", metavar="[OF]...", nargs=-1)
@parameters.on_day
@click.option("--year", type=int, help="Năm (mặc định: năm nay).")
@click.option("-o", "--output", "path", type=click.Path(dir_okay=False), help="Ghi vào tệp này.")
@click.pass_obj
def paper(
    house: House, name: str | None, of: tuple[str, ...], on: date | None, year: int | None, path: str | None
) -> None:
    """Write a paper, or list which there are."""
    if name is None:
        output.table(("Tên", "Giấy tờ"), [(key, sentence) for key, (sentence, _) in PAPERS.items()])
        return
    if name not in PAPERS:
        raise UnknownPaper(name=name)
    if path is None:
        raise OutputNeeded
    with reading(house) as work:
        made = PAPERS[name][1](work, Asked(on, year, of))
    parameters.write_file(path, made.data)
    output.say(f"{made.name}: {path}")


@click.command()
@click.argument("code", metavar="CODE")
@click.option(
    "-o", "--output", "path", type=click.Path(dir_okay=False), required=True, help="Ghi vào tệp này."
)
@click.pass_obj
def compare(house: House, code: str, path: str) -> None:
    """Write the table that compares a draft, else the last edition, with the one before."""
    with reading(house) as work:
        made = comparing.table(work, code)
    parameters.write_file(path, made.data)
    output.say(f"{made.name}: {path}")
