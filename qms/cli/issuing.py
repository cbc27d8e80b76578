"""Recording decisions on paper: ``issue``, ``retire``."""

from __future__ import annotations

import click

from qms.cli import output, parameters, shapes
from qms.cli.house import House, opened
from qms.usecases import acts, issuing, retiring


@click.command()
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@parameters.paper(required=True)
@parameters.acting_as
@parameters.as_json
@click.pass_obj
def issue(house: House, codes: tuple[str, ...], paper: parameters.Paper, login: str, as_json: bool) -> None:
    """Issue approved revisions by one decision."""
    with opened(house) as qms:
        actor, decision = qms.shell(login), paper.decision(qms)
        with qms.work(actor) as work:
            done = issuing.issue(work, codes, decision)
        house.follow_up(qms)
    _tell(done, f"{paper.number}: đã ban hành", as_json)


@click.command()
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@click.option("--reason", required=True, help="Lý do ngừng áp dụng.")
@parameters.paper(required=True)
@parameters.acting_as
@parameters.as_json
@click.pass_obj
def retire(
    house: House,
    codes: tuple[str, ...],
    reason: str,
    paper: parameters.Paper,
    login: str,
    as_json: bool,
) -> None:
    """End documents by one decision."""
    with opened(house) as qms:
        actor, decision = qms.shell(login), paper.decision(qms)
        with qms.work(actor) as work:
            done = retiring.retire(work, codes, reason, decision)
        house.follow_up(qms)
    _tell(done, f"{paper.number}: đã ngừng áp dụng", as_json)


def _tell(done: acts.Issued, sentence: str, as_json: bool) -> None:
    if as_json:
        output.emit(shapes.issued(done))
    else:
        output.say(f"{sentence} {len(done.revisions)} tài liệu, từ {output.day(done.effective)}.")
