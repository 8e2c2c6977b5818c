"""The command for what was agreed with the vendor of an exam."""

from typing import Any

import click
import msgspec

from coach.cli.options import code_argument, json_option
from coach.cli.session import Session, answer, finish, refusals
from coach.service.drafts import TermsDraft

NAMES = {
    "purchased": "Purchased",
    "voucher_expires": "Voucher expires",
    "change_notice": "Change notice",
    "accommodations": "Accommodations",
    "eligible_from": "Approved",
    "renewed_until": "Renewed until",
}


@click.command("terms")
@code_argument
@click.option("--purchased", metavar="DATE", help="Day of the order.")
@click.option("--voucher-expires", metavar="DATE", help="Last day of the voucher.")
@click.option(
    "--change-notice", metavar="TEXT", help="Notice of a voucher: 72 hours, 6 business days."
)
@click.option("--accommodations", metavar="DATE", help="Day on which they were asked for.")
@click.option("--eligible-from", metavar="DATE", help="Day of the vendor's approval.")
@click.option("--renewed-until", metavar="DATE", help="Expiry of the renewed certificate.")
@json_option
@click.pass_obj
def terms_command(session: Session, /, code: str | None, as_json: bool, **given: Any) -> None:
    """Show or set what was agreed with the vendor; an empty text clears."""
    service = session.service
    changes = {name: text for name, text in given.items() if text is not None}
    with refusals():
        draft = service.terms_draft(code)
        exam = service.view(code).code
    if changes:
        finish(service.set_terms(exam, msgspec.structs.replace(draft, **changes)))
        draft = service.terms_draft(exam)
    answer(_document(exam, draft), as_json, lambda: _text(exam, draft))


def _document(exam: str, draft: TermsDraft) -> dict[str, str | None]:
    return {"exam": exam, **{name: getattr(draft, name) or None for name in NAMES}}


def _text(exam: str, draft: TermsDraft) -> str:
    rows = ((label, getattr(draft, name)) for name, label in NAMES.items())
    known = [f"{label:17}  {value}" for label, value in rows if value]
    return "\n".join([f"{exam} terms", *known] if known else [f"{exam}: no terms are entered"])
