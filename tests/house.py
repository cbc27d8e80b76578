"""Builders with readable defaults: a small fictitious agency, its people, its papers and its acts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from qms.bootstrap import QMS
from qms.jobs.runner import drain
from qms.model.enums import DocumentType, Role
from qms.model.issuance import IssuingDecision
from qms.usecases import (
    acts,
    creating,
    deciding,
    drafting,
    issuing,
    legislating,
    people,
    retiring,
    submitting,
)

TODAY = date(2026, 11, 25)

PEOPLE: Mapping[str, tuple[str, str | None, Sequence[Role], str | None]] = {
    "thuky": ("Lê Thị Mẫu", "thu-ky-iso", [Role.OFFICER, Role.READER], None),
    "soan": ("Trần Văn Ví Dụ", "cong-chuc-tu-phap", [Role.AUTHOR, Role.READER], None),
    "soan2": ("Phạm Thị Thử", "cong-chuc-tu-phap", [Role.AUTHOR, Role.READER], None),
    "chutich": ("Nguyễn Văn Mẫu", "chu-tich", [Role.APPROVER, Role.READER], None),
    "vanthu": ("Hoàng Thị Thí Dụ", "van-thu", [Role.CLERK, Role.READER], None),
    "doc": ("Đỗ Văn Đọc", "tiep-nhan", [Role.READER], None),
    "danhgia": ("Vũ Thị Xét", None, [Role.AUDITOR, Role.READER], None),
    "thanhtra": ("Bùi Văn Tra", None, [Role.INSPECTOR], None),
    "quantri": ("Ngô Văn Máy", None, [Role.ADMINISTRATOR], None),
    "phongkt": (
        "Đặng Thị Kinh",
        "truong-phong-kt",
        [Role.AUTHOR, Role.APPROVER, Role.READER],
        "phong-kinh-te",
    ),
}

TEXT = """# {title}

## 1. MỤC ĐÍCH

Quy định việc thử nghiệm. Đây là tài liệu mẫu, không phải văn bản thật.

## 2. CĂN CỨ PHÁP LÝ

- Luật Hộ tịch năm 2014;
- Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ.

## 3. NỘI DUNG

{body}
"""


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move_to(self, day: date) -> None:
        """Go to eight in the morning, Vietnamese time, of a day."""
        self.now = datetime(day.year, day.month, day.day, 1, 0, tzinfo=UTC)

    def advance(self, **how: float) -> None:
        """Go on by a stretch of time."""
        self.now += timedelta(**how)


def found_agency(qms: QMS) -> None:
    """Found the sample commune of the tests with its rooms, positions and people."""
    bare = qms.shell()
    with qms.work(bare) as work:
        people.found(work, "UBND xã Mẫu Thử", "xa-mau-thu")
    units = [
        people.NewUnit("phong-kinh-te", "Phòng Kinh tế", "xa-mau-thu"),
        people.NewUnit("phong-van-hoa", "Phòng Văn hóa - Xã hội", "xa-mau-thu"),
    ]
    positions = {
        "chu-tich": ("Chủ tịch UBND xã", "xa-mau-thu"),
        "thu-ky-iso": ("Thư ký ISO", "xa-mau-thu"),
        "van-thu": ("Văn thư", "xa-mau-thu"),
        "cong-chuc-tu-phap": ("Công chức Tư pháp - Hộ tịch", "xa-mau-thu"),
        "tiep-nhan": ("Cán bộ tiếp nhận", "xa-mau-thu"),
        "truong-phong-kt": ("Trưởng phòng Kinh tế", "phong-kinh-te"),
    }
    with qms.work(bare) as work:
        people.organise(work, units, positions, {"ho-tich": "Hộ tịch"})
    for login, (name, position, roles, unit) in PEOPLE.items():
        with qms.work(bare) as work:
            people.add(work, people.NewPerson(login, name, position, roles, unit, date(2025, 7, 1)))


def text(title: str = "Đăng ký thử nghiệm", body: str = "Bước 1. Tiếp nhận hồ sơ.") -> str:
    """Return the Markdown of a small procedure."""
    return TEXT.format(title=title, body=body)


def decision(
    number: str | None = "145/QĐ-UBND", signed: date = TODAY, effective: date | None = None
) -> IssuingDecision:
    """Return an issuing decision of the chairman."""
    return IssuingDecision(
        number=number,
        signed=signed,
        effective=effective or signed,
        signer_name="Nguyễn Văn Mẫu",
        signer_position="Chủ tịch UBND xã",
    )


def draft(
    qms: QMS,
    code: str = "QT-01",
    title: str = "Đăng ký thử nghiệm",
    body: str = "Bước 1. Tiếp nhận hồ sơ.",
    by: str = "soan",
) -> str:
    """Begin a new document and return its id."""
    with qms.work(qms.shell(by)) as work:
        new = creating.NewDocument(code, title, DocumentType.PROCEDURE)
        return creating.create(work, new, text(title, body))


def next_draft(qms: QMS, code: str, body: str, by: str = "soan") -> str:
    """Begin the next revision of a document with a changed text."""
    with qms.work(qms.shell(by)) as work:
        document_id = drafting.begin(work, code)
    with qms.work(qms.shell(by)) as work:
        current = drafting.draft(work, document_id)
        drafting.save_text(
            work, document_id, text(current.title, body), current.base_sha256, "Sửa theo quy định mới."
        )
    return document_id


def approve(qms: QMS, code: str, by: str = "soan", approver: str = "chutich") -> None:
    """Submit a draft and have the chairman approve it."""
    with qms.work(qms.shell(by)) as work:
        submitting.submit(work, code)
    with qms.work(qms.shell(approver)) as work:
        deciding.approve(work, code)


def issue(qms: QMS, *codes: str, by: IssuingDecision | None = None) -> acts.Issued:
    """Have the clerk record the decision that issues approved revisions, and do what follows."""
    with qms.work(qms.shell("vanthu")) as work:
        done = issuing.issue(work, codes, by or decision())
    drain(qms)
    return done


def issued(
    qms: QMS,
    code: str = "QT-01",
    title: str = "Đăng ký thử nghiệm",
    by: IssuingDecision | None = None,
    body: str = "Bước 1. Tiếp nhận hồ sơ.",
) -> str:
    """Draft, approve and issue a new document and return its id."""
    document_id = draft(qms, code, title, body)
    approve(qms, code)
    issue(qms, code, by=by)
    return document_id


def retire(qms: QMS, *codes: str, by: IssuingDecision | None = None) -> acts.Issued:
    """Have the officer record the decision that ends documents."""
    with qms.work(qms.shell("thuky")) as work:
        done = retiring.retire(work, codes, "Thủ tục đã bị bãi bỏ.", by or decision("150/QĐ-UBND"))
    drain(qms)
    return done


def law(qms: QMS, *relations: tuple[str, ...], instruments: Sequence[Mapping[str, str]] = ()) -> None:
    """Take relations (source, kind, target, from, provisions) and instruments (contract columns) into the register."""
    columns = ("source", "kind", "target", "from", "target_provisions")
    rows = [dict(zip(columns, (*relation, "")[:5], strict=True)) for relation in relations]
    for name, lines in (("relations.jsonl", rows), ("instruments.jsonl", list(instruments))):
        if lines:
            data = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()
            with qms.work(qms.shell()) as work:
                legislating.take_in(work, [legislating.read(name, data)])
