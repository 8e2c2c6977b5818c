"""The faq command: questions about scores and reports."""

import click

from coach.cli.options import json_option
from coach.cli.session import Session, answer
from coach.exchange.plain import printable
from coach.model.documents import Faq


@click.command("faq")
@click.argument("words", nargs=-1)
@json_option
@click.pass_obj
def faq_command(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    """Answer questions about scores and reports; WORDS narrow them down."""
    document = session.service.faq(" ".join(words))
    answer(document, as_json, lambda: _text(document))


def _text(document: Faq) -> str:
    if not document.questions:
        return "No question holds these words; `coach faq` lists all."
    return "\n\n".join(
        f"{printable(entry.question)}\n  {printable(entry.answer)} [{entry.source}]"
        for entry in document.questions
    )
