"""Settings: one frozen object, read from the environment (prefix ``QMS_``), flags winning over it."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Config(BaseSettings):
    """Everything an instance may be told from outside; secrets may also come as files (``QMS_SECRET_KEY_FILE``)."""

    model_config = SettingsConfigDict(env_prefix="QMS_", frozen=True, extra="ignore")

    home: Path = Path("instance")
    database_url: str = ""
    secret_key: str = ""
    secret_key_file: Path | None = None
    lang: str = "vi"
    timezone: str = "Asia/Ho_Chi_Minh"
    shell_decisions: bool = False
    sign_commits: bool = True
    route_days: int = Field(default=10, ge=0, le=90)
    office_networks: Annotated[tuple[str, ...], NoDecode] = ()
    behind_proxy: bool = False
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    threads: int = Field(default=8, ge=1, le=64)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, OSError):
            raise ValueError(value) from None
        return value

    @field_validator("office_networks", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if isinstance(value, str):
            value = tuple(part for part in value.replace(",", " ").split() if part)
        for network in value if isinstance(value, tuple | list) else ():
            ip_network(network)
        return value

    @field_validator("public_url")
    @classmethod
    def _reachable(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError(value)
        return value.strip().rstrip("/")

    @property
    def address(self) -> str:
        """Return where people reach this instance, as paper names it; the machine's own where nothing was set."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def zone(self) -> ZoneInfo:
        """Return the agency's zone, in which a day is a day."""
        return ZoneInfo(self.timezone)

    @property
    def url(self) -> str:
        """Return the database's address: the one that was set, else SQLite in the home."""
        return self.database_url or f"sqlite:///{self.home / 'qms.sqlite3'}"

    @property
    def repository(self) -> Path:
        """Return where the bare repository lies."""
        return self.home / "repository.git"

    @property
    def index(self) -> Path:
        """Return where the full-text index lies."""
        return self.home / "index"

    @property
    def cache(self) -> Path:
        """Return where derived texts lie; may be deleted at any time."""
        return self.home / "cache"

    @property
    def keys(self) -> Path:
        """Return where the signing key and the session secret lie."""
        return self.home / "keys"
