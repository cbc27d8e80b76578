"""The words of the field for what the model stores as English (``domain.md`` §7, §8.11), and days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from flask_babel import format_date, format_datetime, lazy_gettext

from qms.model.comparison import Part
from qms.model.cover import CoverField, EditedCover
from qms.model.enums import (
    CopyFate,
    DayStatus,
    DecisionKind,
    DocumentType,
    FormSource,
    ImpactDecision,
    ImpactReason,
    InstrumentStatus,
    IssuanceKind,
    ItemRole,
    ItemState,
    ObsoleteKind,
    ProofOutcome,
    RelationKind,
    RevisionState,
    Role,
    SigningForm,
    TthcChange,
    TthcSource,
    Verdict,
)
from qms.model.package import PackageStanding
from qms.model.times import TimesVerdict
from qms.model.tthc_matching import MatchReason
from qms.model.tthc_status import TthcStatus
from qms.usecases.law_page import RelationLine
from qms.usecases.obsolete import ObsoleteLine

_ = lazy_gettext

DAY = "dd/MM/yyyy"


class Sign(NamedTuple):
    """How a status is shown: its words, its icon and its tone, so that colour never speaks alone."""

    words: object
    icon: str
    tone: str


_SIGNS: tuple[tuple[StrEnum, Sign], ...] = (
    (DayStatus.SCHEDULED, Sign(_("Sắp áp dụng"), "clock", "wait")),
    (DayStatus.EFFECTIVE, Sign(_("Đang áp dụng"), "check", "good")),
    (DayStatus.TRANSITION, Sign(_("Chỉ cho hồ sơ chuyển tiếp"), "clock", "warn")),
    (DayStatus.SUPERSEDED, Sign(_("Đã được thay thế"), "stop", "mute")),
    (DayStatus.RETIRED, Sign(_("Ngừng áp dụng"), "stop", "bad")),
    (RevisionState.DRAFT, Sign(_("Đang soạn"), "pen", "wait")),
    (RevisionState.IN_REVIEW, Sign(_("Đang trình duyệt"), "clock", "warn")),
    (RevisionState.RETURNED, Sign(_("Trả lại để sửa"), "back", "bad")),
    (RevisionState.APPROVED, Sign(_("Đã duyệt, chờ ban hành"), "check", "good")),
    (RevisionState.ISSUED, Sign(_("Đã ban hành"), "check", "good")),
    (RevisionState.WITHDRAWN, Sign(_("Đã rút lại"), "stop", "mute")),
    (InstrumentStatus.FUTURE, Sign(_("Chưa có hiệu lực"), "clock", "wait")),
    (InstrumentStatus.IN_FORCE, Sign(_("Còn hiệu lực"), "check", "good")),
    (InstrumentStatus.PARTLY_EXPIRED, Sign(_("Hết hiệu lực một phần"), "warn", "warn")),
    (InstrumentStatus.EXPIRED, Sign(_("Hết hiệu lực"), "stop", "bad")),
    (InstrumentStatus.SUSPENDED, Sign(_("Ngưng hiệu lực"), "stop", "bad")),
    (InstrumentStatus.UNKNOWN, Sign(_("Chưa rõ hiệu lực"), "question", "mute")),
    (TimesVerdict.EXCEEDS, Sign(_("Vượt thời hạn công bố"), "warn", "bad")),
    (TimesVerdict.DIFFERS, Sign(_("Thời hạn không khớp"), "warn", "warn")),
    (TimesVerdict.SAME, Sign(_("Khớp thời hạn công bố"), "check", "good")),
    (TimesVerdict.UNKNOWN, Sign(_("Chưa so được"), "question", "mute")),
    (TthcStatus.PUBLISHED, Sign(_("Đang công bố"), "check", "good")),
    (TthcStatus.FUTURE, Sign(_("Chưa đến ngày"), "clock", "wait")),
    (TthcStatus.RECODED, Sign(_("Đã đổi mã"), "back", "warn")),
    (TthcStatus.ABOLISHED, Sign(_("Đã bãi bỏ"), "stop", "bad")),
    (TthcStatus.UNKNOWN, Sign(_("Chưa rõ tình trạng"), "question", "mute")),
    (Verdict.LIVE, Sign(_("Đã rà soát"), "check", "good")),
    (Verdict.SUSPECT, Sign(_("Cần rà soát"), "warn", "warn")),
    (Verdict.DEAD, Sign(_("Căn cứ đã hết hiệu lực"), "stop", "bad")),
    (Verdict.UNKNOWN, Sign(_("Chưa rõ hiệu lực"), "question", "mute")),
    (ProofOutcome.ON_TIME, Sign(_("Đúng hạn"), "check", "good")),
    (ProofOutcome.LATE, Sign(_("Trễ hạn"), "warn", "warn")),
    (ProofOutcome.NOT_NEEDED, Sign(_("Không phải sửa"), "check", "good")),
    (ProofOutcome.NOT_APPLICABLE, Sign(_("Không liên quan"), "check", "mute")),
    (ProofOutcome.PENDING, Sign(_("Đang thực hiện"), "clock", "wait")),
    (ProofOutcome.OVERDUE, Sign(_("Quá hạn, chưa cập nhật"), "warn", "bad")),
    (ItemState.OPEN, Sign(_("Chưa quyết định"), "question", "warn")),
    (ItemState.DECIDED, Sign(_("Đã quyết định, chưa làm"), "clock", "wait")),
    (ItemState.DRAFTED, Sign(_("Đang soạn"), "pen", "wait")),
    (ItemState.IN_REVIEW, Sign(_("Đang trình duyệt"), "clock", "wait")),
    (ItemState.APPROVED, Sign(_("Đã duyệt, chờ ban hành"), "check", "wait")),
    (ItemState.SCHEDULED, Sign(_("Đã ban hành, chưa đến ngày"), "clock", "wait")),
    (ItemState.ANSWERED, Sign(_("Đã cập nhật"), "check", "good")),
    (ItemState.CLEARED, Sign(_("Đã xác nhận"), "check", "good")),
    (PackageStanding.WAITING, Sign(_("Đang đọc"), "clock", "wait")),
    (PackageStanding.REPLACES, Sign(_("Thay thế"), "check", "good")),
    (PackageStanding.NEW, Sign(_("Mới"), "check", "good")),
    (PackageStanding.SAME, Sign(_("Không đổi"), "check", "mute")),
    (PackageStanding.UNCLEAR, Sign(_("Chưa rõ"), "question", "warn")),
    (PackageStanding.UNREADABLE, Sign(_("Không đọc được"), "stop", "bad")),
    (PackageStanding.LEFT_OUT, Sign(_("Để lại"), "back", "mute")),
    (PackageStanding.TAKEN, Sign(_("Đã nhập"), "check", "good")),
    (ObsoleteKind.DEAD_BASIS, Sign(_("Căn cứ đã hết hiệu lực"), "stop", "bad")),
    (ObsoleteKind.FORM_SOURCE_ENDED, Sign(_("Mẫu theo văn bản đã hết hiệu lực"), "stop", "bad")),
    (ObsoleteKind.TTHC_ENDED, Sign(_("Thủ tục đã bãi bỏ hoặc đổi mã"), "stop", "bad")),
    (ObsoleteKind.SUSPECT_BASIS, Sign(_("Cần rà soát"), "warn", "warn")),
    (ObsoleteKind.PAST_REVIEW, Sign(_("Quá hạn xem lại"), "clock", "warn")),
    (ObsoleteKind.ABOLISHED_NAME, Sign(_("Tên gọi đã bãi bỏ"), "pen", "warn")),
    (ObsoleteKind.UNKNOWN_BASIS, Sign(_("Chưa rõ hiệu lực"), "question", "mute")),
    (ObsoleteKind.UNLINKED, Sign(_("Văn bản ghi thiếu số, ký hiệu"), "question", "mute")),
    (ObsoleteKind.NOT_EXAMINED, Sign(_("Phải xem bằng mắt"), "question", "mute")),
)

_WORDS: tuple[tuple[StrEnum, object], ...] = (
    (DocumentType.POLICY, _("Chính sách chất lượng")),
    (DocumentType.MANUAL, _("Sổ tay chất lượng")),
    (DocumentType.PROCEDURE, _("Quy trình")),
    (DocumentType.INSTRUCTION, _("Hướng dẫn công việc")),
    (DocumentType.FORM, _("Biểu mẫu")),
    (Part.TITLE, _("Tên tài liệu")),
    (Part.SECTION, _("Đề mục")),
    (Part.STEP, _("Bước thực hiện")),
    (Part.RESPONSIBLE, _("Trách nhiệm")),
    (Part.TIME, _("Thời gian từng bước")),
    (Part.TIME_LIMIT, _("Tổng thời hạn")),
    (Part.FEE, _("Phí, lệ phí")),
    (Part.FORM, _("Biểu mẫu")),
    (Part.RECORD, _("Hồ sơ lưu")),
    (Part.RETENTION, _("Nơi lưu, thời gian lưu")),
    (Part.BASIS, _("Căn cứ pháp lý")),
    (CoverField.CODE, _("mã hiệu")),
    (CoverField.ISSUE, _("lần ban hành")),
    (CoverField.REVISION, _("lần sửa đổi")),
    (CoverField.ISSUED, _("ngày ban hành")),
    (CoverField.EFFECTIVE, _("ngày hiệu lực")),
    (CoverField.SHEET, _("bảng theo dõi sửa đổi")),
    (IssuanceKind.ISSUE, _("Ban hành")),
    (IssuanceKind.REISSUE, _("Ban hành lại")),
    (IssuanceKind.ADOPT, _("Áp dụng tài liệu cấp trên")),
    (IssuanceKind.CORRECT, _("Đính chính")),
    (IssuanceKind.RETIRE, _("Ngừng áp dụng")),
    (IssuanceKind.RECORD, _("Ghi nhận tài liệu đã ban hành")),
    (ItemRole.NEW, _("Ban hành mới")),
    (ItemRole.REPLACES, _("Thay thế lần trước")),
    (ItemRole.RETIRES, _("Ngừng áp dụng")),
    (CopyFate.RETURNED, _("Đã thu về")),
    (CopyFate.DESTROYED, _("Đã hủy")),
    (CopyFate.LOST, _("Báo mất")),
    (RelationKind.REPLACES, _("Thay thế")),
    (RelationKind.REPEALS, _("Bãi bỏ")),
    (RelationKind.SUSPENDS, _("Ngưng hiệu lực")),
    (RelationKind.AMENDS, _("Sửa đổi, bổ sung")),
    (RelationKind.CORRECTS, _("Đính chính")),
    (RelationKind.CONSOLIDATES, _("Hợp nhất")),
    (RelationKind.GUIDES, _("Hướng dẫn")),
    (RelationKind.IMPLEMENTS, _("Quy định chi tiết")),
    (RelationKind.BASIS, _("Căn cứ")),
    (ImpactDecision.REVISE, _("Sửa tài liệu")),
    (ImpactDecision.APPLY_NOW, _("Áp dụng ngay, sửa sau")),
    (ImpactDecision.RETIRE, _("Ngừng áp dụng")),
    (ImpactDecision.NO_CHANGE, _("Không phải sửa")),
    (ImpactDecision.NOT_APPLICABLE, _("Không liên quan")),
    (ImpactReason.DIRECT, _("Viện dẫn trực tiếp")),
    (ImpactReason.TTHC, _("Thủ tục hành chính thay đổi")),
    (ImpactReason.FAMILY, _("Quy trình, biểu mẫu đi kèm")),
    (ImpactReason.CASCADE, _("Qua văn bản hướng dẫn")),
    (ImpactReason.RELATED, _("Liên quan xa")),
    (ImpactReason.TEXT, _("Có nhắc tới trong nội dung")),
    (TthcChange.NEW, _("Công bố mới")),
    (TthcChange.AMENDED, _("Sửa đổi, bổ sung")),
    (TthcChange.RECODED, _("Đổi mã")),
    (TthcChange.ABOLISHED, _("Bãi bỏ")),
    (TthcSource.PUBLISHED, _("Quyết định công bố")),
    (TthcSource.INTERNAL, _("Quy trình nội bộ")),
    (MatchReason.CODE, _("Mã in trong tài liệu")),
    (MatchReason.SUCCESSOR, _("Mã cũ đã đổi sang mã này")),
    (MatchReason.SAME_NAME, _("Trùng tên")),
    (MatchReason.LIKE_NAME, _("Tên gần giống")),
    (DecisionKind.REVIEW, _("Xem xét")),
    (DecisionKind.APPROVAL, _("Phê duyệt")),
    (SigningForm.HEAD, _("Người đứng đầu ký")),
    (SigningForm.TM, _("TM. (thay mặt tập thể)")),
    (SigningForm.KT, _("KT. (ký thay)")),
    (SigningForm.TL, _("TL. (thừa lệnh)")),
    (SigningForm.TUQ, _("TUQ. (thừa ủy quyền)")),
    (FormSource.INSTRUMENT, _("Kèm theo văn bản quy phạm pháp luật")),
    (FormSource.INTERNAL, _("Nội bộ, cơ quan tự ban hành")),
    (FormSource.SOFTWARE, _("In từ phần mềm")),
    (Role.READER, _("Người tra cứu")),
    (Role.AUTHOR, _("Người soạn")),
    (Role.APPROVER, _("Người phê duyệt")),
    (Role.OFFICER, _("Thư ký ISO")),
    (Role.CLERK, _("Văn thư")),
    (Role.AUDITOR, _("Chuyên gia đánh giá nội bộ")),
    (Role.INSPECTOR, _("Đoàn kiểm tra")),
    (Role.ADMINISTRATOR, _("Quản trị hệ thống")),
)

# members of two enums with the same value are equal as keys: the kind must be part of the key
SIGNS: Mapping[tuple[type[StrEnum], str], Sign] = {(type(key), key.value): sign for key, sign in _SIGNS}
WORDS: Mapping[tuple[type[StrEnum], str], object] = {
    **{key: sign.words for key, sign in SIGNS.items()},
    **{(type(key), key.value): words for key, words in _WORDS},
}

INCOMING: Mapping[RelationKind, object] = {
    RelationKind.REPLACES: _("Bị thay thế bởi"),
    RelationKind.REPEALS: _("Bị bãi bỏ bởi"),
    RelationKind.SUSPENDS: _("Bị ngưng hiệu lực bởi"),
    RelationKind.AMENDS: _("Được sửa đổi, bổ sung bởi"),
    RelationKind.CORRECTS: _("Được đính chính bởi"),
    RelationKind.CONSOLIDATES: _("Được hợp nhất trong"),
    RelationKind.GUIDES: _("Được hướng dẫn bởi"),
    RelationKind.IMPLEMENTS: _("Được quy định chi tiết bởi"),
    RelationKind.BASIS: _("Là căn cứ của"),
}

_PARTS = {
    "part": _("Phần"),
    "chp": _("Chương"),
    "sec": _("Mục"),
    "subsec": _("Tiểu mục"),
    "art": _("Điều"),
    "para": _("khoản"),
    "point": _("điểm"),
    "subpoint": _("tiết"),
    "annex": _("Phụ lục"),
    "form": _("Mẫu số"),
}


def word(value: StrEnum) -> str:
    """Return the word of the field for a stored value."""
    return str(WORDS[type(value), value.value])


def as_choices(values: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Return closed values with their words, for a field to choose from."""
    return [(value.value, word(value)) for value in values]


