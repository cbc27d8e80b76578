"""A real instance of any size, made by the use cases themselves: packages recorded by one decision each."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from qms.bootstrap import QMS, build, create
from qms.config import Config
from qms.jobs.runner import drain
from qms.usecases import importing
from qms.usecases.candidates import Source
from tests import house

T = TypeVar("T")

PER_ACT = 35
"""Documents of one decision, as in the real packages."""

FRONT = "---\nmã hiệu: {code}\ntên: {title}\ncơ quan ban hành: UBND xã Mẫu Thử\nlần ban hành: 1\n---\n"
WHAT = (
    "Đăng ký",
    "Cấp lại",
    "Chứng thực",
    "Xác nhận",
    "Thu hồi",
    "Công nhận",
    "Hỗ trợ",
    "Giải quyết",
    "Cho phép",
)
OF = (
    "khai sinh", "kết hôn", "khai tử", "giám hộ", "bản sao từ sổ gốc", "hợp đồng", "chữ ký", "tình trạng hôn nhân",
    "quyền sử dụng đất", "người có công", "hộ nghèo", "khiếu nại", "tố cáo", "nuôi con nuôi", "cư trú", "giấy phép",
)  # fmt: skip
FOR = (
    "tại xã",
    "có yếu tố nước ngoài",
    "cho người cao tuổi",
    "theo ủy quyền",
    "trực tuyến",
    "lưu động",
    "cho trẻ em",
)
SENTENCES = (
    "Công chức tiếp nhận kiểm tra thành phần hồ sơ, đối chiếu bản chính và vào sổ theo dõi.",
    "Trường hợp hồ sơ chưa đầy đủ thì hướng dẫn bằng phiếu, nêu rõ giấy tờ còn thiếu.",
    "Thời hạn giải quyết là ba ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.",
    "Lãnh đạo ký giấy tờ hộ tịch, chuyển bộ phận một cửa trả kết quả cho người yêu cầu.",
    "Thực hiện theo Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ.",
    "Việc chứng thực theo Nghị định số 23/2015/NĐ-CP ngày 16/02/2015 của Chính phủ.",
    "Luật Hộ tịch năm 2014; Luật Cư trú năm 2020; Luật Khiếu nại năm 2011.",
    "Lệ phí theo nghị quyết của Hội đồng nhân dân; miễn lệ phí cho hộ nghèo và người khuyết tật.",
    "Hồ sơ lưu tại văn phòng năm năm, sau đó chuyển lưu trữ theo quy định.",
    "Người dân có thể nộp trên cổng dịch vụ công và nhận kết quả qua bưu chính.",
    "Nếu quá hạn, công chức phải có văn bản xin lỗi và hẹn lại ngày trả kết quả.",
)


def text(chance: random.Random, number: int) -> str:
    """Return the Markdown of a procedure of about three thousand characters that no other equals."""
    title = f"{chance.choice(WHAT)} {chance.choice(OF)} {chance.choice(FOR)} số {number}"
    parts = [FRONT.format(code=f"QT {number:05d}/MT", title=title), f"# {title}\n"]
    for section, heading in enumerate(("MỤC ĐÍCH", "PHẠM VI", "CĂN CỨ PHÁP LÝ", "NỘI DUNG", "HỒ SƠ LƯU"), 1):
        parts.append(f"\n## {section}. {heading}\n\n")
        for line in range(7):
            said = chance.choice(SENTENCES)
            parts.append(f"- {said[:-1]} (điểm {line} của quy trình {chance.randrange(10**6)}).\n")
    return "".join(parts)


def texts(documents: int, seed: int = 1) -> Iterator[tuple[int, str]]:
    """Yield number and text of so many procedures."""
    chance = random.Random(seed)
    for number in range(documents):
        yield number, text(chance, number)


def settings(home: Path) -> Config:
    """Return the settings of the instance in a folder: as shipped, but for decisions from the shell."""
    return Config(home=home, shell_decisions=True)


def open_instance(home: Path) -> QMS:
    """Open the instance in a folder, its clock at rest."""
    return build(settings(home), clock=house.FixedClock())


def make(home: Path, documents: int) -> QMS:
    """Found an agency and record so many documents, thirty-five by a decision."""
    create(settings(home))
    qms = open_instance(home)
    house.found_agency(qms)
    for package in batched(texts(documents), PER_ACT):
        sources = [_source(number, written) for number, written in package]
        with qms.work(qms.shell("thuky")) as work:
            importing.publish(work, sources, decision=house.decision(f"{package[0][0]}/QĐ-UBND"))
    return qms


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of at most ``size``."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _source(number: int, written: str) -> Source:
    return Source(f"quy trình {number}.md", written.encode)


def derive(qms: QMS) -> int:
    """Read, link and index whatever waits for it."""
    return drain(qms)
