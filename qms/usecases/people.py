"""People: founding the agency, who works where, and how they come in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from qms.errors import Forbidden, NotFound, Refused, WrongUse
from qms.model.enums import Role, Via
from qms.model.ids import clean, fold
from qms.model.organisation import Assignment, Field, Person, Position, RoleGrant, SignInLink, Unit
from qms.model.permissions import Act, Actor
from qms.usecases.ports import Work

LINK_HOURS = 24
SHORTEST_PASSWORD = 10


class HomeInUse(WrongUse):
    """The instance was founded already."""

    code = "home_in_use"
    sentence = "Thư mục này đã có hệ thống của «{agency}»; hãy chọn thư mục khác (QMS_HOME)."


class BadLink(Forbidden):
    """A one-time link that was used, ran out or never was."""

    code = "bad_link"
    sentence = "Liên kết đăng nhập đã dùng hoặc hết hạn; hãy xin người quản trị liên kết mới."


class WrongPassword(Forbidden):
    """Login and password do not belong together; which is wrong is not told."""

    code = "wrong_password"
    sentence = "Tên đăng nhập hoặc mật khẩu không đúng."


class WeakPassword(WrongUse):
    """A password that is too short."""

    code = "weak_password"
    sentence = "Mật khẩu cần ít nhất {length} ký tự."


class UnknownLogin(NotFound):
    """Nobody here has that login."""

    code = "unknown_login"
    sentence = "Không có người dùng «{login}»."


class LoginTaken(Refused):
    """Two people cannot share a login."""

    code = "login_taken"
    sentence = "Tên đăng nhập «{login}» đã có người dùng."


@dataclass(frozen=True)
class NewUnit:
    """A unit to be founded, under its parent."""

    key: str
    name: str
    parent: str | None = None
    kind: str = "unit"


@dataclass(frozen=True)
class NewPerson:
    """A person to be taken in: login, name, the position they hold and the roles granted for its unit."""

    login: str
    name: str
    position: str | None = None
    roles: Sequence[Role] = ()
    role_unit: str | None = None
    since: date | None = None


def found(work: Work, agency: str, key: str = "") -> None:
    """Found the agency; raises ``HomeInUse`` where there is one."""
    work.allow(Act.MANAGE_PEOPLE)
    other = work.session.scalar(select(Unit).where(Unit.kind == "agency"))
    if other is not None:
        raise HomeInUse(agency=other.name)
    name = clean(agency)
    if not name:
        raise WrongUse(reason="cần tên cơ quan.")
    work.session.add(Unit(key=key or fold(name).replace(" ", "-")[:60], name=name, kind="agency"))
    work.record("found", "agency", name=name)
    work.commit()


def organise(
    work: Work, units: Sequence[NewUnit], positions: Mapping[str, tuple[str, str]], fields: Mapping[str, str]
) -> None:
    """Take in units (parents first), positions (key -> name, unit key) and fields (key -> name)."""
    work.allow(Act.MANAGE_PEOPLE)
    known = {unit.key: unit for unit in work.session.scalars(select(Unit))}
    for new in units:
        if new.key not in known:
            parent = known[new.parent].id if new.parent else None
            known[new.key] = Unit(key=new.key, name=clean(new.name), kind=new.kind, parent_id=parent)
            work.session.add(known[new.key])
            work.session.flush()
    work.session.add_all(
        Position(key=key, name=clean(name), unit_id=known[unit].id) for key, (name, unit) in positions.items()
    )
    work.session.add_all(Field(key=key, name=clean(name)) for key, name in fields.items())
    work.record("organise", "agency", units=len(units), positions=len(positions))
    work.commit()


def add(work: Work, new: NewPerson) -> int:
    """Take a person in with position and roles and return their number."""
    work.allow(Act.MANAGE_PEOPLE)
    if work.session.scalar(select(Person.id).where(Person.login == new.login)) is not None:
        raise LoginTaken(login=new.login)
    person = Person(login=new.login, name=clean(new.name))
    work.session.add(person)
    work.session.flush()
    if new.position:
        position = work.session.scalar(select(Position).where(Position.key == new.position))
        if position is None:
            raise NotFound(what=f"vị trí «{new.position}»")
        since = new.since or work.today
        work.session.add(Assignment(person_id=person.id, position_id=position.id, starts=since))
    unit = work.session.scalar(
        select(Unit).where(Unit.key == new.role_unit)
        if new.role_unit
        else select(Unit).where(Unit.kind == "agency")
    )
    if unit is None:
        raise NotFound(what="đơn vị")
    work.session.add_all(RoleGrant(person_id=person.id, role=role, unit_id=unit.id) for role in new.roles)
    work.record("add_person", str(person.id), roles=[role.value for role in new.roles])
    work.commit()
    return person.id


def one_time_link(work: Work, login: str) -> str:
    """Return the token of a sign-in link that can be used once within a day; only its hash is kept."""
    work.allow(Act.MANAGE_PEOPLE)
    person = _person(work, Person.login == login)
    if person is None:
        raise UnknownLogin(login=login)
    token = secrets.token_urlsafe(32)
    work.session.add(
        SignInLink(
            token_sha256=_hash(token), person_id=person.id, expires=work.now + timedelta(hours=LINK_HOURS)
        )
    )
    work.record("sign_in_link", str(person.id))
    work.commit()
    return token


def redeem(work: Work, token: str) -> int:
    """Use a link up and return whose it was; raises ``BadLink``."""
    work.allow(Act.SIGN_IN)
    link = work.session.get(SignInLink, _hash(token), with_for_update=True)
    if link is None or link.used_at is not None or link.expires <= work.now:
        raise BadLink
    link.used_at = work.now
    work.record("sign_in", str(link.person_id), by="link")
    work.commit()
    return link.person_id


def sign_in(work: Work, login: str, password: str) -> int:
    """Return who signs in with login and password; raises ``WrongPassword`` after equal work either way."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    work.allow(Act.SIGN_IN)
    person = _person(work, Person.login == clean(login))
    held = person.password_hash if person and person.active and person.password_hash else None
    hasher = PasswordHasher()
    try:
        hasher.verify(held or _nobody(hasher), password)
    except VerificationError:
        held = None
    if held is None or person is None:
        raise WrongPassword
    work.record("sign_in", str(person.id), by="password")
    work.commit()
    return person.id


