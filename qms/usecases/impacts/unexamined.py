"""Unexamined: documents in force of which nobody can tell without looking; counted aloud in every answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from qms.citations import instrument_type
from qms.model.ids import fold
from qms.model.law import Instrument, Ref
from qms.model.trail import Generation
from qms.usecases.impacts.change import Change
from qms.usecases.impacts.documents import citing, reading_nothing
from qms.usecases.impacts.values import Aside, Found, NotExamined
from qms.usecases.naming import BY_TITLE, CITATIONS, meaning, titled_keys
from qms.usecases.ports import Work

NOTHING_READ = "Không đọc được căn cứ nào trong tài liệu; cần xem bằng mắt."
_YEAR = re.compile(r" (?:19|20)\d\d$")


def nothing_read(work: Work, day: date) -> tuple[Aside, ...]:
    """Return what is in force but cites nothing that could be read; remembered as long as nothing is published."""
    states = [work.session.get(Generation, name) for name in ("register", CITATIONS)]
    token = "@".join([day.isoformat(), *(str(state.value if state else 0) for state in states)])
    known = work.cached("nothing_read", token)
    if isinstance(known, tuple):
        return known
    found = tuple(paper.aside(NOTHING_READ) for paper in reading_nothing(work, day))
    work.remember("nothing_read", token, found)
    return found


def unclear_titles(work: Work, change: Change, day: date) -> Iterator[Found]:
    """Yield documents that cite a law by a title which may be the changed one, but which the register cannot place."""
    wanted = [title for effect in change.effects if (title := _law_title(work, effect.target)) is not None]
    if not wanted:
        return
    unclear = [
        Ref(key)
        for key in titled_keys(work)
        if meaning(work, key, day)[0] is None
        and any(not title or fold(_YEAR.sub("", key)) == title for title in wanted)
    ]
    for paper, citations in citing(work, unclear, day).items():
        named = ", ".join(dict.fromkeys(f"«{c.target.key}»" for c in citations))
        yield paper, NotExamined(f"Viện dẫn {named}, chưa rõ là văn bản nào trong sổ; cần xem bằng mắt.")


def _law_title(work: Work, ref: Ref) -> str | None:
    """The folded title of a law; empty where the register lacks it, None for what is not cited by title."""
    rows = work.session.scalars(select(Instrument).where(Instrument.key == ref.key)).all()
    for row in rows:
        if row.type in BY_TITLE:
            title = fold(row.title)
            return title if not title or title.startswith(fold(row.type)) else fold(f"{row.type} {row.title}")
    known = {kind.lower() for kind in BY_TITLE}
    return "" if not rows and instrument_type(ref.key) in known else None
