"""Who may do what: one table, act -> roles and how far each reaches. What is not in it is denied.

A use case names its act and asks before anything else; a route names its act and nothing more. What a person may
not know of is «not found», what they know but may not do is «forbidden».
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from qms.errors import Forbidden, NotFound, Refused
from qms.model.enums import Role, Via


class Scope(StrEnum):
    """How far a permission reaches."""

    PUBLIC = "public"
    OFFICE = "office"
    ANY = "any"
    UNIT = "unit"
    OWN = "own"
    POSITION = "position"


class Act(StrEnum):
    """Everything a person or a machine may ask for."""

    SIGN_IN = "sign_in"
    HEALTH = "health"
    HOME = "home"
    SEARCH = "search"
    READ = "read"
    PRINT = "print"
    CHECK = "check"
    READ_COPIES = "read_copies"
    MANAGE_COPIES = "manage_copies"
    CHECK_FORM = "check_form"
    SET_FORM_SOURCE = "set_form_source"
    READ_REGISTER = "read_register"
    READ_HISTORY = "read_history"
    READ_DRAFT = "read_draft"
    DRAFT = "draft"
    SUBMIT = "submit"
    INBOX = "inbox"
    REVIEW = "review"
    APPROVE = "approve"
    RETURN = "return"
    READ_ISSUANCES = "read_issuances"
    ISSUE = "issue"
    WITHDRAW = "withdraw"
    RETIRE = "retire"
    IMPORT = "import"
    READ_LAW = "read_law"
    READ_IMPACT = "read_impact"
    READ_OBSOLETE = "read_obsolete"
    IMPORT_LAW = "import_law"
    READ_TTHC = "read_tthc"
    MANAGE_TTHC = "manage_tthc"
    LINK_TTHC = "link_tthc"
    LINK_DOCUMENTS = "link_documents"
    READ_CHANGES = "read_changes"
    MANAGE_CHANGES = "manage_changes"
    DECIDE_IMPACT = "decide_impact"
    NOTIFY = "notify"
    CHANGE_PASSWORD = "change_password"  # noqa: S105 (an act, not a secret)
    MANAGE_PEOPLE = "manage_people"
    VERIFY = "verify"
    MAINTAIN = "maintain"


class ShellDecision(Refused):
    """The agency does not let decisions be entered from the shell."""

    code = "shell_decision"
    sentence = "Cơ quan không cho phép ghi quyết định từ dòng lệnh (QMS_SHELL_DECISIONS); hãy dùng trang web."


@dataclass(frozen=True)
class Rule:
    """One row of the table: how far each role reaches, what needs no sign-in, whether the bare shell may."""

    roles: Mapping[Role, Scope] = field(default_factory=dict)
    anyone: Scope | None = None
    terminal: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Actor:
    """Who acts, through which doorway, and what was granted to them; units include everything below."""

    name: str
    via: Via
    person_id: int | None = None
    login: str | None = None
    position: str = ""
    grants: Mapping[Role, frozenset[int]] = field(default_factory=dict)
    office: bool = False
    os_user: str = ""

    @property
    def signed_in(self) -> bool:
        """Tell whether a known person acts."""
        return self.person_id is not None

    @property
    def through(self) -> str:
        """Return the doorway as the record writes it, ``shell (root)``."""
        return (
            f"{self.via.value} ({self.os_user})" if self.via is Via.SHELL and self.os_user else self.via.value
        )

    def has(self, role: Role) -> bool:
        """Tell whether the role was granted anywhere."""
        return role in self.grants


@dataclass(frozen=True)
class Subject:
    """What the act is about, as far as permission goes: its unit and the people whose own work it is."""

    unit_id: int | None = None
    people: frozenset[int] = frozenset()


NOTHING_IN_PARTICULAR = Subject()

_EVERY_ROLE = tuple(Role)


def _all(scope: Scope, *roles: Role) -> dict[Role, Scope]:
    return dict.fromkeys(roles or _EVERY_ROLE, scope)


_DECIDERS = _all(Scope.UNIT, Role.APPROVER)

TABLE: Mapping[Act, Rule] = MappingProxyType(
    {
        Act.SIGN_IN: Rule(_all(Scope.ANY), anyone=Scope.PUBLIC, terminal=True),
        Act.HEALTH: Rule(_all(Scope.ANY), anyone=Scope.PUBLIC, terminal=True),
        Act.HOME: Rule(_all(Scope.ANY), anyone=Scope.OFFICE, terminal=True),
        Act.SEARCH: Rule(_all(Scope.ANY), anyone=Scope.OFFICE, terminal=True),
        Act.READ: Rule(_all(Scope.ANY), anyone=Scope.OFFICE, terminal=True),
        Act.PRINT: Rule(_all(Scope.ANY), anyone=Scope.OFFICE, terminal=True),
        Act.CHECK: Rule(_all(Scope.ANY), anyone=Scope.PUBLIC, terminal=True),
        Act.READ_COPIES: Rule(_all(Scope.ANY), terminal=True),
        Act.MANAGE_COPIES: Rule(_all(Scope.UNIT, Role.OFFICER, Role.CLERK), terminal=True),
        Act.CHECK_FORM: Rule(_all(Scope.ANY), anyone=Scope.OFFICE, terminal=True),
        Act.SET_FORM_SOURCE: Rule({Role.OFFICER: Scope.UNIT}, terminal=True),
        Act.READ_REGISTER: Rule(_all(Scope.ANY), anyone=Scope.OFFICE, terminal=True),
        Act.READ_LAW: Rule(_all(Scope.ANY), anyone=Scope.OFFICE, terminal=True),
        Act.READ_HISTORY: Rule(_all(Scope.ANY), terminal=True),
        Act.READ_ISSUANCES: Rule(_all(Scope.ANY), terminal=True),
        Act.READ_IMPACT: Rule(_all(Scope.ANY), terminal=True),
        Act.READ_OBSOLETE: Rule(_all(Scope.ANY), terminal=True),
        Act.READ_DRAFT: Rule(
            {
                Role.AUTHOR: Scope.OWN,
                Role.APPROVER: Scope.UNIT,
                Role.OFFICER: Scope.UNIT,
                Role.CLERK: Scope.UNIT,
                Role.AUDITOR: Scope.UNIT,
            },
            terminal=True,
            hidden=True,
        ),
        Act.DRAFT: Rule({Role.AUTHOR: Scope.UNIT, Role.OFFICER: Scope.UNIT}),
        Act.SUBMIT: Rule({Role.AUTHOR: Scope.OWN, Role.OFFICER: Scope.UNIT}),
        Act.INBOX: Rule(_all(Scope.ANY, Role.AUTHOR, Role.APPROVER, Role.OFFICER, Role.CLERK)),
        Act.REVIEW: Rule(_DECIDERS | {Role.OFFICER: Scope.UNIT}),
        Act.APPROVE: Rule(_DECIDERS),
        Act.RETURN: Rule(_DECIDERS | {Role.OFFICER: Scope.UNIT}),
        Act.ISSUE: Rule(_all(Scope.UNIT, Role.OFFICER, Role.CLERK)),
        Act.WITHDRAW: Rule(_all(Scope.UNIT, Role.OFFICER, Role.CLERK) | {Role.AUTHOR: Scope.OWN}),
        Act.RETIRE: Rule(_all(Scope.UNIT, Role.OFFICER, Role.CLERK)),
        Act.IMPORT: Rule({Role.OFFICER: Scope.UNIT}, terminal=True),
        Act.IMPORT_LAW: Rule({Role.OFFICER: Scope.ANY}, terminal=True),
        Act.READ_TTHC: Rule(_all(Scope.ANY), anyone=Scope.OFFICE, terminal=True),
        Act.MANAGE_TTHC: Rule({Role.OFFICER: Scope.ANY}, terminal=True),
        Act.LINK_DOCUMENTS: Rule({Role.OFFICER: Scope.UNIT, Role.AUTHOR: Scope.UNIT}),
        Act.LINK_TTHC: Rule({Role.OFFICER: Scope.UNIT, Role.AUTHOR: Scope.UNIT}, terminal=True),
        Act.READ_CHANGES: Rule(_all(Scope.ANY), terminal=True),
        Act.MANAGE_CHANGES: Rule({Role.OFFICER: Scope.ANY}),
        Act.DECIDE_IMPACT: Rule(_DECIDERS | {Role.OFFICER: Scope.UNIT}),
        Act.NOTIFY: Rule(_all(Scope.UNIT, Role.OFFICER, Role.CLERK)),
        Act.CHANGE_PASSWORD: Rule(_all(Scope.ANY)),
        Act.MANAGE_PEOPLE: Rule({Role.ADMINISTRATOR: Scope.ANY}, terminal=True),
        Act.VERIFY: Rule(
            _all(Scope.ANY, Role.OFFICER, Role.AUDITOR, Role.INSPECTOR, Role.ADMINISTRATOR), terminal=True
        ),
        Act.MAINTAIN: Rule({Role.ADMINISTRATOR: Scope.ANY}, terminal=True),
    }
)


def allowed(actor: Actor, act: Act, subject: Subject = NOTHING_IN_PARTICULAR) -> bool:
    """Tell whether ``actor`` may do ``act`` to ``subject``; no row in the table means no."""
    rule = TABLE.get(act)
    if rule is None:
        return False
    if rule.anyone is Scope.PUBLIC or (rule.anyone is Scope.OFFICE and actor.office):
        return True
    if not actor.signed_in:
        return rule.terminal and actor.via in (Via.SHELL, Via.JOB)
    return any(_reaches(actor, role, scope, subject) for role, scope in rule.roles.items())


def require(actor: Actor, act: Act, subject: Subject = NOTHING_IN_PARTICULAR) -> None:
    """Refuse what ``allowed`` denies: ``NotFound`` where the subject itself is hidden, else ``Forbidden``."""
    if allowed(actor, act, subject):
        return
    if TABLE[act].hidden:
        raise NotFound(what="tài liệu này")
    raise Forbidden


def _reaches(actor: Actor, role: Role, scope: Scope, subject: Subject) -> bool:
    units = actor.grants.get(role)
    if units is None:
        return False
    if scope is Scope.OWN:
        return actor.person_id in subject.people
    if scope is Scope.UNIT:
        return subject.unit_id is None or subject.unit_id in units
    return True
