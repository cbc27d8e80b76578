"""The agency as it is named: units, positions and fields without what nobody sees."""

from __future__ import annotations

from sqlalchemy import select

from qms.bootstrap import QMS
from qms.model.organisation import Field, Position, Unit
from qms.usecases import people


def test_names_enter_as_they_are_compared(qms: QMS) -> None:
    with qms.work(qms.shell()) as work:
        units = [people.NewUnit("phong-moi", "  Phòng \u200bNội  vụ ", "xa-mau-thu")]
        positions = {"truong-phong-nv": ("Trưởng\u00a0phòng  No\u0302\u0323i vụ ", "phong-moi")}
        people.organise(work, units, positions, {"noi-vu": " Nội vụ\n"})
    with qms.reading(qms.shell()) as work:
        session = work.session
        assert session.scalar(select(Unit.name).where(Unit.key == "phong-moi")) == "Phòng Nội vụ"
        name = session.scalar(select(Position.name).where(Position.key == "truong-phong-nv"))
        assert name == "Trưởng phòng Nội vụ"
        assert session.scalar(select(Field.name).where(Field.key == "noi-vu")) == "Nội vụ"
