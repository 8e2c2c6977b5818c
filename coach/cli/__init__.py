"""The command line: reads arguments, calls the service, prints text or one JSON document."""

from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    import click

    from coach.cli.commands import coach

    try:
        coach.main(list(arguments), prog_name="coach", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 1
    return 0
