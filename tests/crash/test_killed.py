"""SIGKILL after every step and at random moments: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from qms.bootstrap import build
from qms.config import Config
from qms.stores.git.keys import can_sign
from qms.stores.publishing import STEPS
from tests import house
from tests.conftest import skip_or_fail
from tests.crash.conftest import CODES, copied
from tests.crash.keeper import Moment, Worker, die_at, die_by_step, look
from tests.crash.worker import Done, Task

SEED = 20261125
KILLS_AN_INSTANCE = 25


@pytest.mark.parametrize(("step", "with_group"), list(zip(STEPS, cycle([False, True]), strict=False)))
def test_a_kill_after_a_step_leaves_the_act_done_once(instance: Config, step: str, with_group: bool) -> None:
    told, ended = die_by_step(instance, "QT-01", step, with_group=with_group)
    assert (told, ended) == ([], -signal.SIGKILL)
    look(instance, [], untold=1)
    _, sequences = _history(instance)
    assert sequences == [1, 2], "what was recorded before the kill is carried to its end at the next start"


def test_the_instance_of_these_tests_signs(instance: Config) -> None:
    if not can_sign():
        skip_or_fail("ssh-keygen is not on this machine")
    qms = build(instance)
    assert qms.stores.git.is_signed
    qms.close()


def test_another_process_carries_on_what_a_killed_one_had_begun(instance: Config) -> None:
    die_by_step(instance, "QT-01", "build_trees", with_group=True)
    told = Worker(Task(instance, "QT-02", "B", 1)).finish()
    assert len(told) == 1
    look(instance, told, untold=1)
    first, _ = _history(instance)
    assert first[-2:] == ["0/QĐ-Sbuild_trees", "0/QĐ-B"]


def test_random_kills(tmp_path: Path, signed_home: Path) -> None:
    _kill_again_and_again(tmp_path, signed_home, 8)


@pytest.mark.soak
def test_three_hundred_random_kills(tmp_path: Path, signed_home: Path) -> None:
    _kill_again_and_again(tmp_path, signed_home, 300)


def _kill_again_and_again(folder: Path, template: Path, kills: int) -> None:
    chance = random.Random(SEED)
    acknowledged = 0
    for first in range(0, kills, KILLS_AN_INSTANCE):
        config = copied(template, folder / str(first))
        told: list[Done] = []
        for nth, moment in enumerate(_moments(chance, min(KILLS_AN_INSTANCE, kills - first)), 1):
            told += die_at(config, chance.choice(CODES), f"K{first + nth}", moment)
            look(config, told, untold=nth)
        acknowledged += len(told)
    print(f"\n{kills} kills, seed {SEED}: {acknowledged} issuances acknowledged, none lost, none twice")  # noqa: T201
    assert acknowledged


def _moments(chance: random.Random, count: int) -> Iterator[Moment]:
    for nth in range(count):
        yield Moment.any(chance, with_group=bool(nth % 2))


def _history(config: Config) -> tuple[list[str], list[int]]:
    """Numbers of all acts in order, and the sequences of the first document."""
    qms = build(config, clock=house.FixedClock())
    acts = [act for _, act in qms.stores.git.acts()]
    qms.close()
    first = acts[0].documents[0].line.document_id
    sequences = [d.line.sequence for act in acts for d in act.documents if d.line.document_id == first]
    return [act.number or "" for act in acts], sequences
