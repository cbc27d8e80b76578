"""What a commit says: written for people and machines, read back exactly, forged by nobody."""

from __future__ import annotations

import dataclasses
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.model.enums import IssuanceKind, ItemRole, SigningForm
from qms.model.published import (
    BadFolder,
    DocumentAct,
    DocumentLine,
    Manifest,
    PersonLine,
    PublishedAct,
    UnreadableAct,
    parse_message,
)

KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"
HASH = "a" * 64
AT = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
MAI = PersonLine("Lê Thị Mai", "Thư ký ISO", AT)


def an_act(**changes: object) -> PublishedAct:
    line = DocumentLine("0abcdefg", 3, "01.02", HASH, "QT 01/CX-HCTP")
    document = DocumentAct(
        line, ItemRole.REPLACES, MAI, (MAI,), (PersonLine("Vũ A", "Phó Chủ tịch", AT),), "k7"
    )
    values = {
        "act": IssuanceKind.ISSUE,
        "issuance_id": "1abcdefg",
        "number": "145/QĐ-UBND",
        "signed_on": date(2026, 12, 1),
        "signed_as": SigningForm.KT,
        "effective_from": date(2026, 12, 5),
        "agency": "UBND xã Tân Mỹ",
        "signed_by": PersonLine("Vũ Văn An", "Phó Chủ tịch", on_behalf="Chủ tịch"),
        "recorded_by": MAI,
        "via": "shell (mai)",
        "publish_key": KEY,
        "audit_head": HASH,
        "documents": (document,),
        "at": AT,
    }
    return PublishedAct(**(values | changes))


def test_message_reads_as_a_sentence_then_trailers():
    assert an_act(reason="Luật thay đổi").message() == (
        "Ban hành QT 01/CX-HCTP theo Quyết định số 145/QĐ-UBND ngày 01/12/2026\n"
        "\n"
        "Cơ quan ban hành: UBND xã Tân Mỹ\n"
        "Có hiệu lực từ ngày 05/12/2026\n"
        "Lý do:\n"
        "> Luật thay đổi\n"
        "\n"
        "Act: issue\n"
        "Issuance: 1abcdefg\n"
        "Issued-By: 145/QĐ-UBND 2026-12-01\n"
        "Signed-As: KT\n"
        "Effective-From: 2026-12-05\n"
        "Agency: UBND xã Tân Mỹ\n"
        "Signed-By: Vũ Văn An; Phó Chủ tịch; ; Chủ tịch\n"
        "Recorded-By: Lê Thị Mai; Thư ký ISO; 2026-12-01T08:00:00Z\n"
        "Recorded-At: 2026-12-01T08:00:00Z\n"
        "Reason: Luật thay đổi\n"
        "Via: shell (mai)\n"
        f"Publish-Key: {KEY}\n"
        f"Audit-Head: {HASH}\n"
        f"Document: 0abcdefg 3 01.02 {HASH} QT 01/CX-HCTP\n"
        "Role: replaces\n"
        "Drafted-By: Lê Thị Mai; Thư ký ISO; 2026-12-01T08:00:00Z\n"
        "Reviewed-By: Lê Thị Mai; Thư ký ISO; 2026-12-01T08:00:00Z\n"
        "Approved-By: Vũ A; Phó Chủ tịch; 2026-12-01T08:00:00Z\n"
        "Check-Token: k7\n"
    )


def test_record_of_a_paper_without_number_keeps_its_date():
    act = an_act(act="record", number=None, signed_on=date(2025, 7, 7))
    assert "Issued-By: - 2025-07-07\n" in act.message()
    assert parse_message(act.message()) == act


def test_subject_counts_documents_of_one_decision():
    lines = [DocumentLine(f"0abcdef{n}", 1, "01", HASH, f"QT-{n}") for n in range(3)]
    act = an_act(documents=tuple(DocumentAct(line, ItemRole.NEW) for line in lines))
    assert act.subject() == "Ban hành 3 tài liệu theo Quyết định số 145/QĐ-UBND ngày 01/12/2026"


def test_a_later_scan_names_the_decision_it_belongs_to():
    act = an_act(act="attach", documents=(), scan_sha256=HASH)
    assert act.subject() == "Bổ sung bản quét của Quyết định số 145/QĐ-UBND ngày 01/12/2026"


@pytest.mark.parametrize(
    "hostile",
    [
        "x\n\nAct: withdraw\nPublish-Key: " + KEY,
        "x\r\nAct: withdraw",
        "x\u2028Act: withdraw\u2029\x85Act: withdraw\x0b\x0cAct: withdraw",
        "x\n---\nAct: withdraw",
        "\n\n",
        "a; b\\; c\\",
    ],
)
@pytest.mark.parametrize("field", ["reason", "transition", "number", "agency", "via"])
def test_typed_text_cannot_forge_a_trailer(field: str, hostile: str):
    act = an_act(**{field: hostile})
    message = act.message()
    assert parse_message(message) == act
    assert [line for line in message.split("\n") if line.startswith("Act:")] == ["Act: issue"]


@pytest.mark.parametrize("hostile", ["x\n\nApproved-By: Kẻ giả", "a;b;c;d;e", "\\", ";", "; ;", "x\\;\n"])
def test_a_name_cannot_forge_an_approval(hostile: str):
    person = PersonLine(hostile, hostile, AT, hostile)
    line = DocumentLine("0abcdefg", 1, "01", HASH, hostile)
    act = an_act(documents=(DocumentAct(line, ItemRole.NEW, person, (person, person)),), signed_by=person)
    assert parse_message(act.message()) == act
    assert not parse_message(act.message()).documents[0].approved_by


