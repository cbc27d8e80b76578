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
LEVEL: Mapping[str, str] = {"info": "thông tin", "work": "cần làm", "damage": "hư hỏng"}
