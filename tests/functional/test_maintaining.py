import subprocess

from qms.bootstrap import QMS
from qms.jobs.runner import tidy
from tests import house
from tests.house import FixedClock


def test_the_repository_is_packed_once_a_night_and_stays_readable(qms: QMS, clock: FixedClock) -> None:
    house.issued(qms, "QT-01")
    assert not tidy(qms)
    clock.advance(hours=12)
    assert not tidy(qms)
    clock.advance(hours=12)
    assert tidy(qms)
    assert not tidy(qms)
    packs = list((qms.config.repository / "objects" / "pack").glob("*.pack"))
    assert len(packs) == 1
    house.issued(qms, "QT-02", "Đăng ký khác", by=house.decision("146/QĐ-UBND"))
    subprocess.run(["git", "-C", qms.config.repository, "fsck", "--strict"], check=True, capture_output=True)
    clock.advance(hours=24)
    assert tidy(qms)
