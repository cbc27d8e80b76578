import pytest

from qms.model.provisions import may_overlap, overlap, spoken


@pytest.mark.parametrize(
    ("one", "other", "surely", "perhaps"),
    [
        ("art_2", "art_2__para_1", True, True),
        ("art_2", "art_22", False, False),
        ("chp_2", "art_12", False, True),
        ("sec_1", "chp_2", False, True),
        ("annex_1", "art_1", False, False),
        ("chp_2", "chp_3", False, False),
    ],
)
def test_what_lies_in_what_is_seen_from_the_ids(one: str, other: str, surely: bool, perhaps: bool) -> None:
    assert overlap(one, other) is overlap(other, one) is surely
    assert may_overlap(one, other) is may_overlap(other, one) is perhaps


def test_provisions_are_said_as_people_cite_them() -> None:
    assert spoken(("art_5__para_2__point_a", "art_7")) == "điểm a khoản 2 Điều 5; Điều 7"
