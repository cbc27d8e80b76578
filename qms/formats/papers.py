"""Fills a paper's DOCX template (docxtpl) with values; what a template asks for and nobody gave is named."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

from docxtpl import DocxTemplate, RichText
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from qms.errors import Refused
from qms.formats.comparison import Words

CELL_SIZE = 24
"""Half points: words in the cells of a table are set in 12."""


class MissingField(Refused):
    """A template asks for a value that the record does not give."""

    code = "missing_field"
    sentence = (
        "Mẫu «{name}» cần trường mà hồ sơ không có: {field}. Hãy bỏ trường đó trong mẫu hoặc sửa lại tên."
    )


class BadTemplate(Refused):
    """A template that cannot be filled."""

    code = "bad_template"
    sentence = "Mẫu «{name}» không điền được ({reason}); hãy sửa tệp mẫu hoặc bỏ đi để dùng mẫu có sẵn."


def fill(name: str, template: bytes, values: Mapping[str, object]) -> bytes:
    """Return the paper ``name``; raises ``MissingField`` or ``BadTemplate``."""
    try:
        paper = DocxTemplate(io.BytesIO(template))
        # an agency's template is text of a user: it may read the values and nothing else
        environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        paper.render(dict(values), environment, autoescape=True)
    except UndefinedError as error:
        raise MissingField(name=name, field=_named(str(error))) from None
    except (TemplateError, KeyError, ValueError, OSError) as error:
        raise BadTemplate(name=name, reason=str(error)) from None
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def marked(words: Iterable[Words], *, gone: bool) -> RichText:
    """Return words for a template's ``{{r ... }}``: what came bold and underlined, what went struck through."""
    text = RichText()
    for one in words:
        text.add(
            one.text,
            bold=one.marked and not gone,
            strike=one.marked and gone,
            underline=one.marked and not gone,
            size=CELL_SIZE,
        )
    return text


def _named(message: str) -> str:
    """Return the field that jinja says is undefined: "'x' is undefined", "'dict object' has no attribute 'x'"."""
    parts = message.split("'")
    return parts[-2] if len(parts) > 2 else message
