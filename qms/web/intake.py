"""A regulation comes in: its file is read, the officer confirms, corrects or drops what was found, and it is kept."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from qms.errors import QmsError
from qms.model.enums import RelationKind
from qms.model.permissions import Act
from qms.usecases import intaking
from qms.usecases.provision_words import provision_ids
from qms.web import asked, failures
from qms.web.doorway import work

pages = Blueprint("intake", __name__)

MOST_RELATIONS = 400
BLANK_ROWS = 2


@pages.get("/legal/intake")
def form() -> ResponseReturnValue:
    """Show where a regulation's file is handed in."""
    work().allow(Act.IMPORT_LAW)
    return render_template("intake/form.html", typed={})


@pages.post("/legal/intake")
def read() -> ResponseReturnValue:
    """Read the file and show what it says, to be confirmed; nothing is kept yet."""
    try:
        handed = asked.file("file")
        found = intaking.propose(work(), handed.name, handed.data, asked.form("number") or None)
    except QmsError as error:
        return failures.again("intake/form.html", error)
    return render_template("intake/check.html", found=found, kinds=_kinds(), blank=BLANK_ROWS, typed={})


@pages.get("/legal/intake/typed")
def by_hand() -> ResponseReturnValue:
    """Show the five fields to be typed where there is no text to read."""
    work().allow(Act.IMPORT_LAW)
    found = intaking.Proposal("", readable=False)
    return render_template("intake/check.html", found=found, kinds=_kinds(), blank=BLANK_ROWS, typed={})


@pages.post("/legal/intake/apply")
def apply() -> ResponseReturnValue:
    """Keep the instrument and the chosen relations in the register."""
    try:
        done = intaking.apply(work(), _instrument(), _relations())
    except QmsError as error:
        return failures.again(
            "intake/check.html",
            error,
            found=lambda: intaking.Proposal(asked.form("source_file"), readable=True),
            kinds=_kinds(),
            blank=BLANK_ROWS,
            rows=_rows(),
        )
    flash(_("Đã ghi %(number)s vào sổ văn bản.", number=done.number))
    return redirect(
        url_for("legal.impact" if asked.form("then") == "impact" else "legal.page", number=done.number)
    )


def _instrument() -> intaking.InstrumentFields:
    return intaking.InstrumentFields(
        number=asked.form("number"),
        type=asked.form("type"),
        title=asked.form("title"),
        issuer=asked.form("issuer"),
        issued=asked.optional_day("issued"),
        effective=asked.optional_day("effective"),
        expires=asked.optional_day("expires"),
    )


def _relations() -> list[intaking.RelationFields]:
    return [
        intaking.RelationFields(
            kind=RelationKind(kind)
            if (kind := asked.form(f"kind-{row}")) in set(RelationKind)
            else RelationKind.AMENDS,
            target=asked.form(f"target-{row}"),
            target_issuer=asked.form(f"target_issuer-{row}"),
            target_provisions=provision_ids(asked.form(f"provisions-{row}")),
            except_provisions=provision_ids(asked.form(f"except-{row}")),
            source_provision=asked.form(f"source_provision-{row}"),
            starts=asked.optional_day(f"starts-{row}") or asked.optional_day("effective"),
            sentence=asked.form(f"sentence-{row}"),
        )
        for row in _rows()
        if asked.form(f"keep-{row}") and asked.form(f"target-{row}")
    ]


def _rows() -> list[int]:
    """Return the numbers of the rows that came back, ticked or not."""
    rows = {name.partition("-")[2] for name in request.form if name.startswith("target-")}
    return sorted(int(row) for row in rows if row.isascii() and row.isdigit() and len(row) < 5)[
        :MOST_RELATIONS
    ]


def _kinds() -> list[RelationKind]:
    return list(RelationKind)
