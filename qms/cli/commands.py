"""The table of contents: every command, where it lives and what it does; nothing is imported before it is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from qms.cli.house import House
from qms.errors import WrongUse

COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("founding:init", "Lập hệ thống mới trong một thư mục trống."),
    "demo": ("serving:demo", "Mở cơ quan mẫu trên máy này để xem thử."),
    "serve": ("serving:serve", "Chạy trang web, kèm việc nền."),
    "worker": ("serving:worker", "Chỉ chạy việc nền."),
    "upgrade": ("founding:upgrade", "Nâng cơ sở dữ liệu lên phiên bản này, sau khi sao lưu."),
    "person": ("people:person", "Thêm người dùng, cấp liên kết đăng nhập."),
    "password": ("people:password", "Đặt mật khẩu."),
    "import": ("importing:import_", "Nhập tệp Word hoặc Markdown: tệp lẻ, thư mục, zip."),
    "draft": ("drafting:draft", "Bắt đầu bản soạn mới hoặc thay nội dung bản đang soạn."),
    "submit": ("deciding:submit", "Trình bản soạn để xem xét, phê duyệt."),
    "review": ("deciding:review", "Ghi ý kiến xem xét."),
    "approve": ("deciding:approve", "Phê duyệt nội dung."),
    "return": ("deciding:return_", "Trả lại người soạn, kèm lý do."),
    "withdraw": ("deciding:withdraw", "Rút lại bản chưa đến ngày hiệu lực."),
    "issue": ("issuing:issue", "Ghi quyết định ban hành các bản đã phê duyệt."),
    "retire": ("issuing:retire", "Ghi quyết định ngừng áp dụng tài liệu."),
    "search": ("finding:search", "Tìm tài liệu đang áp dụng, có dấu hoặc không dấu."),
    "check-form": (
        "checking_forms:check_form",
        "Một tờ mẫu, trống hay đã điền: là mẫu nào, lần ban hành nào, còn áp dụng không.",
    ),
    "show": ("reading:show", "Xem một tài liệu."),
    "history": ("reading:history", "Xem các lần ban hành của một tài liệu."),
    "diff": ("reading:diff", "So hai lần ban hành."),
    "print": ("printing:print_", "In một tài liệu: PDF, hoặc tệp Word có mã kiểm tra."),
    "compare": ("papers:compare", "Bảng so sánh bản đang soạn với bản đang áp dụng (Word)."),
    "paper": ("papers:paper", "Giấy tờ từ hồ sơ: danh mục, bảng theo dõi, phiếu, bộ trình ký (Word)."),
    "register": ("reading:register", "Danh mục tài liệu, hoặc danh mục tài liệu bên ngoài."),
    "legal": ("law:legal", "Sổ văn bản pháp luật và tác động khi luật thay đổi."),
    "tthc": ("tthc:tthc", "Danh mục thủ tục hành chính, thời hạn, quy trình gắn với từng thủ tục."),
    "cite": ("law:cite", "Tìm các viện dẫn pháp luật trong văn bản thuần."),
    "rebuild": ("keeping:rebuild", "Dựng lại cơ sở dữ liệu và chỉ mục từ kho tài liệu."),
    "verify": ("keeping:verify", "Kiểm tra kho tài liệu: nội dung, chữ ký, nhật ký."),
    "doctor": ("keeping:doctor", "Khám toàn bộ hệ thống và làm nốt việc dang dở."),
}

LEGAL: Mapping[str, tuple[str, str]] = {
    "import": ("law_register:take_in", "Nhập bảng văn bản, bảng quan hệ, bảng TTHC (CSV, XLSX, JSONL)."),
    "list": ("law_register:listing", "Liệt kê văn bản và hiệu lực trong một ngày."),
    "missing": ("law_register:missing", "Văn bản được viện dẫn mà sổ chưa có."),
    "export": ("law_register:export", "Ghi sổ văn bản ra tệp CSV, XLSX hoặc JSONL."),
    "intake": (
        "intake:intake",
        "Đọc văn bản mới (Word, PDF, văn bản thuần): hiệu lực, thay thế, bãi bỏ, sửa đổi gì.",
    ),
    "impact": ("law:impact", "Tài liệu nào chịu tác động của một văn bản."),
    "obsolete": (
        "obsolete:obsolete",
        "Tài liệu đang áp dụng mà cần xử lý: căn cứ, thủ tục, tên gọi, hạn xem lại.",
    ),
    "changes": ("reviewing:listing", "Các đợt rà soát khi luật thay đổi: tiến độ, hạn."),
    "open": ("reviewing:open_", "Mở đợt rà soát cho một văn bản mới."),
    "proof": ("reviewing:proof", "Bảng theo dõi cập nhật văn bản quy phạm pháp luật."),
}

TTHC: Mapping[str, tuple[str, str]] = {
    "list": ("tthc:listing", "Liệt kê danh mục thủ tục trong một ngày."),
    "show": ("tthc:show", "Xem một thủ tục: thời hạn, lịch sử, quy trình và ba thời gian."),
    "import": ("tthc:take_in", "Nhập quyết định TTHC (Word, Excel, CSV, JSONL)."),
    "propose": ("tthc:propose", "Đề xuất thủ tục cho một quy trình."),
    "link": ("tthc:link", "Gắn quy trình với thủ tục."),
}

PERSON: Mapping[str, tuple[str, str]] = {
    "add": ("people:add", "Thêm một người và in liên kết đăng nhập dùng một lần."),
    "link": ("people:link", "Cấp liên kết đăng nhập mới dùng một lần."),
}


class UnknownCommand(WrongUse):
    """A word that is no command."""

    code = "unknown_command"
    sentence = "Không có lệnh «{name}»; gõ «{group} --help» để xem các lệnh."


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called; ``--help`` reads the table only."""

    def __init__(self, *, table: Mapping[str, tuple[str, str]], **settings: Any) -> None:
        super().__init__(**settings)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command and give it its sentence and the options that every command has."""
        if cmd_name not in self.table:
            return None
        place, sentence = self.table[cmd_name]
        module, _, attribute = place.partition(":")
        command: click.Command = getattr(import_module(f"qms.cli.{module}"), attribute)
        command.name, command.help = cmd_name, sentence
        if not any(parameter.name == "home" for parameter in command.params):
            command.params.extend(where_and_how())
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; raises ``UnknownCommand``."""
        if args and args[0] not in self.table and not args[0].startswith("-"):
            raise UnknownCommand(name=args[0], group=ctx.command_path)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table."""
        with formatter.section("Các lệnh"):
            formatter.write_dl([(name, sentence) for name, (_place, sentence) in self.table.items()])


def where_and_how() -> list[click.Parameter]:
    """Return the options that may stand before or after any command: where the instance lies, its language."""
    return [
        click.Option(
            ["--home"],
            type=click.Path(path_type=Path),
            expose_value=False,
            callback=_settle,
            help="Thư mục hệ thống (mặc định: QMS_HOME, nếu không có: ./instance).",
        ),
        click.Option(
            ["--lang"],
            type=click.Choice(("vi", "en")),
            expose_value=False,
            callback=_settle,
            help="Ngôn ngữ của trang web.",
        ),
    ]


def _settle(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    house: House = ctx.find_root().obj
    house.settle_in(**{str(parameter.name): value})
