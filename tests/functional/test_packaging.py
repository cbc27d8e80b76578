"""A wheel is all that a server needs: built from a copy, installed in a fresh environment, asked for its parts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = {"qms": "qms", "documents": "qms/_documents", "templates": "qms/_templates"}
BUILD_FILES = ("pyproject.toml", "setup.py", "setup.cfg", "README.md")


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Return what a command printed; its complaint is the failure's message."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("QMS_", "PYTHON"))}
    ended = subprocess.run(
        command, cwd=cwd, env=clean | environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from a copy of what is in the tree."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    for name in BUILD_FILES:
        shutil.copy(ROOT / name, source / name)
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    run(sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", target, source, cwd=target)
    (made,) = target.glob("qms-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the ``bin`` of a fresh environment that holds the wheel and borrows only the libraries."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=False)
    python = place / "bin" / "python"
    options = ("--quiet", "--no-deps", "--disable-pip-version-check")
    run(sys.executable, "-m", "pip", "--python", python, "install", *options, wheel, cwd=place)
    (libraries,) = place.glob("lib/python*/site-packages")
    # a folder named in a .pth is searched, but the .pth files in it are not obeyed: no editable qms comes along
    (libraries / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place / "bin"


def test_every_file_of_the_tree_is_in_the_wheel(wheel: Path) -> None:
    with ZipFile(wheel) as package:
        shipped = set(package.namelist())
    expected = {
        f"{inside}/{path.relative_to(ROOT / folder)}"
        for folder, inside in FOLDERS.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".mo"
    }
    assert expected - shipped == set()


def test_every_catalogue_is_compiled_in_the_wheel(wheel: Path) -> None:
    with ZipFile(wheel) as package:
        shipped = set(package.namelist())
    assert {name.removesuffix(".po") + ".mo" for name in shipped if name.endswith(".po")} <= shipped


def test_nothing_but_the_package_is_in_the_wheel(wheel: Path) -> None:
    with ZipFile(wheel) as package:
        tops = {name.split("/")[0] for name in package.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"qms"}


def test_the_installed_package_finds_its_folders_inside_itself(installed: Path, tmp_path: Path) -> None:
    code = (
        "import qms; from qms.data import data_dir; from pathlib import Path;"
        "print(Path(qms.__file__).parent, data_dir('documents'), data_dir('templates'), sep='\\n')"
    )
    package, documents, templates = run(installed / "python", "-I", "-c", code, cwd=tmp_path).splitlines()
    assert Path(package).is_relative_to(installed.parent)
    assert (documents, templates) == (f"{package}/_documents", f"{package}/_templates")


def test_the_installed_command_answers(installed: Path, tmp_path: Path) -> None:
    assert "import" in run(installed / "qms", "--help", cwd=tmp_path)


def test_the_installed_command_founds_the_sample_agency(installed: Path, tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    run(installed / "qms", "init", "--sample", cwd=tmp_path, QMS_HOME=home)
    register = run(installed / "qms", "register", "--json", cwd=tmp_path, QMS_HOME=home)
    assert "QT-HT-01" in register
