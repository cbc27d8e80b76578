"""What went wrong, told once: one sentence (or JSON) on standard error, and an exit code of the contract."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable

import click

from qms.errors import Fault, QmsError, WrongUse

INTERRUPTED = 130
BROKEN_PIPE = 141


class MachineFault(Fault):
    """The disk or the system refused something outside any store."""

    code = "machine_fault"
    sentence = "Máy không thực hiện được ({reason}); hãy kiểm tra đĩa và quyền truy cập."


class BadArguments(WrongUse):
    """Arguments that the command line does not know."""

    code = "bad_arguments"
    sentence = "{what}; xem «{command} --help»."


def guarded(act: Callable[[], object], *, as_json: bool) -> int:
    """Run a command and return its exit code; whatever it refuses is told in one sentence, never a traceback."""
    try:
        code = act()
    except QmsError as error:
        return _tell(error, as_json)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return WrongUse.exit_code
    except click.UsageError as error:
        return _tell(BadArguments(what=_usage(error), command=_command(error)), as_json)
    except click.Abort:
        return INTERRUPTED
    except BrokenPipeError:
        return _nobody_reads()
    except OSError as error:
        if error.errno == errno.EPIPE:
            return _nobody_reads()
        return _tell(MachineFault(reason=error.strerror or str(error)), as_json)
    return code if isinstance(code, int) else 0


def _tell(error: QmsError, as_json: bool) -> int:
    sentence = " ".join(str(error).split())
    if as_json:
        sentence = json.dumps({"error": {"code": error.code, "message": sentence}}, ensure_ascii=False)
    click.echo(sentence, err=True)
    return error.exit_code


def _nobody_reads() -> int:
    """Whoever read our output has gone (``qms register | head``): end quietly, with nothing left to flush."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE


def _usage(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"Không có tuỳ chọn {error.option_name}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"Thiếu {_name(error.param)}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        choices = getattr(error.param.type, "choices", None)
        wanted = f" (chọn một trong: {', '.join(map(str, choices))})" if choices else ""
        return f"Giá trị của {_name(error.param)} không dùng được{wanted}"
    if isinstance(error, click.BadOptionUsage):
        return f"Tuỳ chọn {error.option_name} cần một giá trị"
    return "Tham số không đúng"


def _name(parameter: click.Parameter) -> str:
    return parameter.opts[0] if isinstance(parameter, click.Option) else (parameter.human_readable_name)


def _command(error: click.UsageError) -> str:
    return error.ctx.command_path if error.ctx else "qms"
