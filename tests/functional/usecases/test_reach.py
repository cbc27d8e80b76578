"""How far a change of law reaches: every reason with its path, what is left alone, and what nobody could examine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import event, select

from qms.bootstrap import QMS
from qms.config import Config
from qms.model.document import DocumentLink, Revision
from qms.model.enums import (
    DocumentType,
    ImpactReason,
    LinkKind,
    RelationKind,
    TextFindingKind,
    TthcChange,
    TthcSource,
    Verdict,
)
from qms.model.ids import fold
from qms.model.law import Citation, Clearance, Ref, TextFinding
from qms.model.search import IndexEntry
from qms.model.tthc import AdministrativeProcedure, DocumentTthc, TthcRow
from qms.stores.work import SqlWork
from qms.usecases import marks, reach, standings
from qms.usecases.impacts.values import Affected, Impact
from qms.usecases.naming import AmbiguousInstrument
from tests import library
from tests.library import AT, Cite, Paper, instrument, relation

OLD, NEW, OTHER = "123/2015/NĐ-CP", "18/2026/NĐ-CP", "23/2015/NĐ-CP"
FROM = date(2026, 1, 15)
SOC_TRANG, CAN_THO = "Hội đồng nhân dân tỉnh Sóc Trăng", "Hội đồng nhân dân thành phố Cần Thơ"
FEES, NEW_FEES = "10/2022/NQ-HĐND", "20/2026/NQ-HĐND"


@pytest.fixture
def work(qms: QMS) -> Iterator[SqlWork]:
    """Return a work whose rows nobody keeps."""
    with qms.work(qms.shell("thuky")) as opened:
        yield opened


def amend(work: SqlWork, provisions: str = "art_2", starts: date | None = FROM) -> None:
    library.add_law(
        work.session,
        [instrument(OLD), instrument(OTHER)],
        [relation(NEW, RelationKind.AMENDS, OLD, starts, provisions)],
    )


def replace(work: SqlWork) -> None:
    library.add_law(work.session, [instrument(OLD)], [relation(NEW, RelationKind.REPLACES, OLD, FROM)])


def why(found: Impact) -> dict[str, ImpactReason]:
    return {line.document: line.why for line in found.affected}


def reasons(found: Impact) -> dict[str, str]:
    return {line.document: line.reason for line in (*found.untouched, *found.unexamined)}


def only(found: Impact) -> Affected:
    (line,) = found.affected
    return line


def test_who_cites_the_changed_provisions_is_reached_who_cites_others_is_left_alone(work: SqlWork) -> None:
    amend(work)
    library.add_papers(
        work.session,
        [
            Paper("whole", [OLD]),
            Paper("part", [Cite(OLD, "art_2__para_1")]),
            Paper("else", [Cite(OLD, "art_5")]),
            Paper("later", [OLD], looked_at=date(2026, 2, 1)),
            Paper("other", [OTHER]),
            Paper("quoted", [Cite(OLD, nested=True), OTHER]),
            Paper("gone", [OLD], retired=date(2026, 3, 1)),
        ],
    )
    found = reach.reach(work, NEW)
    assert why(found) == {"whole": ImpactReason.DIRECT, "part": ImpactReason.DIRECT}
    assert {line.path for line in found.affected} == {(NEW, "amends", OLD)}
    assert {line.deadline for line in found.affected} == {date(2026, 4, 15)}
    assert reasons(found) == {
        "else": f"Chỉ viện dẫn điều khoản không bị sửa đổi của {OLD}.",
        "later": "Bản này được ban hành ngày 01/02/2026, sau khi thay đổi có hiệu lực.",
    }


def test_two_relations_to_one_document_are_two_paths_well_apart(work: SqlWork) -> None:
    amend(work)
    library.add_law(work.session, (), [relation(NEW, RelationKind.REPEALS, OTHER, date(2026, 3, 1))])
    library.add_papers(work.session, [Paper("both", [Cite(OLD, "art_2"), OTHER])])
    line = only(reach.reach(work, NEW))
    assert [(r.path, r.verdict, r.citations) for r in line.reasons] == [
        ((NEW, "repeals", OTHER), Verdict.DEAD, (OTHER,)),
        ((NEW, "amends", OLD), Verdict.SUSPECT, (OLD,)),
    ]
    assert (line.path, line.verdict) == ((NEW, "repeals", OTHER), Verdict.DEAD)
    assert (line.starts, line.deadline) == (FROM, date(2026, 4, 15))


def test_who_cites_only_a_consolidated_text_is_reached_when_its_law_changes(work: SqlWork) -> None:
    amend(work)
    text = "05/VBHN-BTP"
    library.add_law(work.session, (), [relation(text, RelationKind.CONSOLIDATES, OLD, date(2024, 1, 1))])
    library.add_papers(
        work.session,
        [Paper("vbhn", [text]), Paper("part", [Cite(text, "art_9")]), Paper("both", [OLD, text])],
    )
    found = reach.reach(work, NEW)
    assert why(found) == {"vbhn": ImpactReason.DIRECT, "both": ImpactReason.DIRECT}
    paths = {line.document: [reason.path for reason in line.reasons] for line in found.affected}
    assert paths["vbhn"] == [(NEW, "amends", OLD, "consolidates", text)]
    assert paths["both"] == [(NEW, "amends", OLD), (NEW, "amends", OLD, "consolidates", text)]
    assert "part" in reasons(found)


def test_a_law_cited_by_its_title_is_reached_by_its_number(work: SqlWork) -> None:
    law = "60/2014/QH13"
    library.add_law(
        work.session,
        [instrument(law, "Luật", "Hộ tịch", issued=date(2014, 11, 20))],
        [relation("70/2026/QH16", RelationKind.AMENDS, law, FROM, "art_3")],
    )
    library.add_papers(
        work.session,
        [
            Paper("titled", ["Luật Hộ tịch 2014"]),
            Paper("odd", ["Luật Hộ tịch 2013"]),
            Paper("else", ["Luật Cư trú 2020"]),
        ],
    )
    found = reach.reach(work, "70/2026/QH16")
    assert why(found) == {"titled": ImpactReason.DIRECT}
    assert reasons(found) == {
        "odd": "Viện dẫn «Luật Hộ tịch 2013», chưa rõ là văn bản nào trong sổ; cần xem bằng mắt."
    }


def test_what_guides_an_ended_instrument_may_fall_with_it(work: SqlWork) -> None:
    replace(work)
    library.add_law(
        work.session,
        [instrument("04/2020/TT-BTP", "Thông tư")],
        [
            relation("04/2020/TT-BTP", RelationKind.IMPLEMENTS, OLD, date(2020, 7, 16)),
            relation("9/2021/TT-BTP", RelationKind.GUIDES, "04/2020/TT-BTP", date(2021, 1, 1)),
        ],
    )
    library.add_papers(
        work.session,
        [Paper("near", ["04/2020/TT-BTP"]), Paper("far", ["9/2021/TT-BTP"]), Paper("cites", [OLD])],
    )
    found = reach.reach(work, NEW)
    assert why(found) == {
        "cites": ImpactReason.DIRECT,
        "near": ImpactReason.CASCADE,
        "far": ImpactReason.CASCADE,
    }
    assert {line.document: line.path for line in found.affected} == {
        "cites": (NEW, "replaces", OLD),
        "near": (NEW, "replaces", OLD, "implements", "04/2020/TT-BTP"),
        "far": (NEW, "replaces", OLD, "implements", "04/2020/TT-BTP", "guides", "9/2021/TT-BTP"),
    }
    assert {line.document: line.verdict for line in found.affected}["near"] is Verdict.SUSPECT


def test_what_guides_an_amended_instrument_is_only_related(work: SqlWork) -> None:
    amend(work)
    library.add_law(
        work.session, (), [relation("04/2020/TT-BTP", RelationKind.GUIDES, OLD, date(2020, 7, 16))]
    )
    library.add_papers(
        work.session, [Paper("guided", ["04/2020/TT-BTP"]), Paper("both", [OLD, "04/2020/TT-BTP"])]
    )
    found = reach.reach(work, NEW)
    assert why(found) == {"both": ImpactReason.DIRECT, "guided": ImpactReason.RELATED}
    assert [line.weak for line in found.affected] == [False, True]


def test_who_cites_only_an_amending_instrument_is_related_unless_another_target_explains_it(
    work: SqlWork,
) -> None:
    amend(work)
    third = "07/2025/NĐ-CP"
    library.add_law(
        work.session,
        (),
        [relation(third, RelationKind.AMENDS, target, date(2025, 1, 9)) for target in (OLD, OTHER)],
    )
    library.add_papers(work.session, [Paper("lone", [third]), Paper("other", [OTHER, third])])
    found = reach.reach(work, NEW)
    assert why(found) == {"lone": ImpactReason.RELATED}
    assert only(found).path == (NEW, "amends", OLD, "amends", third)
    assert reasons(found)["other"] == f"Viện dẫn {third} cùng với {OTHER}, không viện dẫn {OLD}."


def test_the_repeal_of_an_amendment_is_no_repeal_of_what_it_amended(work: SqlWork) -> None:
    target, amending, third = "118/2025/NĐ-CP", "367/2025/NĐ-CP", "224/2026/NĐ-CP"
    library.add_law(
        work.session,
        [instrument(target), instrument(amending), instrument(third)],
        [
            relation(amending, RelationKind.AMENDS, target, date(2025, 12, 31)),
            relation(third, RelationKind.REPEALS, amending, date(2026, 7, 1), "art_1__para_9"),
        ],
    )
    library.add_papers(work.session, [Paper("desk", [target]), Paper("both", [target, amending])])
    found = reach.reach(work, third)
    assert why(found) == {"both": ImpactReason.DIRECT, "desk": ImpactReason.RELATED}
    related = found.affected[1]
    assert (related.verdict, related.weak) == (Verdict.SUSPECT, True)
    assert related.path == (third, "repeals", amending, "amends", target)
    assert "không tự coi phần bị sửa trước đây có hiệu lực trở lại" in related.reasons[0].note


def test_a_correction_asks_only_to_compare_what_was_copied(work: SqlWork) -> None:
    library.add_law(work.session, [instrument(OLD)], [relation(NEW, RelationKind.CORRECTS, OLD, FROM)])
    library.add_papers(work.session, [Paper("copied", [OLD])])
    line = only(reach.reach(work, NEW))
    assert (line.why, line.verdict, line.weak) == (ImpactReason.DIRECT, Verdict.SUSPECT, True)
    assert "đối chiếu lại nội dung đã chép" in line.reasons[0].note


def test_forms_follow_their_procedure_procedures_their_form_and_adoptions_their_model(work: SqlWork) -> None:
    amend(work)
    library.add_papers(
        work.session,
        [
            Paper("proc", [OLD]),
            Paper("form", ["1/2020/TT-BTP"]),
            Paper("formb", [Cite(OLD)]),
            Paper("user", [OTHER]),
            Paper("local", ["1/2020/TT-BTP"]),
            Paper("model", ["1/2020/TT-BTP"]),
            Paper("fresh", [OTHER], looked_at=date(2026, 2, 1)),
        ],
    )
    work.session.add_all(
        DocumentLink(document_id=one, other_id=other, kind=kind)
        for one, other, kind in (
            ("proc", "form", LinkKind.USES_FORM),
            ("user", "formb", LinkKind.USES_FORM),
            ("local", "proc", LinkKind.ADOPTS),
            ("proc", "model", LinkKind.ADOPTS),
            ("fresh", "formb", LinkKind.USES_FORM),
        )
    )
    work.session.flush()
    found = reach.reach(work, NEW)
    assert why(found) == {
        "proc": ImpactReason.DIRECT,
        "formb": ImpactReason.DIRECT,
        "form": ImpactReason.FAMILY,
        "user": ImpactReason.FAMILY,
        "local": ImpactReason.FAMILY,
    }
    path = next(line.path for line in found.affected if line.document == "form")
    assert path == (NEW, "amends", OLD, "QT-PROC", "uses_form", "QT-FORM")
    assert "fresh" in reasons(found)


def publish(
    work: SqlWork,
    decision: str,
    change: TthcChange,
    effective: date | None,
    source: TthcSource = TthcSource.PUBLISHED,
) -> None:
    if work.session.get(AdministrativeProcedure, "1.001193") is None:
        work.session.add(
            AdministrativeProcedure(stem="1.001193", name="Khai sinh", folded_name=fold("Khai sinh"))
        )
        work.session.flush()
        work.session.add(
            DocumentTthc(document_id="birth", stem="1.001193", confirmed_by="Lê Thị Mẫu", confirmed_at=AT)
        )
    work.session.add(
        TthcRow(
            decision_key=decision,
            stem="1.001193",
            code="1.001193",
            source=source,
            change=change,
            effective=effective,
        )
    )
    work.session.flush()


@pytest.mark.parametrize(
    ("change", "verdict"), [(TthcChange.AMENDED, Verdict.SUSPECT), (TthcChange.ABOLISHED, Verdict.DEAD)]
)
def test_a_publishing_decision_reaches_who_covers_its_procedures_by_its_own_day(
    work: SqlWork, change: TthcChange, verdict: Verdict
) -> None:
    library.add_papers(work.session, [Paper("birth", [OTHER]), Paper("other", [OTHER])])
    publish(work, "163/QĐ-BTP", change, FROM)
    found = reach.reach(work, "163/QĐ-BTP")
    line = only(found)
    assert (line.document, line.why, line.verdict) == ("birth", ImpactReason.TTHC, verdict)
    assert (found.starts, found.deadline, line.deadline) == (FROM, FROM, FROM)
    assert line.path == ("163/QĐ-BTP", change.value, "1.001193")


def test_the_end_of_an_internal_process_is_no_end_of_the_procedure(work: SqlWork) -> None:
    library.add_papers(work.session, [Paper("birth", [OTHER])])
    publish(work, "2956/QĐ-BTP", TthcChange.ABOLISHED, FROM, TthcSource.INTERNAL)
    line = only(reach.reach(work, "2956/QĐ-BTP"))
    assert line.verdict is Verdict.SUSPECT
    assert "Quy trình nội bộ của thủ tục 1.001193" in line.reasons[0].note


def test_a_changed_publishing_decision_reaches_who_covers_what_it_published(work: SqlWork) -> None:
    library.add_papers(work.session, [Paper("birth", [OTHER])])
    publish(work, "3152/QĐ-BTP", TthcChange.NEW, date(2020, 1, 1))
    library.add_law(work.session, (), [relation("163/QĐ-BTP", RelationKind.REPLACES, "3152/QĐ-BTP", FROM)])
    line = only(reach.reach(work, "163/QĐ-BTP"))
    assert line.path == ("163/QĐ-BTP", "replaces", "3152/QĐ-BTP", "tthc", "1.001193")


def test_a_decision_without_a_day_leaves_its_documents_to_be_looked_at(work: SqlWork) -> None:
    library.add_papers(work.session, [Paper("birth")])
    publish(work, "163/QĐ-BTP", TthcChange.AMENDED, None)
    found = reach.reach(work, "163/QĐ-BTP")
    assert (found.affected, len(found.unexamined)) == ((), 1)
    assert "Chưa rõ ngày có hiệu lực" in reasons(found)["birth"]
    assert found.doubts


def clear(work: SqlWork, document: str, day: date, target: str = OLD, sequence: int = 1) -> None:
    work.session.add(
        Clearance(
            document_id=document,
            sequence=sequence,
            source_key=NEW,
            target_key=target,
            day=day,
            person_name="Lê Thị Mẫu",
            reason="Không dùng điều bị sửa.",
            at=AT,
        )
    )
    work.session.flush()


def test_what_a_named_person_cleared_is_left_alone_with_the_reason(work: SqlWork) -> None:
    amend(work)
    library.add_papers(work.session, [Paper("clear", [OLD]), Paper("older", [OLD]), Paper("open", [OLD])])
    clear(work, "clear", date(2026, 2, 1))
    clear(work, "older", date(2026, 2, 1), sequence=2)
    found = reach.reach(work, NEW)
    assert set(why(found)) == {"older", "open"}
    assert reasons(found) == {"clear": "Lê Thị Mẫu đã rà soát ngày 01/02/2026: Không dùng điều bị sửa."}


def test_who_clears_a_change_before_its_first_day_has_looked_at_it(work: SqlWork) -> None:
    amend(work, starts=date(2026, 12, 1))
    library.add_papers(work.session, [Paper("early", [OLD])])
    assert list(why(reach.reach(work, NEW))) == ["early"]
    clear(work, "early", date(2026, 11, 25))
    assert list(reasons(reach.reach(work, NEW, date(2026, 12, 2)))) == ["early"]


def test_a_clearance_may_name_what_ended_the_instrument_asked_for(work: SqlWork) -> None:
    library.add_law(
        work.session, [instrument(OLD)], [relation(NEW, RelationKind.REPEALS, OLD, FROM, "art_2")]
    )
    library.add_papers(work.session, [Paper("clear", [OLD])])
    assert list(why(reach.reach(work, OLD))) == ["clear"]
    clear(work, "clear", date(2026, 2, 1))
    assert list(reasons(reach.reach(work, OLD))) == ["clear"]


def test_clearing_does_not_revive_what_ended(work: SqlWork) -> None:
    replace(work)
    library.add_papers(work.session, [Paper("dead", [OLD])])
    clear(work, "dead", date(2026, 2, 1))
    assert only(reach.reach(work, NEW)).verdict is Verdict.DEAD


def test_a_document_page_heeds_clearances_and_consolidated_texts(work: SqlWork) -> None:
    amend(work)
    text = "05/VBHN-BTP"
    library.add_law(
        work.session,
        [instrument(text, "Văn bản hợp nhất")],
        [relation(text, RelationKind.CONSOLIDATES, OLD, FROM)],
    )
    library.add_papers(work.session, [Paper("clear", [OLD]), Paper("vbhn", [text])])

    def verdict(document: str) -> Verdict:
        rows = citations(work, document)
        (line,) = marks.lines(work, rows, library.ISSUED, work.today)
        return line.verdict

    assert (verdict("clear"), verdict("vbhn")) == (Verdict.SUSPECT, Verdict.SUSPECT)
    clear(work, "clear", date(2026, 2, 1))
    assert verdict("clear") is Verdict.LIVE


def citations(work: SqlWork, document: str) -> list[Citation]:
    return list(
        work.session.scalars(
            select(Citation)
            .join(Revision, Revision.id == Citation.revision_id)
            .where(Revision.document_id == document)
        )
    )


def test_an_undated_change_is_a_doubt_and_its_documents_are_counted(work: SqlWork) -> None:
    amend(work, starts=None)
    library.add_papers(work.session, [Paper("cites", [OLD])])
    found = reach.reach(work, NEW)
    assert (found.affected, found.untouched, found.starts) == ((), (), None)
    assert list(reasons(found)) == ["cites"]
    assert found.doubts == (
        f"Chưa rõ {NEW} sửa đổi, bổ sung Điều 2 của {OLD} từ ngày nào; tài liệu viện dẫn phải xem bằng mắt.",
    )


def test_an_undated_change_begins_with_its_instrument_and_says_so(work: SqlWork) -> None:
    amend(work, starts=None)
    library.add_law(work.session, [instrument(NEW, effective=FROM)])
    library.add_papers(work.session, [Paper("cites", [OLD])])
    found = reach.reach(work, NEW)
    assert (only(found).starts, found.starts) == (FROM, FROM)
    assert "tạm tính từ 15/01/2026" in found.doubts[0]


def test_what_cites_nothing_is_counted_aloud(work: SqlWork) -> None:
    amend(work)
    library.add_papers(work.session, [Paper("scan"), Paper("later", effective=date(2027, 1, 1))])
    found = reach.reach(work, NEW)
    assert reasons(found) == dict.fromkeys(
        ("scan", "later"), "Không đọc được căn cứ nào trong tài liệu; cần xem bằng mắt."
    )


def local_law(work: SqlWork) -> None:
    library.add_law(
        work.session,
        [instrument(FEES, "Nghị quyết", issuer=issuer) for issuer in (SOC_TRANG, CAN_THO)],
        [relation(NEW_FEES, RelationKind.REPLACES, FEES, FROM, source_issuer=CAN_THO, target_issuer=CAN_THO)],
    )


def test_a_relation_that_names_no_province_is_no_sure_word_of_either(work: SqlWork) -> None:
    library.add_law(
        work.session,
        [instrument(NEW_FEES, "Nghị quyết", issuer=issuer) for issuer in (SOC_TRANG, CAN_THO)],
        [relation(NEW_FEES, RelationKind.REPLACES, FEES, FROM)],
    )
    library.add_papers(work.session, [Paper("unsaid", [Cite(FEES)])])
    found = reach.reach(work, NEW_FEES, issuer=CAN_THO)
    assert "không ghi đủ cơ quan ban hành" in found.doubts[0]
    local_law(work)
    assert len(reach.reach(work, NEW_FEES, issuer=CAN_THO).doubts) == 1


def test_two_provinces_with_one_number_do_not_share_status_or_impact(work: SqlWork) -> None:
    local_law(work)
    library.add_papers(
        work.session,
        [
            Paper("cantho", [Cite(FEES, issuer="HĐND thành phố Cần Thơ")]),
            Paper("soctrang", [Cite(FEES, issuer=SOC_TRANG)]),
            Paper("unsaid", [Cite(FEES)]),
        ],
    )
    found = reach.reach(work, NEW_FEES)
    assert set(why(found)) == {"cantho", "unsaid"}
    doubts = {line.document: line.reasons[0].doubts for line in found.affected}
    assert doubts["cantho"] == ()
    assert "chưa rõ cơ quan ban hành" in doubts["unsaid"][0]
    refs = [
        Ref(FEES, "hội đồng nhân dân thành phố cần thơ"),
        Ref(FEES, "hội đồng nhân dân tỉnh sóc trăng"),
        Ref(FEES),
    ]
    status = [known.standing.status.value for known in standings.of_refs(work, refs, work.today).values()]
    assert status == ["expired", "in_force", "unknown"]


def test_a_local_number_alone_is_refused_with_its_issuers(work: SqlWork) -> None:
    local_law(work)
    with pytest.raises(AmbiguousInstrument) as refused:
        reach.reach(work, FEES)
    assert SOC_TRANG in str(refused.value)
    assert CAN_THO in str(refused.value)
    for named in ((f"{FEES} của HĐND thành phố Cần Thơ", ""), (FEES, "HĐND thành phố Cần Thơ")):
        assert reach.reach(work, *named[:1], issuer=named[1]).kind is RelationKind.REPLACES


def index(work: SqlWork, document: str, body: str) -> None:
    work.index.add([IndexEntry(document, 1, (), f"Quy trình {document}", DocumentType.PROCEDURE, body=body)])


def test_a_mention_that_nothing_links_is_told_apart(work: SqlWork) -> None:
    amend(work)
    library.add_papers(
        work.session,
        [
            Paper("mention", [OTHER]),
            Paper("quoted", [OTHER, Cite(OLD, nested=True)]),
            Paper("symbol", ["123/2015/TT-BTC"]),
            Paper("cites", [OLD]),
        ],
    )
    for document in ("mention", "quoted", "symbol", "cites"):
        index(work, document, "Thực hiện theo Nghị định số 123/2015 và các văn bản liên quan.")
    found = reach.reach(work, NEW)
    assert why(found) == {
        "cites": ImpactReason.DIRECT,
        "mention": ImpactReason.TEXT,
        "quoted": ImpactReason.TEXT,
    }
    assert {line.document: line.citations for line in found.affected if line.weak} == {
        "mention": ("123/2015",),
        "quoted": (OLD,),
    }


def test_who_cites_nothing_but_mentions_the_instrument_is_told_and_still_counted(work: SqlWork) -> None:
    amend(work)
    library.add_papers(work.session, [Paper("bare")])
    index(work, "bare", "Làm theo Nghị định 123/2015 của Chính phủ.")
    found = reach.reach(work, NEW)
    assert (only(found).why, only(found).weak) == (ImpactReason.TEXT, True)
    assert list(reasons(found)) == ["bare"]


def test_a_number_without_its_year_may_be_meant_unless_another_year_explains_it(work: SqlWork) -> None:
    amend(work)
    library.add_papers(
        work.session,
        [
            Paper("short", [OTHER]),
            Paper("other", ["123/2020/NĐ-CP"]),
            Paper("kinds", [OTHER]),
        ],
    )
    for document, text in (
        ("short", "Nghị định 123"),
        ("other", "Nghị định 123"),
        ("kinds", "Thông tư số 123"),
    ):
        index(work, document, f"Làm theo {text} và quy định khác.")
        revision = citations(work, document)[0].revision_id
        work.session.add(TextFinding(revision_id=revision, kind=TextFindingKind.UNLINKED, text=text))
    work.session.flush()
    found = reach.reach(work, NEW)
    assert {line.document: line.citations for line in found.affected} == {"short": ("Nghị định 123",)}
    assert only(found).weak


def test_a_month_is_no_mention(work: SqlWork) -> None:
    library.add_law(
        work.session,
        [instrument("07/2025/NĐ-CP")],
        [relation(NEW, RelationKind.AMENDS, "07/2025/NĐ-CP", FROM)],
    )
    library.add_papers(work.session, [Paper("dated", [OTHER]), Paper("named", [OTHER])])
    index(work, "dated", "Ban hành tháng 07/2025, áp dụng từ 01/07/2025.")
    index(work, "named", "Theo Nghị định số 07/2025.")
    (other,) = citations(work, "named")
    work.session.add(
        TextFinding(revision_id=other.revision_id, kind=TextFindingKind.UNLINKED, text="Nghị định số 07/2025")
    )
    work.session.flush()
    found = reach.reach(work, NEW)
    assert {line.document: line.citations for line in found.affected} == {"named": ("Nghị định số 07/2025",)}


def test_a_broken_index_is_told_and_keeps_nothing_else_back(work: SqlWork, config: Config) -> None:
    amend(work)
    library.add_papers(work.session, [Paper("cites", [OLD])])
    index(work, "cites", "Theo Nghị định số 123/2015/NĐ-CP.")
    work.index.close()
    for path in config.index.glob("*.seg"):
        path.write_bytes(b"torn")
    found = reach.reach(work, NEW)
    assert list(why(found)) == ["cites"]
    assert found.doubts[0].startswith("Chưa tìm được chỗ nhắc tới trong toàn văn: Chỉ mục tìm kiếm")


def test_the_database_asks_by_what_the_change_names_and_not_through_the_library(work: SqlWork) -> None:
    amend(work)
    library.add_papers(work.session, [Paper(f"p{number}", [OLD, OTHER]) for number in range(40)])
    asked: list[tuple[str, object]] = []

    def note(
        _connection: object, _cursor: object, statement: str, parameters: object, *_rest: object
    ) -> None:
        asked.append((statement, parameters))

    engine = work.session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    reach.reach(work, NEW)
    event.remove(engine, "before_cursor_execute", note)
    if engine.dialect.name != "sqlite":
        pytest.skip("the plan is read as SQLite tells it")
    connection = work.session.connection()
    plans = [
        [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]  # type: ignore[arg-type]
        for statement, parameters in asked
        if "FROM revision" in statement and "NOT (EXISTS (SELECT citation" not in statement
    ]
    assert len(plans) >= 1
    for plan in plans:
        through = [
            step for step in plan if step.startswith(("SCAN", "SEARCH revision USING INDEX ix_revision_eff"))
        ]
        assert not through, plan
