"""The `coach` command. Answers `--version` before anything else is imported."""

import gc
import os
import signal
import sys
from io import TextIOWrapper

from coach import ANSWER_LOST, __version__


def main() -> None:
    """Run the command line; the exit code is 0 done, 1 refused, 2 wrong usage, 3 done but the
    answer could not be written, 130 interrupted."""
    signal.signal(signal.SIGINT, _interrupted)
    if sys.argv[1:] == ["--version"]:
        try:
            print(f"coach {__version__}")
        except OSError:
            _leave(ANSWER_LOST)
        _leave(0)
    if isinstance(sys.stdout, TextIOWrapper):  # what the encoding lacks is no reason to end
        sys.stdout.reconfigure(errors="replace")
    # A command is over before a collection would pay; the app turns it on after its first paint.
    gc.disable()
    from coach.cli import run

    code = run(sys.argv[1:])
    _leave(code)


def _leave(code: int) -> None:
    """End the process without taking hundreds of modules apart first: all is on disk by now."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:  # as it is where the shell closed it
                stream.flush()
        except OSError:
            code = code or ANSWER_LOST
    os._exit(code)


def _interrupted(_signal: int, _frame: object) -> None:
    """End at once, with one line: a save is there as a whole or not at all."""
    if sys.stderr is not None:
        os.write(sys.stderr.fileno(), b"coach: interrupted.\n")
    os._exit(130)


if __name__ == "__main__":
    main()
