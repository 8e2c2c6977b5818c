"""The `coach` command. Answers `--version` before anything else is imported."""

import gc
import os
import sys


def main() -> None:
    """Run the command line; the exit code is 0 done, 1 refused, 2 wrong usage."""
    if sys.argv[1:] == ["--version"]:
        from coach import __version__

        print(f"coach {__version__}")
        return
    # A command is over before a collection would pay; the app turns it on after its first paint.
    gc.disable()
    from coach.cli import run

    code = run(sys.argv[1:])
    _leave(code)


def _leave(code: int) -> None:
    """End the process without taking hundreds of modules apart first: all is on disk by now."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        # The reader of the pipe has gone; there is nobody left to tell.
        code = 1
    os._exit(code)


if __name__ == "__main__":
    main()
