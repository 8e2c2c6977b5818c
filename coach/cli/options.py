"""Options and arguments that several commands share."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
code_argument = click.argument("code", required=False)


def pairs(texts: tuple[str, ...], option: str) -> tuple[tuple[str, str], ...]:
    """`NAME=VALUE` texts as pairs, split at the last `=`; anything else is wrong usage."""
    found = []
    for text in texts:
        name, equals, value = text.rpartition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"{option} needs NAME=VALUE, not {text!r}.")
        found.append((name.strip(), value.strip()))
    return tuple(found)


def stacked(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Options that several commands share as one decorator, in the order of their help."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate
