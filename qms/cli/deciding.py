"""Deciding on content: ``submit``, ``review``, ``approve``, ``return``, ``withdraw``."""

from __future__ import annotations

import click

from qms.cli import output, parameters
from qms.cli.house import House, acting
from qms.errors import WrongUse
from qms.usecases import deciding, drafting, issuing, lookups, submitting

comment = click.option("--comment", default="", help="Ý kiến.")


class ReasonMissing(WrongUse):
    """An act that is recorded with its reason."""

    code = "reason_needed"
    sentence = "Hãy ghi lý do (--reason)."


@click.command()
@click.argument("code", metavar="CODE")
@click.option("--basis-reason", default="", help="Lý do vẫn trình khi còn căn cứ đã hết hiệu lực.")
@parameters.acting_as
@parameters.as_json
@click.pass_obj
def submit(house: House, code: str, basis_reason: str, login: str, as_json: bool) -> None:
    """Send a draft to be decided on."""
    with acting(house, login) as work:
        content = submitting.submit(work, code, basis_reason)
    if as_json:
        output.emit({"code": code, "state": "in_review", "content_sha256": content})
    else:
        output.say(f"{code}: đã trình duyệt.")


@click.command()
@click.argument("code", metavar="CODE")
@comment
@parameters.acting_as
@parameters.as_json
@click.pass_obj
def review(house: House, code: str, comment: str, login: str, as_json: bool) -> None:
    """Record a review of the present content."""
    with acting(house, login) as work:
        deciding.review(work, code, comment=comment)
    _tell(code, "in_review", "đã ghi ý kiến xem xét", as_json)


@click.command()
@click.argument("code", metavar="CODE")
@comment
@parameters.acting_as
@parameters.as_json
@click.pass_obj
def approve(house: House, code: str, comment: str, login: str, as_json: bool) -> None:
    """Approve the present content."""
    with acting(house, login) as work:
        deciding.approve(work, code, comment=comment)
    _tell(code, "approved", "đã phê duyệt nội dung", as_json)


@click.command()
@click.argument("code", metavar="CODE")
@click.option("--reason", "--comment", required=True, help="Lý do trả lại.")
@parameters.acting_as
@parameters.as_json
@click.pass_obj
def return_(house: House, code: str, reason: str, login: str, as_json: bool) -> None:
    """Return a revision to its author."""
    with acting(house, login) as work:
        deciding.send_back(work, code, reason)
    _tell(code, "returned", "đã trả lại người soạn", as_json)


@click.command()
@click.argument("code", metavar="CODE")
@click.option("--reason", "--comment", default="", help="Lý do rút lại.")
@click.option("--draft", is_flag=True, help="Bỏ bản đang soạn, không phải bản đã ban hành.")
@parameters.acting_as
@parameters.as_json
@click.pass_obj
def withdraw(house: House, code: str, reason: str, draft: bool, login: str, as_json: bool) -> None:
    """Take back what was issued before its day, or give up a draft."""
    if draft:
        with acting(house, login) as work:
            drafting.abandon(work, lookups.document(work, code).id)
    elif not reason.strip():
        raise ReasonMissing
    else:
        with acting(house, login) as work:
            issuing.withdraw(work, code, reason)
    _tell(code, "withdrawn", "đã bỏ bản soạn" if draft else "đã rút lại", as_json)


def _tell(code: str, state: str, sentence: str, as_json: bool) -> None:
    if as_json:
        output.emit({"code": code, "state": state})
    else:
        output.say(f"{code}: {sentence}.")
