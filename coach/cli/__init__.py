"""The command line: reads arguments, calls the service, prints text or one JSON document."""

import sys
from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code: 0 done, 1 refused, 2 wrong usage.

    Nothing is raised: what no command foresaw ends in one line that names the log file.
    """
    import click

    from coach.cli.commands import coach

    try:
        # Outside its standalone mode click hands back the code that a command exits with.
        code = coach.main(list(arguments), prog_name="coach", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 1
    except BrokenPipeError:
        return 1
    except Exception as error:
        return _unforeseen(error, arguments)
    return code if isinstance(code, int) else 0


def _unforeseen(error: Exception, arguments: Sequence[str]) -> int:
    from coach.cli.mishap import log_mishap
    from coach.exchange.plain import printable

    print(f"coach: {printable(log_mishap(error, arguments))}", file=sys.stderr)
    return 1
