"""The `coach` command. Answers `--version` before anything else is imported."""

# `signal` without its enumerations, whose import would leave time for a ctrl+c.
import _signal  # type: ignore[import-not-found]
import gc
import os
import sys
from io import TextIOWrapper

from coach import ANSWER_LOST, __version__


def _interrupted(_number: int, _frame: object) -> None:
    """End at once, with one line: a save is there as a whole or not at all."""
    try:
        if sys.stderr is not None:
            os.write(sys.stderr.fileno(), b"coach: interrupted.\n")
    finally:
        os._exit(130)


# Not in `main`, since until here a ctrl+c is a traceback: what comes before is the interpreter's
# own start, which nothing of ours can change.
_signal.signal(_signal.SIGINT, _interrupted)


def main() -> None:
    """Run the command line; the exit code is 0 done, 1 refused, 2 wrong usage, 3 done but the
    answer could not be written, 130 interrupted."""
    if sys.argv[1:] == ["--version"]:
        try:
            print(f"coach {__version__}")
        except OSError:
            _leave(ANSWER_LOST)
        _leave(0)
    if isinstance(sys.stdout, TextIOWrapper):  # what the encoding lacks is no reason to end
        sys.stdout.reconfigure(errors="replace")
    # asyncio and shutil would load these and do without: OpenSSL is a tenth of the app's memory.
    for unused in ("ssl", "bz2", "lzma"):
        sys.modules.setdefault(unused, None)  # type: ignore[arg-type]
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


if __name__ == "__main__":
    main()