def set_password(work: Work, password: str) -> None:
    """Set one's own password."""
    from argon2 import PasswordHasher

    work.allow(Act.CHANGE_PASSWORD)
    if len(password) < SHORTEST_PASSWORD:
        raise WeakPassword(length=SHORTEST_PASSWORD)
    person = work.session.get_one(Person, work.actor.person_id)
    person.password_hash = PasswordHasher().hash(password)
    work.record("set_password", str(person.id))
    work.commit()


def actor(
    work: Work, via: Via, *, login: str | None = None, person_id: int | None = None, os_user: str = ""
) -> Actor:
    """Return a person as an actor, with their grants spread over the units below; raises ``UnknownLogin``."""
    condition = Person.login == login if login is not None else Person.id == person_id
    person = _person(work, condition)
    if person is None or not person.active:
        raise UnknownLogin(login=login or "?")
    below = _below(work)
    grants: dict[Role, frozenset[int]] = {}
    for grant in person.grants:
        grants[grant.role] = grants.get(grant.role, frozenset()) | below[grant.unit_id]
    position = person.position_on(work.today)
    return Actor(
        name=person.name,
        via=via,
        person_id=person.id,
        login=person.login,
        position=position.name if position else "",
        grants=grants,
        office=True,
        os_user=os_user,
    )


def _person(work: Work, condition: object) -> Person | None:
    return work.session.scalar(
        select(Person)
        .where(condition)  # type: ignore[arg-type]
        .options(
            selectinload(Person.grants),
            selectinload(Person.assignments).options(joinedload(Assignment.position)),
        )
    )


def _below(work: Work) -> dict[int, frozenset[int]]:
    """Every unit with all that lie below it, itself included."""
    parents = dict(work.session.execute(select(Unit.id, Unit.parent_id)).all())
    below: dict[int, set[int]] = {unit: {unit} for unit in parents}
    for unit, parent in parents.items():
        above = parent
        seen = {unit}
        while above is not None and above not in seen:
            below[above].add(unit)
            seen.add(above)
            above = parents[above]
    return {unit: frozenset(units) for unit, units in below.items()}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


_NOBODY: list[str] = []


def _nobody(hasher: object) -> str:
    """A hash to check against when there is nobody, so that the answer takes as long."""
    if not _NOBODY:
        _NOBODY.append(hasher.hash(secrets.token_hex(16)))  # type: ignore[attr-defined]
    return _NOBODY[0]
