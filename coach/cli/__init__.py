"""The command line: reads arguments, calls the service, prints text or one JSON document."""

from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code: 0 done, 1 refused, 2 wrong usage."""
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
    return code if isinstance(code, int) else 0
