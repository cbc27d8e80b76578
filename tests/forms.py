"""Forms as people hand them in: taken out of a real procedure's Word file, filled by a program, saved again."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import cycle
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from qms.formats.anatomy.values import AppendedForm

BLANK = re.compile(r"(?:[.…_]\s?){3,}|…+")
VALUES = ("Nguyễn Văn Mẫu", "thôn Đông, xã Mẫu Thử", "012345678901", "25/11/2026", "Kinh", "UBND xã Mẫu Thử")


def filled(text: str, values: tuple[str, ...] = VALUES) -> str:
    """Return a line with plainly fictitious values in its blanks."""
    rest = cycle(values)
    return BLANK.sub(lambda _: f" {next(rest)} ", text)


def taken_out(data: bytes, form: AppendedForm, change: Callable[[str], str] = lambda text: text) -> bytes:
    """Return a Word file with nothing but one blank form of a procedure, each run of words changed."""
    paper = Document(io.BytesIO(data))
    body = paper.element.body
    places = {p: at for at, p in enumerate(body.iter(qn("w:p")))}
    for child in list(body):
        own = [places[p] for p in child.iter(qn("w:p"))]
        if child.tag != qn("w:sectPr") and not any(form.first <= at <= form.last for at in own):
            body.remove(child)
    _change(body, change)
    return _saved(paper)


def rewritten(data: bytes, change: Callable[[str], str]) -> bytes:
    """Return a Word file with each paragraph's words changed."""
    paper = Document(io.BytesIO(data))
    _change(paper.element.body, change)
    return _saved(paper)


def blank_form(*lines: str) -> bytes:
    """Return a small Word form, a paragraph a line."""
    paper = Document()
    for line in lines:
        paper.add_paragraph(line)
    return _saved(paper)


def _change(body: Any, change: Callable[[str], str]) -> None:
    for paragraph in body.iter(qn("w:p")):
        # words of a text box hang on this paragraph and are another's
        runs = [run for run in paragraph.iter(qn("w:t")) if run.text and _paragraph_of(run) is paragraph]
        text = "".join(run.text for run in runs)
        if runs and (new := change(text)) != text:
            runs[0].text = new
            runs[0].set(qn("xml:space"), "preserve")
            for run in runs[1:]:
                run.text = ""


def _paragraph_of(run: Any) -> Any:
    return next(run.iterancestors(qn("w:p")))


def _saved(paper: Any) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
