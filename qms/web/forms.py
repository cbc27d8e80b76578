"""A form that somebody holds: which revision it is and whether it applies; and where a form comes from."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from qms.errors import QmsError
from qms.model.enums import FormSource
from qms.model.permissions import Act
from qms.usecases import form_sources, recognising
from qms.web import asked, failures
from qms.web.doorway import work

pages = Blueprint("forms", __name__)


@pages.get("/forms/check")
def ask() -> ResponseReturnValue:
    """Show where a form is handed in to be checked."""
    work().allow(Act.CHECK_FORM)
    return render_template("forms/check.html", typed={"on": asked.query("on")})


@pages.post("/forms/check")
def check() -> ResponseReturnValue:
    """Say which form the file is and whether it applies on the day of the dossier; the file is not kept."""
    try:
        handed = asked.file("file")
        found = recognising.recognise(work(), handed.data, handed.name, asked.optional_day("on"))
    except QmsError as error:
        return failures.again("forms/check.html", error)
    return render_template("forms/check.html", typed=asked.typed(), found=found)


@pages.post("/documents/<id>/source")
def set_source(id: str) -> ResponseReturnValue:
    """Keep where a form gets its validity from."""
    chosen = asked.form("source")
    origin = form_sources.Origin(
        source=FormSource(chosen) if chosen in set(FormSource) else FormSource.INTERNAL,
        number=asked.form("number"),
        issuer=asked.form("issuer"),
        sample=asked.form("sample"),
        software=asked.form("software"),
    )
    form_sources.set_source(work(), id, origin)
    flash(_("Đã ghi nguồn của biểu mẫu."))
    return redirect(url_for("documents.page", id=id))
