"""Database and index deleted: Git alone brings back register, revisions, approvals, issuances, retirements, search."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from qms.bootstrap import QMS, build, create
from qms.config import Config
from qms.jobs.runner import drain
from qms.model.document import Code, Decision, Document, Revision
from qms.model.enums import DecisionKind, ItemRole, RevisionState
from qms.model.issuance import IssuanceItem
from qms.model.organisation import Unit
from qms.stores.sql.comparison import facts
from qms.usecases import importing, reading, rebuilding, registering, searching
from qms.usecases.ports import Work
from tests import house
from tests.functional import lived_in
from tests.house import FixedClock
from tests.papers import source, word_paper

DAYS = (date(2025, 8, 1), date(2026, 11, 24), house.TODAY, date(2026, 12, 20), date(2027, 3, 1))
QUESTIONS = (
    "khai sinh",
    "quyền và nghĩa vụ",
    "QT-TP-02",
    "dang ky ket hon",
    "123/2015/NĐ-CP",
    "giấy xác nhận sắp tới",
    "tiếp công dân",
    "khiếu nại đã rút",
    "cổng dịch vụ công",
    "",
)


@dataclass(frozen=True)
class Known:
    """All that an instance can say of what was published."""

    facts: frozenset[tuple[str, ...]]
    register: tuple[object, ...]
    histories: tuple[object, ...]
    texts: tuple[object, ...]
    answers: tuple[object, ...]


def known(qms: QMS) -> Known:
    """Ask an instance everything: its facts, and what people see of them on several days."""
    with qms.sessions() as session:
        found = facts(session)
    with qms.reading(qms.shell()) as work:
        register = [line for day in DAYS for line in registering.register(work, day)]
        documents = sorted({line.document for line in register})
        pages = [reading.history(work, document) for document in documents]
        return Known(
            facts=found,
            register=tuple(register),
            histories=tuple(pages),
            texts=tuple(
                _page(work, document, line.sequence) for document, _, lines in pages for line in lines
            ),
            answers=tuple(_answers(work)),
        )


def _page(work: Work, document: str, sequence: int) -> reading.DocumentPage:
    """The page of a revision, but for what is still in somebody's hands."""
    return replace(reading.page(work, document, sequence=sequence), has_open=False)


def _answers(work: Work) -> Iterator[tuple[object, ...]]:
    for text in QUESTIONS:
        for day in DAYS:
            yield _answer(searching.search(work, text, on=day))
        yield _answer(searching.search_all(work, text, on=house.TODAY, limit=200))


def _answer(answer: searching.Answer) -> tuple[object, ...]:
    """What was found, in its order."""
    return answer.query, answer.total, *answer.hits, *answer.past


def lose_everything_but_git(config: Config) -> None:
    for path in config.home.glob("qms.sqlite3*"):
        path.unlink()
    shutil.rmtree(config.index)
    shutil.rmtree(config.cache)
    create(config)


@contextmanager
def rebuilt(config: Config, clock: house.FixedClock) -> Iterator[tuple[QMS, rebuilding.Rebuilt]]:
    with closing(build(config, clock=clock)) as qms:
        with qms.work(qms.shell()) as work:
            done = rebuilding.rebuild(work)
        drain(qms)
        yield qms, done


def clean(qms: QMS) -> bool:
    with qms.work(qms.shell()) as work:
        assert rebuilding.check(work) == []
    return True


@pytest.fixture(scope="session")
def lived_home(tmp_path_factory: pytest.TempPathFactory, template_home: Path) -> Path:
    """Return the folder of an instance that has been lived in, made once."""
    home = tmp_path_factory.mktemp("lived") / "home"
    shutil.copytree(template_home, home)
    house_of = build(Config(home=home, shell_decisions=True, sign_commits=False), clock=house.FixedClock())
    lived_in.live(house_of)
    house_of.close()
    return home


@pytest.fixture
def config(tmp_path: Path, lived_home: Path) -> Config:
    """Return the settings of a fresh copy of it."""
    shutil.copytree(lived_home, tmp_path / "home")
    return Config(home=tmp_path / "home", shell_decisions=True, sign_commits=False)


@pytest.fixture
def papers(request: pytest.FixtureRequest) -> Sequence[Path]:
    """Return three real Word procedures where they are at hand."""
    folder: Path = request.getfixturevalue("real_data")
    return sorted((folder / "procedures").glob("*.docx"))[:3]


def test_a_rebuild_brings_back_what_was_published(qms: QMS, config: Config, clock: house.FixedClock) -> None:
    _compare(qms, config, clock)


def test_a_rebuild_brings_back_real_word_procedures(
    qms: QMS, config: Config, clock: house.FixedClock, papers: Sequence[Path]
) -> None:
    lived_in.take_in(qms, papers)
    _compare(qms, config, clock)


def _compare(qms: QMS, config: Config, clock: house.FixedClock) -> None:
    assert clean(qms)
    before = known(qms)
    assert {row[0] for row in before.facts} == {
        "document", "applies", "code", "revision", "decision", "issuance", "item",
    }  # fmt: skip
    head = qms.stores.git.head()
    qms.close()
    lose_everything_but_git(config)
    with rebuilt(config, clock) as (again, done):
        after = known(again)
        assert after.facts == before.facts
        assert after.register == before.register
        assert after.histories == before.histories
        assert after.texts == before.texts
        assert after.answers == before.answers
        assert clean(again)
        assert again.stores.git.head() == head, "a rebuild writes nothing to Git"
        assert done.accounts_missing, "and says what Git cannot tell"
        assert done.revisions == len({row[1:3] for row in before.facts if row[0] == "revision"})


