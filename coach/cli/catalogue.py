"""The catalogue commands: `exams [QUERY]`, `exams show CODE`, `exams add FILE.toml`."""

from pathlib import Path

import click

from coach.cli.options import code_argument, json_option
from coach.cli.session import Session, answer, finish, refusals


class QueryGroup(click.Group):
    """A group whose unknown subcommands are words of a search."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            return "find", self.commands["find"], args
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, args if _names_command(self, args) else ["find", *args])


def _names_command(group: click.Group, args: list[str]) -> bool:
    return bool(args) and (args[0] in group.commands or args[0] == "--help")


@click.group("exams", cls=QueryGroup)
def exams_command() -> None:
    """Search the catalogue (`exams [QUERY]`), show an exam, add your own."""


@exams_command.command("find", hidden=True)
@click.argument("query", nargs=-1)
@json_option
@click.pass_obj
def find_exams(session: Session, query: tuple[str, ...], as_json: bool) -> None:
    """List the exams whose code or title has every word of QUERY."""
    from coach.cli import exam_text

    rows = session.service.find_exams(" ".join(query))
    answer({"exams": rows}, as_json, lambda: exam_text.exams(rows))


@exams_command.command("show")
@code_argument
@json_option
@click.pass_obj
def show_exam(session: Session, code: str | None, as_json: bool) -> None:
    """Show an exam with its outlines, the one in force first."""
    from coach.cli import exam_text

    with refusals():
        detail = session.service.exam_detail(code or session.view(None).code)
    answer(detail, as_json, lambda: exam_text.exam(detail))


@exams_command.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def add_exam(session: Session, file: Path, as_json: bool) -> None:
    """Add an exam or outline of your own from a TOML file."""
    done = finish(session.service.add_exam(file))
    assert done.exam is not None
    answer(session.service.exam_detail(done.exam), as_json, lambda: done.message)
