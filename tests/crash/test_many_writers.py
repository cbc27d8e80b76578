"""Eight processes that issue at once: every revision that was acknowledged is there, once."""

from __future__ import annotations

import pytest

from qms.config import Config
from tests.crash.conftest import CODES
from tests.crash.keeper import all_at_once, look


def test_eight_processes_issue_three_revisions_each(instance: Config) -> None:
    _issue_at_once(instance, 3)


@pytest.mark.soak
def test_eight_processes_issue_twenty_five_revisions_each(instance: Config) -> None:
    _issue_at_once(instance, 25)


def _issue_at_once(config: Config, count: int) -> None:
    told = all_at_once(config, CODES, count)
    print(f"\n{len(told)} of {len(CODES) * count} acknowledged")  # noqa: T201
    assert len(told) == len(CODES) * count
    look(config, told, untold=0)
