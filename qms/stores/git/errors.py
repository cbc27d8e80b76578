"""What can go wrong in the published record, each with the sentence for the person who has to look."""

from __future__ import annotations

from qms.errors import Fault


class GitFailed(Fault):
    """A git command ended with an error."""

    code = "git_failed"
    sentence = "Lệnh git «{command}» không chạy được ({reason}); hãy chạy «qms doctor» rồi thử lại."


class CannotWrite(Fault):
    """The disk or the folder does not take the files of the published record."""

    code = "cannot_write"
    sentence = "Không ghi được vào kho công bố ({reason}); hãy kiểm tra dung lượng và quyền ghi rồi thử lại."


class StoreBusy(Fault):
    """Another process held the writer lock for too long."""

    code = "store_busy"
    sentence = "Kho công bố đang được tiến trình khác ghi quá {seconds:g} giây; hãy thử lại sau ít phút."


class StoreUnreadable(Fault):
    """The folder is no repository of ours, or an object in it cannot be read."""

    code = "store_unreadable"
    sentence = (
        "Không đọc được kho công bố ({reason}); hãy chạy «qms verify» và khôi phục từ bản sao lưu nếu cần."
    )


class WrittenBesides(Fault):
    """Somebody moved ``main`` without holding the writer lock."""

    code = "written_besides"
    sentence = "Kho công bố vừa bị ghi ngoài quy trình, lần công bố này chưa được lưu; hãy chạy «qms verify»."


class NotTheDecidedContent(Fault):
    """The files handed in are not those that the act says were decided."""

    code = "not_the_decided_content"
    sentence = (
        "Tệp của {what} không khớp với nội dung đã được quyết định; không công bố, hãy báo người quản trị."
    )


class CannotSign(Fault):
    """``ssh-keygen`` or the signing key is missing or refuses."""

    code = "cannot_sign"
    sentence = "Không ký được lần công bố ({reason}); hãy kiểm tra khóa ký và chương trình ssh-keygen."
