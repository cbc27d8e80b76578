"""Where the folders of the library lie: inside the installed package, else in the checkout."""

from __future__ import annotations

from pathlib import Path

from qms.errors import Fault

_HERE = Path(__file__).parent


class DataMissing(Fault):
    """The package was installed without a folder it needs."""

    code = "data_missing"
    sentence = "Bản cài đặt thiếu thư mục «{name}»; hãy cài lại phần mềm."


def data_dir(name: str) -> Path:
    """Return the folder ``documents`` or ``templates``; raises ``DataMissing``."""
    for folder in (_HERE / f"_{name}", _HERE.parent / name):
        if folder.is_dir():
            return folder
    raise DataMissing(name=name)