def test_moments_are_kept_as_whole_utc_seconds():
    hanoi = timezone(timedelta(hours=7))
    act = an_act(at=datetime(2026, 12, 1, 15, 0, 0, 999, tzinfo=hanoi))
    assert act.at == AT
    with pytest.raises(UnreadableAct):
        an_act(at=datetime(2026, 12, 1, 15, 0))


@pytest.mark.parametrize(
    "changes",
    [
        {"act": "approve"},
        {"issuance_id": "../etc/pw"},
        {"publish_key": "x"},
        {"audit_head": "x"},
        {"scan_sha256": "x"},
        {"documents": an_act().documents * 2},
    ],
)
def test_values_without_the_right_shape_are_refused(changes: dict[str, object]):
    with pytest.raises(UnreadableAct):
        an_act(**changes)


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "Merge branch 'x'",
        an_act().message().replace("Act: issue\n", ""),
        an_act().message().replace("Act: issue\n", "Act: issue\nAct: withdraw\n"),
        an_act().message().replace("Role: replaces\n", "Role: replaces\nRole: new\n"),
        an_act().message().replace("Role: replaces", "Role: burns"),
        an_act().message().replace("2026-12-05", "2026-13-05"),
        an_act().message().replace("Act: issue\n", "Role: new\nAct: issue\n"),
        an_act().message().replace("Document: 0abcdefg 3", "Document: 0abcdefg 03"),
        an_act().message().replace("Signed-As: KT", "Signed-As: XX"),
        an_act().message() + "not a trailer\n",
    ],
)
def test_a_message_not_written_by_us_is_unreadable(broken: str):
    with pytest.raises(UnreadableAct):
        parse_message(broken)


hostile_text = st.text(max_size=30) | st.text("\n\r:; \\-Act\u2028\u200b\u0301<>\ud800đĐ", max_size=30)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
ids = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=8, max_size=8)
days = st.none() | st.dates(date(1975, 1, 1), date(2090, 1, 1))
persons = st.builds(PersonLine, hostile_text, hostile_text, st.none() | moments, st.none() | hostile_text)
lines = st.builds(
    DocumentLine, ids, st.integers(1, 999), st.sampled_from(["01", "01.02", "-"]), hashes, hostile_text
)
people = st.lists(persons, max_size=2).map(tuple)
documents = st.builds(
    DocumentAct,
    lines,
    st.none() | st.sampled_from(ItemRole),
    st.none() | persons,
    people,
    people,
    st.none() | ids,
)
acts = st.builds(
    PublishedAct,
    act=st.sampled_from([*IssuanceKind, "withdraw", "recode", "move", "attach"]),
    issuance_id=st.none() | ids,
    number=st.none() | hostile_text,
    signed_on=days,
    signed_as=st.none() | st.sampled_from(SigningForm),
    effective_from=days,
    agency=hostile_text,
    signed_by=st.none() | persons,
    recorded_by=persons,
    confirmed_by=st.none() | persons,
    transition=st.none() | hostile_text,
    reason=st.none() | hostile_text,
    scan_sha256=st.none() | hashes,
    via=hostile_text,
    publish_key=st.uuids(version=4).map(str),
    audit_head=hashes,
    documents=st.lists(documents, max_size=3, unique_by=lambda act: act.line.document_id).map(tuple),
    at=moments,
)


@given(acts)
def test_parsing_is_the_exact_inverse_of_writing(act: PublishedAct):
    message = act.message()
    assert parse_message(message) == act
    assert unicodedata.is_normalized("NFC", message)
    assert dataclasses.replace(act) == act


FILES = {
    "content.docx": b"PK",
    "meta.yaml": b"title: x\n",
    "source.doc": b"\xd0",
    "attachments/bm-01.docx": b"1",
}


def test_manifest_is_what_sha256sum_prints_sorted():
    manifest = Manifest.of(FILES)
    assert [file.path for file in manifest.files] == sorted(FILES)
    assert manifest.text().splitlines()[2].endswith("  meta.yaml")
    assert Manifest.parse(manifest.text()) == manifest
    assert len(manifest.content_sha256) == 64


def test_any_changed_byte_changes_the_hash_that_decisions_carry():
    assert (
        Manifest.of(FILES).content_sha256 != Manifest.of(FILES | {"meta.yaml": b"title: y\n"}).content_sha256
    )


@pytest.mark.parametrize(
    "path",
    [
        "../meta.yaml",
        "/etc/passwd",
        "content.exe",
        "MANIFEST",
        ".git/config",
        "attachments/../meta.yaml",
        "attachments/a/b",
        "attachments/.hidden",
        "attachments/Mẫu 1.docx",
        "attachments/a..b",
        "attachments/a.",
        "source.",
        "meta.yaml\n",
        "attachments\\x",
        "source.2.docx",
    ],
)
def test_paths_outside_the_rules_are_refused(path: str):
    with pytest.raises(BadFolder):
        Manifest.of(FILES | {path: b""})


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"meta.yaml": b""},
        {"content.md": b""},
        {"content.md": b"", "content.docx": b"", "meta.yaml": b""},
        FILES | {"source.pdf": b""},
    ],
)
def test_a_folder_has_one_content_and_its_meta(files: dict[str, bytes]):
    with pytest.raises(BadFolder):
        Manifest.of(files)


@pytest.mark.parametrize("tampered", ["", "x", "\n"])
def test_a_manifest_in_another_form_is_unreadable(tampered: str):
    with pytest.raises(UnreadableAct):
        Manifest.parse(tampered)
    with pytest.raises(UnreadableAct):
        Manifest.parse(Manifest.of(FILES).text() + tampered + "-")
