"""A signed instance with eight issued documents, made once and copied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qms.bootstrap import build, create
from qms.config import Config
from tests import house

CODES = tuple(f"QT-{n:02d}" for n in range(1, 9))


@pytest.fixture(scope="session")
def signed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an agency that signs its acts and has issued one revision of eight documents."""
    home = tmp_path_factory.mktemp("crash") / "home"
    config = Config(home=home, shell_decisions=True)
    create(config)
    qms = build(config, clock=house.FixedClock())
    house.found_agency(qms)
    for number, code in enumerate(CODES):
        house.issued(qms, code, f"Quy trình thử {code}", house.decision(f"{number}/QĐ-ĐẦU"))
    qms.close()
    return home


@pytest.fixture
def instance(tmp_path: Path, signed_home: Path) -> Config:
    """Return the settings of a fresh copy."""
    return copied(signed_home, tmp_path / "home")


def copied(template: Path, home: Path) -> Config:
    """Copy an instance and return its settings."""
    shutil.copytree(template, home)
    return Config(home=home, shell_decisions=True)
