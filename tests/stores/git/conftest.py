"""One real repository a test, and the signing key made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qms.stores.git import keys
from qms.stores.git.store import GitStore
from tests.stores.git.acts import AGENCY


@pytest.fixture(scope="session")
def signing_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = keys.ensure_key(tmp_path_factory.mktemp("key") / "signing_key")
    if key is None:
        pytest.skip("ssh-keygen is not on this machine")
    return key


@pytest.fixture(scope="session")
def empty_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "published.git"
    GitStore.create(path, None, AGENCY).close()
    return path


@pytest.fixture
def repository(tmp_path: Path, empty_repository: Path) -> Path:
    return Path(shutil.copytree(empty_repository, tmp_path / "published.git"))


@pytest.fixture
def store(repository: Path) -> Iterator[GitStore]:
    opened = GitStore(repository, None, AGENCY)
    yield opened
    opened.close()


@pytest.fixture
def signed_store(repository: Path, signing_key: Path) -> Iterator[GitStore]:
    opened = GitStore(repository, signing_key, AGENCY)
    yield opened
    opened.close()
