"""The closed values of the contracts in the words of the field (``domain.md`` §7)."""

from __future__ import annotations

from collections.abc import Mapping

STATUS: Mapping[str, str] = {
    "scheduled": "chưa đến ngày",
    "effective": "đang áp dụng",
    "transition": "chuyển tiếp",
    "superseded": "đã thay thế",
    "retired": "ngừng áp dụng",
}
FORM_VERDICT: Mapping[str, str] = {
    "current": "CÒN ÁP DỤNG",
    "source_ended": "CĂN CỨ ĐÃ HẾT HIỆU LỰC",
    "altered": "giống nhưng lời in sẵn có chỗ khác, chưa thể nói là còn áp dụng",
    "unsure": "giống nhiều bản như nhau, chưa chắc là bản nào",
    "depends": "tùy thủ tục: còn dùng ở tài liệu này, đã bị thay ở tài liệu khác",
    "transition": "MẪU CŨ, chỉ dùng cho hồ sơ chuyển tiếp",
    "scheduled": "CHƯA ÁP DỤNG",
    "replaced": "MẪU CŨ, ĐÃ BỊ THAY THẾ",
    "retired": "ĐÃ NGỪNG ÁP DỤNG",
}
TYPE: Mapping[str, str] = {
    "policy": "chính sách",
    "manual": "sổ tay",
    "procedure": "quy trình",
    "instruction": "hướng dẫn",
    "form": "biểu mẫu",
}
IMPORT: Mapping[str, str] = {
    "imported": "đã nhập",
    "review": "cần xem lại",
    "refused": "từ chối",
    "unchanged": "không đổi",
}
MATCH: Mapping[str, str] = {"new": "tài liệu mới", "next_revision": "lần ban hành tiếp", "same": "đã có"}
INSTRUMENT: Mapping[str, str] = {
    "future": "chưa có hiệu lực",
    "in_force": "còn hiệu lực",
    "partly_expired": "hết hiệu lực một phần",
    "expired": "hết hiệu lực",
    "suspended": "tạm ngưng",
    "unknown": "chưa rõ hiệu lực",
}
VERDICT: Mapping[str, str] = {
    "live": "còn dùng được",
    "suspect": "cần rà soát",
    "dead": "căn cứ đã hết hiệu lực",
    "unknown": "chưa rõ",
}
RELATION: Mapping[str, str] = {
    "replaces": "thay thế",
    "repeals": "bãi bỏ",
    "suspends": "tạm ngưng",
    "amends": "sửa đổi",
    "corrects": "đính chính",
    "consolidates": "hợp nhất",
    "guides": "hướng dẫn",
    "implements": "quy định chi tiết",
    "basis": "làm căn cứ",
}
DECISION: Mapping[str, str] = {
    "revise": "sửa tài liệu",
    "apply_now": "áp dụng ngay, sửa sau",
    "retire": "ngừng áp dụng",
    "no_change": "không cần sửa",
    "not_applicable": "không liên quan",
}
ITEM: Mapping[str, str] = {
    "open": "chưa quyết định",
    "decided": "đã quyết định",
    "drafted": "đang soạn",
    "in_review": "đang trình duyệt",
    "approved": "đã duyệt, chờ ban hành",
    "scheduled": "đã ban hành, chưa đến ngày",
    "answered": "đã cập nhật",
    "cleared": "đã xác nhận xong",
}
PROOF: Mapping[str, str] = {
    "on_time": "đúng hạn",
    "late": "trễ hạn",
    "not_needed": "không cần sửa",
    "not_applicable": "không liên quan",
    "pending": "đang làm, còn hạn",
    "overdue": "quá hạn, chưa xong",
}
LEVEL: Mapping[str, str] = {"info": "thông tin", "work": "cần làm", "damage": "hư hỏng"}
OBSOLETE: Mapping[str, str] = {
    "dead_basis": "Căn cứ đã hết hiệu lực",
    "form_source_ended": "Biểu mẫu theo văn bản đã hết hiệu lực",
    "tthc_ended": "Thủ tục hành chính đã bãi bỏ hoặc đổi mã",
    "suspect_basis": "Căn cứ đã được sửa đổi, cần rà soát",
    "past_review": "Quá hạn xem lại",
    "abolished_name": "Còn dùng tên đã bãi bỏ",
    "unknown_basis": "Chưa rõ hiệu lực của căn cứ",
    "unlinked": "Nhắc đến văn bản mà không ghi đủ số, ký hiệu",
    "not_examined": "Không đọc được căn cứ nào, phải xem bằng mắt",
}
OBSOLETE_BY: Mapping[str, str] = {"abolished_name": "nay là", "tthc_ended": "theo", "past_review": "hạn"}
NEXT_ACT: Mapping[str, str] = {
    "dead_basis": "Việc cần làm: mở đợt rà soát, thay căn cứ",
    "form_source_ended": "Việc cần làm: thay mẫu theo văn bản mới hoặc ngừng áp dụng",
    "tthc_ended": "Việc cần làm: ngừng áp dụng, hoặc gắn với mã mới",
    "suspect_basis": "Việc cần làm: mở đợt rà soát",
    "past_review": "Việc cần làm: xem lại định kỳ",
    "abolished_name": "Việc cần làm: soạn bản mới với tên hiện hành",
    "unknown_basis": "Việc cần làm: bổ sung văn bản vào sổ",
    "unlinked": "Việc cần làm: ghi đủ số, ký hiệu trong bản sau",
    "not_examined": "Việc cần làm: xem bằng mắt khi pháp luật thay đổi",
}


def sheet() -> Mapping[str, str]:
    """Return the words for closed values that stand in exported lists, as lists begin a cell."""
    every = {**TYPE, **STATUS, **INSTRUMENT, **RELATION}
    return {value: words[:1].upper() + words[1:] for value, words in every.items()}


TTHC: Mapping[str, str] = {
    "unknown": "chưa rõ",
    "future": "chưa đến ngày",
    "published": "đang công bố",
    "recoded": "đã đổi mã",
    "abolished": "đã bãi bỏ",
}
TTHC_CHANGE: Mapping[str, str] = {
    "new": "công bố mới",
    "amended": "sửa đổi",
    "recoded": "đổi mã",
    "abolished": "bãi bỏ",
}
