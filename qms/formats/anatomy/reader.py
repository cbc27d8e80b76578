"""Reads the anatomy of a text: the cover wins over headers and footers, and every difference is a doubt."""

from __future__ import annotations

from dataclasses import replace

from qms.formats.anatomy.appended import read_appended_forms, without_forms
from qms.formats.anatomy.checks import doubts_of
from qms.formats.anatomy.cover import Cover
from qms.formats.anatomy.identity import guess_type, read_identity, tthc_codes
from qms.formats.anatomy.lines import Flow, Line, flow_of
from qms.formats.anatomy.lists import read_records, read_revision_rows, read_roles
from qms.formats.anatomy.outline import Outline, read_outline
from qms.formats.anatomy.parts import read_forms, read_legal_basis, read_sentence
from qms.formats.anatomy.steps import read_steps, read_total
from qms.formats.anatomy.values import Anatomy, Section
from qms.formats.text import Text


def read_anatomy(text: Text) -> Anatomy:
    """Return what a document says of itself; a text of unknown layout has empty fields and doubts, no error."""
    flow = flow_of(text.blocks)
    outline = read_outline(flow)
    cover = read_identity(text, flow, outline.body_start)
    anatomy = _parts(flow, outline, cover)
    return replace(anatomy, warnings=tuple(doubts_of(anatomy, cover, outline, flow, text)))


def read_basis(text: Text) -> tuple[Line, ...]:
    """Return the lines that the anatomy calls the legal basis, in order, each with its place in the file."""
    flow = flow_of(text.blocks)
    return read_legal_basis(read_outline(flow), flow)


def _parts(flow: Flow, outline: Outline, cover: Cover) -> Anatomy:
    steps, time_columns = read_steps(without_forms(outline, flow))
    if not steps:
        steps, time_columns = read_steps(flow)
    roles = read_roles(flow)
    lines = [block.text for block in flow if isinstance(block, Line)]
    return Anatomy(
        code=cover.code or None,
        title=cover.title or None,
        type=guess_type(cover, bool(steps), flow),
        issuer=cover.issuer or None,
        issue_number=cover.issue or None,
        revision_number=cover.revision or None,
        issue_date=cover.issued or cover.effective,
        drafted_by_role=roles.get("drafted"),
        reviewed_by_role=roles.get("reviewed"),
        approved_by_role=roles.get("approved"),
        sections=tuple(Section(part.title.rstrip(" :."), part.number) for part in outline.sections),
        step_time_columns=time_columns,
        steps=steps,
        forms=read_forms(outline),
        records=read_records(outline, flow),
        legal_basis_lines=tuple(line.text for line in read_legal_basis(outline, flow)),
        time_limit=read_sentence(outline, flow, "time_limit") or read_total(flow),
        fee=read_sentence(outline, flow, "fee"),
        revision_rows=read_revision_rows(flow),
        tthc_codes=tthc_codes(lines),
        appended_forms=read_appended_forms(outline, flow),
    )
