"""Options and arguments that several commands share."""

import os
import re
from collections.abc import Callable
from typing import Any

import click
from click.shell_completion import CompletionItem, split_arg_string

from coach.cli.session import Session

Function = Callable[..., Any]
Option = Callable[[Function], Function]
"""What click gives for an option or an argument: it decorates a command."""

COMPLETING = "_COACH_COMPLETE"
"""The variable in which the shell asks for completions."""


def complete_code(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The exams that begin like what was typed, dash or not, the tracked ones first."""
    from coach.service import exams

    state = _session(context).service.state
    tracked = state.facts.tracked
    rows = sorted(exams.find(state.world), key=lambda row: (row.code not in tracked, row.code))
    begun = incomplete.replace("-", "").casefold()
    return [
        CompletionItem(row.code, help=row.title)
        for row in rows
        if row.code.replace("-", "").casefold().startswith(begun)
    ]


def complete_domain(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The domains of the exam named before, with an `=` after them where a value follows."""
    from coach.service import exams

    service = _session(context).service
    rows = exams.find(service.state.world)
    codes = {row.code.replace("-", "").casefold(): row.code for row in rows}
    typed = split_arg_string(os.environ.get("COMP_WORDS", ""))
    named = (codes.get(word.replace("-", "").casefold()) for word in typed)
    view = service.view(next(filter(None, named), None))
    names = [domain.name for domain in view.outline.domains] if view.outline else []
    end = "=" if parameter.name in ("bands", "bars") else ""
    return [
        CompletionItem(_shell_word(name) + end)
        for name in names
        if name.casefold().startswith(incomplete.casefold())
    ]


def complete_id(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The ids of the stored records that the parameter is about, the newest first; of sessions
    those that are planned, the next ones first."""
    facts = _session(context).service.state.facts
    if parameter.name == "block_id":
        open_blocks = (block for block in facts.blocks.values() if block.status == "planned")
        told = [
            (block.id, f"{block.start:%a %d %b %H:%M} {block.topic or block.domain or 'mixed'}")
            for block in sorted(open_blocks, key=lambda block: block.start)
        ]
    else:
        reports = {report.attempt: report.id for report in facts.reports.values()}
        told = [
            (each.id if parameter.name == "attempt_id" else reports[each.id], f"{each.at:%a %d %b}")
            for each in sorted(facts.attempts.values(), key=lambda each: each.at, reverse=True)
            if parameter.name == "attempt_id" or each.id in reports
        ]
    return [CompletionItem(key, help=words) for key, words in told if key.startswith(incomplete)]


def _session(context: click.Context) -> Session:
    """The session of a command line that is still being typed."""
    return Session(context.find_root().params.get("data_dir"), os.environ.get("COACH_NOW"))


def _shell_word(text: str) -> str:
    """A text as one word of bash; the other shells quote by themselves."""
    bash = os.environ.get(COMPLETING, "").startswith("bash")
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", text) if bash else text


code_argument = click.argument("code", required=False, shell_complete=complete_code)


def with_session(command: Function) -> Function:
    """Hands the command its `session`, which knows whether one JSON document was asked for."""

    def ask(context: click.Context, _: click.Parameter, as_json: bool) -> None:
        if isinstance(context.obj, Session):
            context.obj.as_json = as_json

    json_option = click.option(
        "--json", is_flag=True, expose_value=False, callback=ask, help="Print one JSON document."
    )
    return json_option(click.pass_obj(command))


def pairs(texts: tuple[str, ...], option: str) -> tuple[tuple[str, str], ...]:
    """`NAME=VALUE` texts as pairs, split at the last `=`; anything else is wrong usage."""
    found = []
    for text in texts:
        name, equals, value = text.rpartition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"{option} needs NAME=VALUE, not {text!r}.")
        found.append((name.strip(), value.strip()))
    return tuple(found)


def stacked(*options: Option) -> Option:
    """Options that several commands share as one decorator, in the order of their help."""

    def decorate(command: Function) -> Function:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate
