"""``check-form``: which form a file is, blank or filled, and whether it applies on the day of the dossier."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from qms.cli import output, parameters, words
from qms.cli.house import House, reading
from qms.model.enums import FormVerdict
from qms.usecases import recognising
from qms.usecases.form_hints import Near
from qms.usecases.form_origins import SourceLine
from qms.usecases.form_places import FormPlace
from qms.usecases.recognising import FormCheck, Recognised


@click.command()
@click.argument("path", metavar="FILE", type=parameters.EXISTING)
@parameters.on_day
@parameters.as_json
@click.pass_obj
def check_form(house: House, path: str, on: date | None, as_json: bool) -> int:
    """Check a form; anything but «applies» for every form in the file is a no."""
    data = parameters.read_file(path)
    with reading(house) as work:
        found = recognising.recognise(work, data, Path(path).name, on)
    if as_json:
        output.emit(_shape(found) | {"file": path})
    else:
        for line in _told(found):
            output.say(line)
    good = found.forms and all(form.verdict is FormVerdict.CURRENT for form in found.forms)
    return 0 if good else 1


def _told(found: FormCheck) -> Iterator[str]:
    for form in found.forms:
        yield f"{form.title}: {words.FORM_VERDICT[form.verdict.value]} (ngày {output.day(found.on)})"
        known = "đúng tệp đã ban hành" if form.exact else f"khớp {int(form.part * 100)} % lời in sẵn"
        yield f"  {'bản in của hệ thống, theo mã kiểm tra' if form.printed else known}"
        yield from (f"  {line}" for place in form.places for line in _told_place(place))
        yield from (f"  cũng giống: {line}" for place in form.rivals for line in _told_place(place))
        yield from (f"  không thấy trong tệp: {one}" for one in form.missing)
        yield from (f"  mẫu không có mục: {one}" for one in form.added)
        if form.source and form.source.key:
            ended = ", đã hết hiệu lực" if form.source.ended else ""
            yield f"  {form.source.sample or 'mẫu'} kèm theo {form.source.key}{ended}"
    if not found.forms:
        yield "Không nhận ra biểu mẫu nào." if found.readable else "Tệp chỉ là ảnh, không đọc được chữ nào."
    for near in found.nearest:
        why = _BY.get(near.by) or f"khớp {int((near.part or 0) * 100)} % lời in sẵn"
        yield f"  gần nhất: {near.code}  {near.form} ({why})"


_BY = {"code": "tệp có in mã hiệu này", "title": "tệp có in tên này"}


def _told_place(place: FormPlace) -> Iterator[str]:
    ended = f", đến {output.day(place.until)}" if place.until else ""
    by = f", theo {place.ended_by}" if place.ended_by and place.until else ""
    status = words.STATUS[place.status.value]
    yield f"{place.code}  {place.title}, lần {place.label}: {status} từ {output.day(place.since)}{ended}{by}"
    if after := place.successor:
        what = f"«{after.form}»" if after.form else "không còn biểu mẫu này"
        yield f"  nay là lần {after.label} từ {output.day(after.since)}: {what}"
        if changed := " ".join(_marked(one.kind, one.text) for one in after.changes):
            yield f"  khác: {changed}"


def _marked(kind: str, text: str) -> str:
    return {"gone": f"[-{text}-]", "new": f"{{+{text}+}}"}.get(kind, text)


def _shape(found: FormCheck) -> dict[str, Any]:
    return {
        "file": found.file,
        "on": found.on.isoformat(),
        "readable": found.readable,
        "forms": [_form(form) for form in found.forms],
        "nearest": [_near(near) for near in found.nearest],
    }


def _form(form: Recognised) -> dict[str, Any]:
    return {
        "title": form.title,
        "verdict": form.verdict.value,
        "exact": form.exact,
        "printed": form.printed,
        "part": round(form.part, 3),
        "places": [_place(place) for place in form.places],
        "rivals": [_place(place) for place in form.rivals],
        "missing": list(form.missing),
        "added": list(form.added),
        "source": _source(form.source) if form.source else None,
    }


def _place(place: FormPlace) -> dict[str, Any]:
    after = place.successor
    return {
        "document": place.document,
        "code": place.code,
        "title": place.title,
        "type": place.type.value,
        "form": place.form,
        "form_code": place.form_code or None,
        "revision": place.label,
        "status": place.status.value,
        "effective_from": place.since.isoformat(),
        "effective_until": place.until.isoformat() if place.until else None,
        "ended_by": place.ended_by or None,
        "replaced_by": {
            "revision": after.label,
            "effective_from": after.since.isoformat(),
            "issued_by": after.issued_by or None,
            "form": after.form or None,
            "changes": [{"kind": one.kind, "text": one.text} for one in after.changes],
        }
        if after
        else None,
    }


def _source(line: SourceLine) -> dict[str, Any]:
    return {
        "source": line.source.value,
        "instrument": line.key or None,
        "sample": line.sample or None,
        "status": line.standing.status.value if line.standing else None,
        "software": line.software or None,
        "printed": line.printed,
    }


def _near(near: Near) -> dict[str, Any]:
    return {
        "document": near.document,
        "code": near.code,
        "title": near.title,
        "form": near.form,
        "revision": near.label,
        "by": near.by,
        "part": round(near.part, 3) if near.part is not None else None,
    }