def test_a_rebuild_on_a_sound_instance_changes_nothing_and_keeps_people_and_drafts(
    qms: QMS, config: Config, clock: house.FixedClock
) -> None:
    before = known(qms)
    qms.close()
    with rebuilt(config, clock) as (again, done):
        assert (done.mended, done.accounts_missing) == ((), False)
        assert known(again) == before
        assert clean(again)
        house.approve(again, "QT-05")
        house.issue(again, "QT-05", by=house.decision("99/QĐ-UBND"))
        assert clean(again)


def _spoil_title(qms: QMS) -> None:
    _change(qms, update(Revision).where(Revision.sequence == 1).values(title="Tên khác"))


def _spoil_dates(qms: QMS) -> None:
    _change(qms, update(Revision).where(Revision.sequence == 2).values(effective_from=date(2020, 1, 1)))


def _forget_approvals(qms: QMS) -> None:
    _change(qms, delete(Decision))


def _revive_the_retired(qms: QMS) -> None:
    _change(qms, update(Document).values(retired_on=None))


def _retire_everything(qms: QMS) -> None:
    _change(qms, update(Document).values(retired_on=house.TODAY))


def _bring_back_the_withdrawn(qms: QMS) -> None:
    _change(qms, update(Revision).where(Revision.sequence.is_not(None)).values(state=RevisionState.ISSUED))


def _forget_items(qms: QMS) -> None:
    _change(qms, delete(IssuanceItem))


def _forge_an_approval(qms: QMS) -> None:
    with qms.sessions() as session:
        revision = session.scalars(select(Revision).where(Revision.sequence == 1)).first()
        assert revision
        forged = Decision(
            revision_id=revision.id,
            kind=DecisionKind.APPROVAL,
            person_name="Kẻ Giả",
            at=qms.clock(),
            content_sha256=revision.content_sha256 or "",
        )
        session.add(forged)
        session.commit()


def _forge_authors(qms: QMS) -> None:
    _change(qms, update(Revision).where(Revision.sequence.is_not(None)).values(author_name="Kẻ Giả"))


def _forge_items(qms: QMS) -> None:
    with qms.sessions() as session:
        item = session.scalars(select(IssuanceItem)).first()
        assert item
        forged = IssuanceItem(
            issuance_id=item.issuance_id, document_id=item.document_id, sequence=9, role=ItemRole.NEW
        )
        session.add(forged)
        session.commit()


def _change_codes(qms: QMS) -> None:
    _change(qms, update(Code).where(Code.code == "QT-01").values(code="QT-99", folded="QT-99"))


def _end_codes(qms: QMS) -> None:
    _change(qms, update(Code).values(ends=house.TODAY))


def _rename_documents(qms: QMS) -> None:
    _change(qms, update(Document).values(issuer="Cơ quan khác", review_months=1))


def _change(qms: QMS, statement: object) -> None:
    with qms.sessions() as session:
        session.execute(statement)
        session.commit()


@pytest.mark.parametrize(
    "spoil",
    [
        _spoil_title,
        _spoil_dates,
        _forget_approvals,
        _revive_the_retired,
        _retire_everything,
        _bring_back_the_withdrawn,
        _forget_items,
        _rename_documents,
        _forge_an_approval,
        _forge_authors,
        _forge_items,
        _change_codes,
        _end_codes,
    ],
)
def test_what_was_changed_behind_our_back_is_named_and_mended(
    qms: QMS, config: Config, clock: house.FixedClock, spoil: Callable[[QMS], None]
) -> None:
    before = known(qms)
    spoil(qms)
    with qms.work(qms.shell()) as work:
        assert {finding.code for finding in rebuilding.check(work)} == {"projection_differs"}
    qms.close()
    with rebuilt(config, clock) as (again, done):
        assert done.mended
        assert known(again) == before
        assert clean(again)


def test_an_index_that_lost_or_invented_entries_is_named_and_mended(
    qms: QMS, config: Config, clock: house.FixedClock
) -> None:
    before = known(qms)
    lost = next(iter(sorted(qms.stores.index.keys())))
    qms.stores.index.remove([lost])
    with qms.work(qms.shell()) as work:
        assert [finding.code for finding in rebuilding.check(work)] == ["not_indexed"]
        assert rebuilding.index_missing(work) == 1
    drain(qms)
    assert clean(qms)
    shutil.rmtree(config.index)
    qms.close()
    with rebuilt(config, clock) as (again, _):
        assert known(again) == before


def test_a_draft_that_bears_the_code_of_an_issued_paper_is_no_difference(qms: QMS) -> None:
    with qms.work(qms.shell("thuky")) as work:
        importing.take_in(work, [source("khác.docx", word_paper("QT-TP-01", "Thủ tục khác hẳn"))])
    assert clean(qms)


def test_after_a_total_loss_no_room_takes_itself_for_the_agency(qms: QMS, tmp_path: Path) -> None:
    repository = qms.config.repository
    lost = Config(home=tmp_path / "lost", sign_commits=False)
    create(lost)
    shutil.rmtree(lost.repository)
    shutil.copytree(repository, lost.repository)
    again = build(lost, clock=FixedClock())
    with again.work(again.shell()) as work:
        rebuilding.rebuild(work)
    with again.reading(again.shell()) as work:
        agencies = work.session.scalars(select(Unit.key).where(Unit.kind == "agency")).all()
    again.close()
    assert agencies == ["xa-mau-thu"]