def of_cover(done: EditedCover) -> Iterable[str]:
    """Yield what was written on a cover and what was left, as sentences."""
    if done.written:
        yield str(_("Đã ghi vào tệp: %(fields)s.")) % {"fields": ", ".join(map(word, done.written))}
    elif not done.left:
        yield str(_("Trong tệp đã ghi đúng rồi, không phải ghi lại."))
    for field, reason in done.left:
        yield f"{word(field).capitalize()}: {reason}"


def package_words() -> dict[str, str]:
    """Return the words for where the files of a package stand."""
    return {value.value: word(value) for value in PackageStanding}


def sheet_words() -> dict[str, str]:
    """Return the words for closed values that stand in exported lists."""
    kinds: tuple[type[StrEnum], ...] = (
        DocumentType,
        DayStatus,
        InstrumentStatus,
        RelationKind,
        CopyFate,
    )
    return {value.value: word(value) for kind in kinds for value in kind}


def proof_words() -> dict[str, str]:
    """Return the words for how documents followed a change, in exported tables."""
    return {value.value: word(value) for value in ProofOutcome}


def sign(value: StrEnum) -> Sign:
    """Return how a status is shown."""
    return SIGNS[type(value), value.value]


def incoming(kind: RelationKind) -> str:
    """Return the relation as the instrument reads it that suffers it."""
    return str(INCOMING[kind])


