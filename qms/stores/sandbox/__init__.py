"""Strangers' files are read in one child process with limits of memory, time and files.

::

    Sandbox (this process) ── frames over pipes ── child: qms.formats, no files to write, no network needed
"""

from qms.stores.sandbox.parent import Sandbox

__all__ = ["Sandbox"]
