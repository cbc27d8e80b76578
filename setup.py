"""What pyproject.toml cannot say: packages are found, not listed, and catalogues are compiled when a build is made.

``documents/`` and ``templates/`` are installed inside the package, where ``qms.data.data_dir`` finds them first.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import find_packages, setup
from setuptools.command.build_py import build_py


class BuildWithCatalogues(build_py):
    """Compiles every ``.po`` beside itself, so that wheel and editable install alike speak all languages."""

    def run(self) -> None:
        """Compile, then build as usual."""
        for source in Path("qms").rglob("translations/**/*.po"):
            with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
                write_mo(mo, read_po(po))
        super().run()


setup(
    packages=[*find_packages(include=["qms*"]), "qms._documents", "qms._templates"],
    cmdclass={"build_py": BuildWithCatalogues},
)
