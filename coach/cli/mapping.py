"""The mapping command: how domains of an earlier outline continue in the newest one."""

import click

from coach.cli.options import json_option, pairs
from coach.cli.session import Session, answer, finish
from coach.service.drafts import MappingDraft


@click.command("mapping")
@click.argument("words", nargs=-1, metavar="[CODE] [OLD=NEW]...")
@click.option("--from", "earlier", default="", metavar="OUTLINE", help="The earlier outline.")
@click.option("--suggested", is_flag=True, help="Take over what Coach proposes.")
@click.option("--clear", is_flag=True, help="Take all pairs back first.")
@json_option
@click.pass_obj
def mapping_command(
    session: Session,
    words: tuple[str, ...],
    earlier: str,
    suggested: bool,
    clear: bool,
    as_json: bool,
) -> None:
    """Show or set which domain continues which when an exam's outline has changed.

    OLD and NEW are numbers, names or parts of them; OLD= takes a pair back.
    """
    from coach.cli import reading_text

    named = words[:1] if words and "=" not in words[0] else ()
    code = named[0] if named else ""
    typed = pairs(words[len(named) :], "mapping")
    if typed or suggested or clear:
        draft = MappingDraft(
            exam=code, earlier=earlier, pairs=typed, suggested=suggested, clear=clear
        )
        code = finish(session.service.set_mappings(draft)).exam or code
    document = session.view(code or None).mappings
    answer(document, as_json, lambda: reading_text.mapping(document))
