import pytest

from qms.errors import Forbidden, NotFound
from qms.model.enums import Role, Via
from qms.model.permissions import TABLE, Act, Actor, Rule, Scope, Subject, allowed, require

HERE, ELSEWHERE = 1, 2


def person(role: Role, unit: int = HERE, number: int = 7) -> Actor:
    return Actor(name="Người Mẫu", via=Via.WEB, person_id=number, grants={role: frozenset({unit})})


def test_every_act_has_a_row_and_what_has_none_is_denied() -> None:
    assert set(TABLE) == set(Act)
    assert not allowed(person(Role.ADMINISTRATOR), "unheard_of")  # type: ignore[arg-type]


@pytest.mark.parametrize("act", [a for a in Act if TABLE[a].anyone is not Scope.PUBLIC])
def test_a_stranger_outside_the_office_may_nothing_that_is_not_public(act: Act) -> None:
    assert not allowed(Actor(name="", via=Via.WEB), act, Subject(HERE))


def test_the_office_network_reads_what_is_in_force_without_signing_in() -> None:
    neighbour = Actor(name="", via=Via.WEB, office=True)
    assert allowed(neighbour, Act.READ, Subject(HERE))
    assert allowed(neighbour, Act.SEARCH)
    assert not allowed(neighbour, Act.READ_HISTORY)
    assert not allowed(neighbour, Act.READ_DRAFT, Subject(HERE))


def test_an_administrator_approves_nothing_by_being_one() -> None:
    assert not allowed(person(Role.ADMINISTRATOR), Act.APPROVE, Subject(HERE))
    assert not allowed(person(Role.OFFICER), Act.APPROVE, Subject(HERE))


@pytest.mark.parametrize("act", [Act.APPROVE, Act.REVIEW, Act.RETURN])
def test_an_approver_decides_in_their_own_unit_only(act: Act) -> None:
    assert allowed(person(Role.APPROVER), act, Subject(HERE))
    assert not allowed(person(Role.APPROVER, ELSEWHERE), act, Subject(HERE))


def test_an_author_sends_in_their_own_work_only() -> None:
    assert allowed(person(Role.AUTHOR), Act.SUBMIT, Subject(HERE, frozenset({7})))
    assert not allowed(person(Role.AUTHOR), Act.SUBMIT, Subject(HERE, frozenset({8})))


def test_a_draft_that_is_not_theirs_does_not_exist_for_a_reader() -> None:
    with pytest.raises(NotFound):
        require(person(Role.READER), Act.READ_DRAFT, Subject(HERE))
    with pytest.raises(Forbidden):
        require(person(Role.READER), Act.ISSUE, Subject(HERE))


def test_an_inspector_only_reads() -> None:
    inspector = person(Role.INSPECTOR)
    may = {act for act in Act if allowed(inspector, act, Subject(HERE, frozenset({7})))}
    assert may <= {
        Act.SIGN_IN,
        Act.HEALTH,
        Act.HOME,
        Act.SEARCH,
        Act.READ,
        Act.READ_REGISTER,
        Act.READ_LAW,
        Act.READ_HISTORY,
        Act.READ_ISSUANCES,
        Act.READ_IMPACT,
        Act.READ_CHANGES,
        Act.READ_OBSOLETE,
        Act.READ_TTHC,
        Act.PRINT,
        Act.CHECK,
        Act.CHECK_FORM,
        Act.READ_COPIES,
        Act.CHANGE_PASSWORD,
        Act.VERIFY,
    }


def test_the_bare_terminal_sets_up_imports_reads_and_checks_but_decides_nothing() -> None:
    terminal = Actor(name="root", via=Via.SHELL, os_user="root")
    may = {act for act in Act if allowed(terminal, act, Subject(HERE))}
    assert {Act.IMPORT, Act.IMPORT_LAW, Act.MAINTAIN, Act.VERIFY, Act.READ, Act.READ_HISTORY} <= may
    assert not may & {Act.APPROVE, Act.REVIEW, Act.ISSUE, Act.RETIRE, Act.SUBMIT, Act.DRAFT, Act.WITHDRAW}


def test_the_bare_web_gains_nothing_from_rows_meant_for_the_terminal() -> None:
    assert not allowed(Actor(name="", via=Via.WEB), Act.MAINTAIN)
    assert Rule().terminal is False
