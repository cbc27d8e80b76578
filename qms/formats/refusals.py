"""Why a file is not taken in: each refusal carries the importer's warning code and says what to do."""

from __future__ import annotations

from typing import ClassVar

from qms.errors import WrongUse
from qms.model.enums import WarningCode


class Unacceptable(WrongUse):
    """A file that is refused before or while it is read; nothing of it is kept."""

    code = "unacceptable"
    warning: ClassVar[WarningCode] = WarningCode.UNREADABLE
    sentence = "Không đọc được tệp này; hãy mở bằng Word, lưu lại dạng .docx rồi gửi lại."


class TooLarge(Unacceptable):
    """More bytes than an upload may have."""

    code = "too_large"
    warning = WarningCode.TOO_LARGE
    sentence = "Tệp nặng {size} MB, vượt mức {limit} MB; hãy nén ảnh trong tệp hoặc tách tệp rồi gửi lại."


class TooMuchInside(Unacceptable):
    """A package that unfolds to more than may be read (a zip bomb, or a document without reasonable end)."""

    code = "too_much_inside"
    warning = WarningCode.TOO_LARGE
    sentence = "Nội dung bên trong tệp quá lớn ({what}); hãy bỏ bớt ảnh và đối tượng nhúng rồi gửi lại."


class TooDeep(Unacceptable):
    """Structure nested beyond what any real document has."""

    code = "too_deep"
    warning = WarningCode.HOSTILE
    sentence = "Tệp có {what} lồng nhau quá sâu; hãy chép nội dung sang tệp mới rồi gửi lại."


class HostileXml(Unacceptable):
    """An XML part with a document type declaration or entities, which no Word file needs."""

    code = "hostile_xml"
    warning = WarningCode.HOSTILE
    sentence = (
        "Tệp chứa khai báo XML không an toàn ({part}); hãy mở bằng Word, lưu thành tệp mới rồi gửi lại."
    )


class UnsafeName(Unacceptable):
    """A part whose name leads out of the package, or hides what it is."""

    code = "unsafe_name"
    warning = WarningCode.HOSTILE
    sentence = (
        "Tệp chứa phần mang tên không an toàn ({part}); hãy mở bằng Word, lưu thành tệp mới rồi gửi lại."
    )


class HasMacros(Unacceptable):
    """A document with macros."""

    code = "has_macros"
    warning = WarningCode.HOSTILE
    sentence = "Tệp có macro; hãy lưu lại dạng «Word Document (*.docx)», không kèm macro, rồi gửi lại."


class LoadsFromOutside(Unacceptable):
    """A document that would fetch a template, frame or object from elsewhere when it is opened."""

    code = "loads_from_outside"
    warning = WarningCode.HOSTILE
    sentence = "Tệp tự tải nội dung từ bên ngoài ({target}); hãy bỏ liên kết đó (mẫu, đối tượng) rồi gửi lại."


class Encrypted(Unacceptable):
    """A document behind a password."""

    code = "encrypted"
    warning = WarningCode.ENCRYPTED
    sentence = "Tệp đang đặt mật khẩu; hãy bỏ mật khẩu trong Word rồi gửi lại."


class EncryptedPdf(Unacceptable):
    """A PDF behind a password."""

    code = "encrypted_pdf"
    warning = WarningCode.ENCRYPTED
    sentence = "Tệp PDF đang đặt mật khẩu; hãy lưu lại bản không mật khẩu rồi gửi lại."


class OldWord(Unacceptable):
    """A binary Word file of before 2007."""

    code = "old_word"
    warning = WarningCode.WRONG_EXTENSION
    sentence = "Tệp là Word đời cũ (.doc); hãy mở bằng Word, chọn Lưu thành (Save As) dạng .docx rồi gửi lại."


class NoOffice(Unacceptable):
    """A binary Word file on a machine without LibreOffice, which alone can read it."""

    code = "no_office"
    warning = WarningCode.WRONG_EXTENSION
    sentence = (
        "Tệp là Word đời cũ (.doc), máy chủ chưa cài LibreOffice nên không đọc được; hãy mở bằng Word, lưu thành .docx "
        "rồi gửi lại, hoặc nhờ quản trị cài LibreOffice."
    )


