import pytest
from pydantic import ValidationError

from qms.config import Config


def test_office_networks_are_typed_as_people_type_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QMS_OFFICE_NETWORKS", "10.0.0.0/8, 192.168.1.0/24 ::1")
    assert Config().office_networks == ("10.0.0.0/8", "192.168.1.0/24", "::1")


@pytest.mark.parametrize(
    ("name", "value"),
    [("QMS_OFFICE_NETWORKS", "10.0.0.999/8"), ("QMS_TIMEZONE", "Nowhere/Here"), ("QMS_PORT", "99999")],
)
def test_a_setting_that_cannot_be_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Config()
