"""What every test may ask for: the real data, a clock that stands still, and a real instance, copied not remade."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qms.bootstrap import QMS, build, create
from qms.config import Config
from tests.house import FixedClock, found_agency

ROOT = Path(__file__).parent.parent
REAL_DATA = ROOT.parent / "shared" / "data"
NO_REAL_DATA = "the real data does not lie in ../shared/data"


def skip_or_fail(reason: str) -> None:
    """Skip with a named reason; in CI, where everything was installed, that is a failure."""
    if os.environ.get("QMS_CI") and reason != NO_REAL_DATA:
        pytest.fail(f"must not be skipped in CI: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real procedures and gold, or skip."""
    if not REAL_DATA.is_dir():
        skip_or_fail(NO_REAL_DATA)
    return REAL_DATA


@pytest.fixture
def clock() -> FixedClock:
    """Return a clock that moves only when told: 25/11/2026, eight in the morning in Vietnam."""
    return FixedClock()


@pytest.fixture(scope="session")
def template_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a founded agency, made once for all tests of a worker."""
    home = tmp_path_factory.mktemp("template") / "home"
    config = Config(home=home, shell_decisions=True, sign_commits=False)
    create(config)
    house = build(config, clock=FixedClock())
    found_agency(house)
    house.close()
    return home


@pytest.fixture
def config(tmp_path: Path, template_home: Path) -> Config:
    """Return the settings of a fresh copy of the agency."""
    home = tmp_path / "home"
    shutil.copytree(template_home, home)
    return Config(home=home, shell_decisions=True, sign_commits=False)


@pytest.fixture
def qms(config: Config, clock: FixedClock) -> Iterator[QMS]:
    """Return a running instance of the agency."""
    house = build(config, clock=clock)
    yield house
    house.close()
