"""Finding what applies: ``search``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from qms.cli import output, parameters, shapes, words
from qms.cli.house import House, reading
from qms.errors import QmsError, WrongUse
from qms.usecases import searching
from qms.usecases.ports import Work


class NoQuestion(WrongUse):
    """Neither a question nor a file of questions, or both."""

    code = "no_question"
    sentence = "Hãy gõ một câu tìm, hoặc dùng -f TỆP với mỗi dòng một câu (không dùng cả hai)."


class NotText(WrongUse):
    """A file that is not plain text."""

    code = "not_text"
    sentence = "«{path}» không phải văn bản thuần UTF-8."


@click.command()
@click.argument("query", metavar="QUERY", nargs=-1)
@parameters.on_day
@click.option("--all", "everything", is_flag=True, help="Cả bản cũ, bản chưa đến ngày, bản ngừng áp dụng.")
@click.option("--unit", help="Chỉ tài liệu của một đơn vị: khoá hoặc tên.")
@click.option("--limit", type=click.IntRange(1, 200), default=20, help="Số kết quả nhiều nhất (20).")
@click.option("-f", "--file", "path", type=parameters.EXISTING, help="Tệp câu tìm, mỗi dòng một câu.")
@parameters.as_json
@click.pass_obj
def search(
    house: House,
    query: tuple[str, ...],
    on: date | None,
    everything: bool,
    unit: str | None,
    limit: int,
    path: str | None,
    as_json: bool,
) -> int:
    """Search what applies on a day."""
    if bool(query) == (path is not None):
        raise NoQuestion
    ask = searching.search_all if everything else searching.search
    if path is None:
        with reading(house) as work:
            answer = ask(work, " ".join(query), on, unit, limit)
        _tell(answer, as_json)
        return 0
    questions = lines_of(path)
    with reading(house) as work:
        answers = [_answered(work, ask, question, on, unit, limit) for question in questions]
    for question, given in zip(questions, answers, strict=True):
        _tell_line(question, given, as_json)
    return 1 if any(isinstance(given, QmsError) for given in answers) else 0


def lines_of(path: str) -> list[str]:
    """Return the lines of a text file; raises ``NotText``."""
    try:
        text = parameters.read_file(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText(path=path) from None
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []


def _answered(work: Work, ask: Any, question: str, *narrowed: Any) -> searching.Answer | WrongUse:
    """Answer one of many questions; one that cannot be understood must not take the others their answers."""
    try:
        answer: searching.Answer = ask(work, question, *narrowed)
    except searching.QueryTooLong as refusal:
        return refusal
    return answer


def _tell_line(question: str, given: searching.Answer | WrongUse, as_json: bool) -> None:
    if isinstance(given, searching.Answer):
        if not as_json:
            output.say(f"# {question}")
        _tell(given, as_json)
    elif as_json:
        error = {"code": given.code, "message": str(given)}
        output.emit({"query": question, "total": 0, "took_ms": 0.0, "hits": [], "error": error})
    else:
        output.say(f"# {question}\n{given}")


def _tell(answer: searching.Answer, as_json: bool) -> None:
    if as_json:
        output.emit(
            {
                "query": answer.query,
                "total": answer.total,
                "took_ms": answer.took_ms,
                "hits": [_hit(hit) for hit in answer.hits],
            }
        )
        return
    if answer.hits:
        _print(answer.hits)
        output.say(f"{answer.total} kết quả, ngày {output.day(answer.on)}.")
    else:
        output.say(f"Không có tài liệu nào áp dụng ngày {output.day(answer.on)} khớp câu tìm.")
        if answer.past:
            output.say("Chỉ có ở bản cũ, bản chưa đến ngày hoặc bản ngừng áp dụng:")
            _print(answer.past)


def _print(hits: Sequence[searching.Found]) -> None:
    head = ("Mã hiệu", "Tên tài liệu", "Lần", "Tình trạng", "Đơn vị")
    rows = [(hit.code, hit.title, hit.revision, words.STATUS[hit.status], hit.unit) for hit in hits]
    output.table(head, rows)


def _hit(hit: searching.Found) -> dict[str, object]:
    return {
        "document": hit.document,
        "code": hit.code,
        "title": hit.title,
        "type": hit.type.value,
        "revision": hit.revision,
        "status": hit.status.value,
        "unit": hit.unit,
        "score": hit.score,
        "snippet": "".join(piece.text for piece in hit.snippet),
        "source_file": hit.source_file,
        "notices": shapes.notices(hit.notices),
        "basis": hit.mark.verdict.value if hit.mark else None,
    }
