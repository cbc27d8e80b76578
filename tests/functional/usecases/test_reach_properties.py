"""Whatever the law and the library: nothing is flagged without a reason, nothing stands twice, nobody is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms.bootstrap import QMS, build, create
from qms.config import Config
from qms.model.document import DocumentLink
from qms.model.enums import ImpactReason, LinkKind, RelationKind
from qms.model.law import Relation
from qms.usecases import reach
from tests import library
from tests.house import FixedClock, found_agency
from tests.library import Cite, Paper, instrument, relation

SOURCE = "1/2026/NĐ-CP"
NUMBERS = (SOURCE, "123/2015/NĐ-CP", "23/2015/NĐ-CP", "4/2020/TT-BTP", "5/VBHN-BTP", "7/2025/NĐ-CP")
DAYS = (date(2025, 1, 9), date(2026, 1, 15), date(2026, 12, 1), None)
PARTS = ("", "art_1", "art_1__para_2", "art_2", "chp_1")

cites = st.builds(Cite, key=st.sampled_from(NUMBERS), provisions=st.sampled_from(PARTS), nested=st.booleans())
papers = st.lists(
    st.tuples(
        st.lists(cites, max_size=3),
        st.sampled_from((date(2025, 7, 7), date(2026, 2, 1), None)),
        st.booleans(),
    ),
    max_size=6,
)
relations = st.lists(
    st.builds(
        relation,
        st.sampled_from(NUMBERS),
        st.sampled_from(tuple(RelationKind)),
        st.sampled_from(NUMBERS),
        st.sampled_from(DAYS),
        st.sampled_from(PARTS),
    ),
    max_size=6,
)
links = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from(tuple(LinkKind))), max_size=3
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QMS]:
    """Return an agency whose rows every example takes back."""
    config = Config(home=tmp_path_factory.mktemp("reach") / "home", shell_decisions=True, sign_commits=False)
    create(config)
    qms = build(config, clock=FixedClock())
    found_agency(qms)
    yield qms
    qms.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(papers, relations, links)
def test_the_reach_of_a_change_is_whole_and_well_founded(
    house: QMS,
    some: list[tuple[list[Cite], date | None, bool]],
    law: list[Relation],
    bound: list[tuple[int, int, LinkKind]],
) -> None:
    library_of = [
        Paper(f"p{number}", said, looked, retired=date(2025, 9, 1) if gone else None)
        for number, (said, looked, gone) in enumerate(some)
    ]
    with house.work(house.shell("thuky")) as work:
        work.remember("nothing_read", "", None)
        rows = {tuple(vars_of(one).values()): one for one in law}
        library.add_law(
            work.session,
            [instrument(number) for number in NUMBERS],
            [Relation(**vars_of(one)) for one in rows.values()],
        )
        library.add_papers(work.session, library_of)
        pairs = {(a, b, k) for a, b, k in bound if a != b and max(a, b) < len(library_of)}
        work.session.add_all(
            DocumentLink(document_id=f"p{one}", other_id=f"p{other}", kind=kind) for one, other, kind in pairs
        )
        work.session.flush()
        found = reach.reach(work, SOURCE)
        work.session.rollback()
    affected = [line.document for line in found.affected]
    aside = [line.document for line in found.untouched]
    unseen = [line.document for line in found.unexamined]
    told = affected + aside + unseen
    strong = [line.document for line in found.affected if not line.weak]
    for one, other in ((affected, aside), (strong, unseen), (aside, unseen)):
        assert not set(one) & set(other)
    assert all(len(lines) == len(set(lines)) for lines in (affected, aside, unseen))
    for line in found.affected:
        assert line.reasons
        assert line.why is line.reasons[0].why
        assert all(len(reason.path) >= 3 for reason in line.reasons)
    alive = [paper for paper in library_of if paper.retired is None]
    assert {paper.id for paper in alive if not paper.cites} <= {*unseen, *affected}
    targets = {
        one.target_key
        for one in rows.values()
        if one.source_key == SOURCE and one.kind in ("replaces", "repeals", "suspends", "amends", "corrects")
    }
    for paper in alive:
        if any(cite.key in targets and not cite.nested for cite in paper.cites if isinstance(cite, Cite)):
            assert paper.id in told
    direct = {line.document for line in found.affected if line.why is ImpactReason.DIRECT}
    assert direct <= {paper.id for paper in alive if any(True for _ in paper.cites)}


def vars_of(one: Relation) -> dict[str, object]:
    """Return the columns of a relation, so that each example writes rows of its own."""
    names = ("source_key", "kind", "target_key", "target_provisions", "source_provision", "starts")
    return {name: getattr(one, name) for name in names}