class NoUnpacker(Unacceptable):
    """A RAR archive on a machine without a program that opens it."""

    code = "no_unpacker"
    warning = WarningCode.WRONG_EXTENSION
    sentence = (
        "Tệp nén .rar, máy chủ chưa cài chương trình mở (unar hoặc bsdtar); hãy giải nén rồi tải các tệp lên, "
        "hoặc nhờ quản trị cài unar."
    )


class PdfFile(Unacceptable):
    """A PDF, from which parts cannot be read."""

    code = "pdf_file"
    warning = WarningCode.WRONG_EXTENSION
    sentence = "Tệp là PDF; hãy gửi bản Word (.docx) của tài liệu, bản PDF có thể đính kèm sau."


class WordTemplate(Unacceptable):
    """A Word template, which Word itself would not open as a document."""

    code = "word_template"
    warning = WarningCode.WRONG_EXTENSION
    sentence = "Tệp là khuôn mẫu Word (.dotx); hãy mở bằng Word, lưu thành .docx rồi gửi lại."


class NotADocument(Unacceptable):
    """Neither a Word document nor Markdown."""

    code = "not_a_document"
    warning = WarningCode.NOT_A_DOCUMENT
    sentence = "Tệp không phải tài liệu Word (.docx) hay Markdown (.md); hãy chọn đúng tệp tài liệu."


class NotWhatItsNameSays(Unacceptable):
    """Plain text under the name of another format (often a web page saved as ``.doc``)."""

    code = "not_what_its_name_says"
    warning = WarningCode.WRONG_EXTENSION
    sentence = "Tệp có đuôi {extension} nhưng nội dung là văn bản thuần; hãy mở bằng Word và lưu thành .docx."


class EmptyFile(Unacceptable):
    """A file without any content."""

    code = "empty_file"
    warning = WarningCode.NOT_A_DOCUMENT
    sentence = "Tệp rỗng, không có nội dung; hãy kiểm tra lại tệp rồi gửi lại."


class Damaged(Unacceptable):
    """A file that is cut off or broken inside."""

    code = "damaged"
    warning = WarningCode.UNREADABLE
    sentence = "Tệp bị hỏng hoặc bị cắt cụt ({what}); hãy mở bằng Word, lưu lại dạng .docx rồi gửi lại."


class MarkdownTooComplex(Unacceptable):
    """Markdown beyond the bounds of ``design.md`` §8."""

    code = "markdown_too_complex"
    warning = WarningCode.TOO_LARGE
    sentence = "Văn bản Markdown vượt giới hạn: {what}; hãy rút gọn hoặc tách đoạn."


class BadFrontMatter(Unacceptable):
    """A YAML head that cannot be read."""

    code = "bad_front_matter"
    warning = WarningCode.UNREADABLE
    sentence = (
        "Phần khai báo ở đầu tệp Markdown không đọc được ({what}); hãy viết lại theo dạng «tên: giá trị»."
    )


class BadTable(Unacceptable):
    """A CSV, XLSX or JSONL file that cannot be read as rows."""

    code = "bad_table"
    warning = WarningCode.UNREADABLE
    sentence = "Không đọc được bảng dữ liệu ({what}); hãy lưu lại dạng CSV (UTF-8) hoặc XLSX rồi thử lại."


class TooLongToPrint(Unacceptable):
    """More paragraphs and cells than can be laid out within the bounds of memory."""

    code = "too_long_to_print"
    sentence = (
        "Tài liệu có {count} đoạn và ô bảng, quá {limit} nên không dựng được trang in; hãy tách tài liệu."
    )


class BadTemplate(Unacceptable):
    """A print template that does not compile."""

    code = "bad_template"
    sentence = "Mẫu in «{name}» có lỗi ({reason}); hãy báo người quản trị."


class GaveUp(Unacceptable):
    """The reading took more time or memory than one file may."""

    code = "gave_up"
    warning = WarningCode.UNREADABLE
    sentence = "Đã dừng đọc tệp vì tốn quá nhiều {what}; hãy chép nội dung sang tệp .docx mới rồi gửi lại."
