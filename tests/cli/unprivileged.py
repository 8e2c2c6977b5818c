"""Runs command lines one after the other as a user for whom the rights of files count.

    python unprivileged.py < [["retake", "AZ-104"], ...]  prints [[code, out, err], ...]

An administrator may pass over rights; that capability is given up first.
"""

import ctypes
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

from coach.cli import run

CAPABILITIES_3 = 0x20080522


def give_up_capabilities() -> None:
    """Have the rights of files count for this process, where its user is the administrator."""
    if os.geteuid() == 0:
        header, none = (ctypes.c_uint32 * 2)(CAPABILITIES_3, 0), (ctypes.c_uint32 * 6)()
        assert ctypes.CDLL(None).capset(header, none) == 0


def ran(arguments: list[str]) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command line."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(arguments)
    return code, out.getvalue(), err.getvalue()


if __name__ == "__main__":
    give_up_capabilities()
    print(json.dumps([ran(arguments) for arguments in json.load(sys.stdin)]))