def day(value: date | None) -> str:
    """Return a day as Vietnamese papers write it, ``05/03/2026``; nothing for none."""
    return format_date(value, DAY) if value else ""


def last_day(until: date) -> str:
    """Return the last day of an interval that ends before ``until``."""
    return day(until - timedelta(days=1))


def moment(value: datetime | None) -> str:
    """Return an instant in the agency's zone, ``14:05, 05/03/2026``; nothing for none."""
    return format_datetime(value, f"HH:mm, {DAY}") if value else ""


def edition(label: str) -> str:
    """Return ``01.02`` as covers write it: lần ban hành 01 - lần sửa đổi 02; a bare issue without the zero."""
    issue, revision = issue_number(label), revision_number(label)
    if not revision:
        return str(_("Lần ban hành %(issue)s", issue=issue))
    return str(_("Lần ban hành %(issue)s - Lần sửa đổi %(revision)s", issue=issue, revision=revision))


def issue_number(label: str) -> str:
    """Return the issue of an edition: 01 of ``01.02``."""
    return label.partition(".")[0]


def revision_number(label: str) -> str:
    """Return the amendment of an edition: 02 of ``01.02``; nothing where it was not amended yet."""
    number = label.partition(".")[2]
    return number if number.strip("0") else ""


def provisions(ids: str) -> str:
    """Return provision ids as people cite them: ``art_5__para_2__point_a`` is điểm a khoản 2 Điều 5."""
    return "; ".join(_provision(one) for one in ids.replace(",", " ").replace(";", " ").split())


