"""The commands around exams and their study material."""

from pathlib import Path

import click
from msgspec.structs import replace

from coach.cli import text
from coach.cli.documents import saved
from coach.cli.options import code_argument, with_session
from coach.cli.session import Session, finish, read_input, refusals, refuse
from coach.exchange.plain import printable
from coach.model.exam import ResourceKind
from coach.model.material import OutlineCheck
from coach.service import exams, outline_import, resources, settings
from coach.service.refusal import Problem

LARGEST_TEXT = 1_000_000


class QueryGroup(click.Group):
    """A group whose unknown subcommands are words of a search."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            return "find", self.commands["find"], args
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = bool(args) and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if named else ["find", *args])


@click.group("exams", cls=QueryGroup)
def exams_command() -> None:
    """Search the catalogue (`exams [QUERY]`), show an exam, add your own."""


@exams_command.command("find", hidden=True)
@click.argument("query", nargs=-1)
@with_session
def find_exams(session: Session, query: tuple[str, ...]) -> None:
    """List the exams whose code or title has every word of QUERY."""

    rows = exams.find(session.service.state.world, " ".join(query))
    session.answer({"exams": rows}, lambda: text.exams(rows))


@exams_command.command("show")
@code_argument
@with_session
def show_exam(session: Session, code: str | None) -> None:
    """Show an exam with its outlines, the one in force first."""

    with refusals():
        view = session.view(code)
        detail = exams.detail(view.world, view.code)
        material = view.resources
    age = view.age_line
    listed = f"\n{printable(age)}" if age else ""
    listed += f"\n\n{text.resources(material)}" if material.resources else ""
    document = replace(detail, resources=material.resources)
    session.answer(document, lambda: f"{text.exam(detail)}{listed}")


@exams_command.command("track")
@click.argument("code")
@with_session
def track_exam(session: Session, code: str) -> None:
    """Follow an exam: it gets a plan, with or without a report."""
    done = session.act(settings.select, code)
    session.answer(saved(done), lambda: text.replanned(done))


@exams_command.command("untrack")
@click.argument("code")
@with_session
def untrack_exam(session: Session, code: str) -> None:
    """Follow an exam no longer; its sittings and results are kept, `coach undo` takes it back."""
    done = session.act(settings.untrack, code)
    session.answer(saved(done), lambda: text.saved(done))


@exams_command.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@with_session
def add_exam(session: Session, file: Path) -> None:
    """Add an exam or outline of your own from a TOML file."""
    done = finish(session.service.extend_catalogue(exams.add, file))
    assert done.exam is not None
    session.answer(exams.detail(done.state.world, done.exam), lambda: done.message)


file_argument = click.argument("file", type=click.Path(path_type=Path), metavar="FILE|-")
code_option = click.option("--code", help="Code of the exam (default: the first in the text).")


@exams_command.command("import")
@file_argument
@code_option
@click.option("--vendor", help="Whose exam it is.")
@click.option("--policy", help="Id of its retake policy (default: unknown, or Microsoft's).")
@with_session
def import_exam(
    session: Session,
    file: Path,
    code: str | None,
    vendor: str | None,
    policy: str | None,
) -> None:
    """Make an exam, or a newer outline of one, from the pasted text of a vendor's outline."""
    given = (_text_of(file), code, vendor, policy)
    done = finish(session.service.extend_catalogue(outline_import.save, *given))
    assert done.exam is not None
    detail = exams.detail(done.state.world, done.exam)
    session.answer(detail, lambda: f"{done.message}\n{text.exam(detail)}")


@exams_command.command("check")
@file_argument
@code_option
@click.option("--take-over", is_flag=True, help="Keep it as the newest outline of your own.")
@with_session
def check_exam(session: Session, file: Path, code: str | None, take_over: bool) -> None:
    """Say what a pasted outline changes in the stored one, and take it over on request."""
    pasted = _text_of(file)
    with refusals():
        found = outline_import.check(session.service.state.world, pasted, code)
    if take_over:
        given = (pasted, found.exam, None, None)
        finish(session.service.extend_catalogue(outline_import.save, *given))
        found = replace(found, taken_over=True)
    session.answer(found, lambda: _check_text(found))


def _check_text(found: OutlineCheck) -> str:
    beside = f"outline {found.outline}" if found.outline else "no outline is stored"
    lines = [f"{found.exam}: {len(found.domains)} domains read, {beside}"]
    lines += text.table(
        (change.kind, change.domain, change.before or "", change.after or "")
        for change in found.changes
    ) or ["Nothing changed."]
    lost = [f"  line {lost.line}: {printable(lost.text)}" for lost in found.not_understood]
    taken = ["It is taken over." if found.taken_over else "`--take-over` keeps it."]
    return "\n".join([*lines, *(["Not understood:", *lost] if lost else []), *taken])


def _text_of(file: Path) -> str:
    data = read_input(file, LARGEST_TEXT)
    if len(data) > LARGEST_TEXT:
        refuse(Problem("file", f"{file} is larger than 1 MB; an outline is accepted."))
    return data.decode("utf-8-sig", "replace")


@click.group("resources", cls=QueryGroup)
def resources_command() -> None:
    """List official study material (`resources [CODE]`), mark it done, open it."""


@resources_command.command("find", hidden=True)
@code_argument
@click.option("--domain", default="", help="Only this domain: its number, name or a part of it.")
@click.option("--topic", default="", help="Only this topic, and what serves its whole domain.")
@click.option("--kind", type=click.Choice(["lab", "learn", "assessment"]), help="Only this kind.")
@with_session
def list_resources(
    session: Session,
    code: str | None,
    domain: str,
    topic: str,
    kind: ResourceKind | None,
) -> None:
    """List the labs, learning paths and practice assessments of an exam by domain."""
    with refusals():
        found = session.service.ask(resources.resources_for, code, domain, topic, kind)
    session.answer(found, lambda: text.resources(found))


@resources_command.command("done")
@click.argument("resource", metavar="ID")
@click.option("--clear", is_flag=True, help="Take the mark back.")
@with_session
def mark_resource(session: Session, resource: str, clear: bool) -> None:
    """Mark study material as worked through."""
    done = session.act(resources.mark_resource, resource, not clear)
    found = session.service.ask(resources.find_resource, resource)[1]
    session.answer({"id": found.id, "done": not clear}, lambda: done.message)


@resources_command.command("open")
@click.argument("resource", metavar="ID")
@with_session
def open_resource(session: Session, resource: str) -> None:
    """Open study material in the system's browser."""
    import webbrowser

    with refusals():
        found = session.service.ask(resources.find_resource, resource)[1]
    opened = webbrowser.open(found.url)
    document = {"id": found.id, "url": found.url, "opened": opened}
    said = "Opened" if opened else "No browser could be started; the address is"
    session.answer(document, lambda: f"{said} {printable(found.url)}")
