"""Provisions are typed as people cite them and kept as ids."""

from __future__ import annotations

import pytest

from qms.usecases.provision_words import UnclearProvision, provision_ids


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("", ()),
        ("Điều 2, Điều 22", ("art_2", "art_22")),
        ("điểm a, b khoản 2 Điều 5; Điều 7", ("art_5__para_2__point_a", "art_5__para_2__point_b", "art_7")),
        ("khoản 9 Điều 1.", ("art_1__para_9",)),
        ("art_2 art_5__para_2", ("art_2", "art_5__para_2")),
        ("Mẫu số 01; Phụ lục I", ("form_01", "annex_1")),
        ("Điều 3; Điều 3", ("art_3",)),
    ],
)
def test_words_become_ids(typed: str, ids: tuple[str, ...]) -> None:
    assert provision_ids(typed) == ids


def test_words_that_name_no_provision_are_refused_with_an_example() -> None:
    with pytest.raises(UnclearProvision) as refusal:
        provision_ids("Điều 2; một số nội dung")
    assert "một số nội dung" in str(refusal.value)
    assert "Điều 7" in str(refusal.value)
