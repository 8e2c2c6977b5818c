"""The `coach` command. Answers `--version` before anything else is imported."""

import gc
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

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