def _provision(one: str) -> str:
    parts = [part.partition("_") for part in one.split("__")]
    return " ".join(f"{_PARTS.get(kind, kind)} {number}" for kind, _bar, number in reversed(parts))


def by_instrument(lines: Iterable[RelationLine]) -> list[tuple[RelationLine, str]]:
    """Return each relation to another instrument once, with all provisions that it touches."""
    found: dict[tuple[object, ...], tuple[RelationLine, list[str]]] = {}
    for line in lines:
        _line, touched = found.setdefault((line.kind, line.other, line.starts), (line, []))
        touched.append(line.provisions)
    return [(line, provisions(" ".join(touched))) for line, touched in found.values()]


def of_kind(lines: Iterable[ObsoleteLine], kind: ObsoleteKind) -> list[ObsoleteLine]:
    """Return the documents that a kind of reason concerns."""
    return [line for line in lines if any(reason.kind is kind for reason in line.reasons)]


def lower_headings(html: str) -> str:
    """Return a text's HTML with its first headings on the second level, since the page's own title is the first.

    A Word file has its title in a table: the headings that remain must not leave a level out.
    """
    highest = min((int(level) for level in re.findall(r"<h([1-6])\b", html)), default=2)
    return re.sub(r"<(/?)h([1-6])\b", lambda m: f"<{m[1]}h{min(int(m[2]) - highest + 2, 6)}", html)
