"""The small forms about one exam: booking, practice, terms, own view, own level."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from coach.model.attempt import Reflection
from coach.service.attempts import lean_of
from coach.service.drafts import (
    AttemptDraft,
    PracticeDraft,
    RatingDraft,
    ReflectionDraft,
    TermsDraft,
)
from coach.service.reflection import FORMATS, LACKING, METHODS
from coach.ui import text
from coach.ui.screens.form import Asked, ExamForm, Keys, ShortForm
from coach.ui.styles import styles
from coach.ui.widgets.domain_field import BandInput, DomainField
from coach.ui.widgets.fields import (
    PLACES,
    ChoiceField,
    PickField,
    TextField,
    TickField,
    TickList,
    WhenField,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.model.attempt import Report
    from coach.service import Service
    from coach.service.outcome import Outcome


STATUSES = (
    ("booked", "Booked", "lies ahead"),
    ("pending", "Sat, result to come", "counts once the report is there"),
    ("cancelled", "Cancelled in time", "does not count"),
    ("late-cancelled", "Cancelled too late", "the fee is lost"),
    ("no-show", "Missed", "the fee is lost"),
    ("interrupted", "Interrupted", "may count, ask with a case number"),
    ("revoked", "Revoked", "result taken back"),
    ("beta", "Beta exam", "counts apart"),
)
REASONS = (("", "none"), ("internet", "internet"), ("equipment", "equipment"), ("other", "other"))
WAIVER = (("", "no"), ("yes", "yes, granted"))
WHEN_HINT = "20 Nov 10:00, or the day alone"
CASE_HINT = "of the test provider, after a failure"


class AttemptForm(ExamForm):
    """A new appointment for the exam `code`, or a stored one to correct."""

    PICKED = "status"

    def __init__(self, service: Service, code: str, attempt_id: str | None = None) -> None:
        super().__init__(service, code)
        self._attempt_id = attempt_id
        self._begun = (
            service.attempt_draft(attempt_id)
            if attempt_id
            else AttemptDraft(exam=code, at="", status="booked")
        )

    def compose_fields(self) -> ComposeResult:
        begun = self._begun
        waiver = "yes" if begun.waiver_granted else ""
        yield PickField("status", "Status", STATUSES, begun.status)
        yield WhenField(
            "at",
            "When",
            begun.at,
            hint=WHEN_HINT,
            now=self._service.state.now,
            lean=lean_of(begun.status),
        )
        yield ChoiceField("place", "Place", PLACES, begun.place)
        yield TextField("fee", "Fee", begun.fee, width=22, hint="a number, in your currency")
        yield TextField("case", "Case no.", begun.case_number, width=22, hint=CASE_HINT)
        yield ChoiceField("reason", "Reason", REASONS, begun.reason)
        yield ChoiceField("waiver", "Waiver", WAIVER, waiver)
        yield TextField("note", "Note", begun.note)

    def on_field_changed(self) -> None:
        """What the status says decides how the day is read."""
        when = self.query_one(WhenField)
        when.lean = lean_of(self.value("status"))
        when.show_reading()

    @property
    def heading(self) -> str:
        return "Correct an appointment" if self._attempt_id else "Appointment"

    def draft(self) -> AttemptDraft:
        return AttemptDraft(
            exam=self._code,
            at=self.value("at"),
            status=self.value("status"),
            place=self.value("place"),
            fee=self.value("fee"),
            case_number=self.value("case"),
            reason=self.value("reason"),
            waiver_granted=bool(self.value("waiver")),
            note=self.value("note"),
        )

    def submit(self) -> Outcome:
        if self._attempt_id:
            return self._service.edit_attempt(self._attempt_id, self.draft(), self.seen)
        return self._service.add_attempt(self.draft())


class OwnViewForm(ExamForm):
    """The person's view of a sitting: `which` is a report's id, or a code for its newest one.

    Raises `Refusal` where there is no such report.
    """

    def __init__(self, service: Service, which: str) -> None:
        self._report = service.reflected_report(which)
        super().__init__(service, self._report.exam)
        self._view = self._report.reflection or Reflection()
        self._places = _places(service, self._report, self._view)
        self._sat = service.state.facts.attempts[self._report.attempt].at

    @property
    def heading(self) -> str:
        return f"Your view of {text.day(self._sat)}"

    def compose_fields(self) -> ComposeResult:
        view = self._view
        yield TickField("hard", "Formats that felt hard", FORMATS, view.hard_formats)
        lacking = (view.lacking,) if view.lacking else ()
        yield TickField("lacking", "What seemed to be missing", LACKING, lacking, single=True)
        if self._places:
            yield Static("How you studied before it", classes="section", markup=False)
        for number, place in enumerate(self._places):
            yield TickField(f"method-{number}", place, METHODS, view.methods.get(place, ()))

    def on_mount(self) -> None:
        self.status("The advice takes it into account.", "muted")

    def _ticked(self, field: str) -> tuple[str, ...]:
        return self.query_one(f"#field-{field}", TickField).ticked

    def _methods(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for number, place in enumerate(self._places):
            if ticked := self._ticked(f"method-{number}"):
                yield place, ticked

    def draft(self) -> ReflectionDraft:
        return ReflectionDraft(
            report=self._report.id,
            hard_formats=self._ticked("hard"),
            lacking=self.value("lacking"),
            methods=tuple(self._methods()),
            clear=True,
        )

    def submit(self) -> Outcome:
        return self._service.reflect(self.draft(), self.seen)

    def keys(self, focused: Widget | None) -> Keys:
        if isinstance(focused, TickList):
            return (("arrows", "move"), ("space", "tick"), *self.KEYS[1:])
        return super().keys(focused)


def _places(service: Service, report: Report, view: Reflection) -> tuple[str, ...]:
    """The domains of the report's outline, and whatever else something is kept about."""
    outline = service.outline_for(report.exam, "", report.outline) if report.outline else None
    names = [domain.name for domain in outline.domains] if outline else []
    return tuple(dict.fromkeys((*names, *view.methods)))


class PracticeForm(ExamForm):
    """A result of `code`; `domain` is chosen to begin with."""

    HEADING = "Log practice"
    PICKED = "domain"

    def __init__(self, service: Service, code: str, domain: str | None = None) -> None:
        super().__init__(service, code)
        self._domain = domain
        outlines = service.exam_detail(code).outlines
        self._domains = outlines[0].domains if outlines else ()

    def compose_fields(self) -> ComposeResult:
        if self._domains:
            options = [
                (domain.name, domain.name, _share(domain.weight)) for domain in self._domains
            ]
            yield PickField("domain", "Domain", options, self._domain or "")
        else:
            yield TextField("domain", "Domain", self._domain or "")
        yield TextField("correct", "Correct", width=12, hint="questions or tasks you got right")
        yield TextField("total", "Of", width=12, hint="asked in all")
        yield TextField("source", "Source", width=34, hint="a name, if you like")
        now = self._service.state.now
        yield WhenField("at", "When", hint="fri 19:00; empty means now", now=now, lean="back")

    def draft(self) -> PracticeDraft:
        return PracticeDraft(
            exam=self._code,
            domain=self.value("domain"),
            correct=self.value("correct"),
            total=self.value("total"),
            source=self.value("source"),
            at=self.value("at"),
        )

    def submit(self) -> Outcome:
        return self._service.add_practice(self.draft())


def _share(weight: float) -> str:
    return f"{text.number(weight)} %"


class RatingForm(ExamForm):
    """The person's own level in each domain of `code`, begun with what is kept, else with what the
    predecessor's report suggests."""

    HEADING = "Your own level"

    def __init__(self, service: Service, code: str) -> None:
        super().__init__(service, code)
        view = service.view(code)
        self._rating = view.rating
        self._outline = service.outline_for(code, "", view.outline.id) if view.outline else None
        self._read = partial(service.band_for, code)

    @property
    def _taken_over(self) -> bool:
        """Whether the form begins with what the predecessor's report suggests."""
        return self._rating.at is None and bool(self._rating.offered)

    def compose_fields(self) -> ComposeResult:
        rows = self._rating.offered if self._taken_over else self._rating.domains
        bands = {row.name: row.band for row in rows if row.band != "unknown"}
        for number, domain in enumerate(self._outline.domains if self._outline else (), 1):
            # Topics are flagged on a report, not here.
            alone = msgspec.structs.replace(domain, topics=())
            yield DomainField(number, alone, bands.get(domain.name, ""), (), self._read)

    def on_mount(self) -> None:
        self.status(self._said(), "muted")

    def _said(self) -> str:
        """Where the bands are from, and whether the plan follows them."""
        rating = self._rating
        if rating.basis == "report":
            return "The plan follows your newest report instead."
        if self._taken_over:
            return f"From your {rating.predecessor} report; change what differs."
        if rating.at is None:
            return "Leave empty what you cannot tell."
        source = f", from {rating.from_predecessor}" if rating.from_predecessor else ""
        return f"Your rating of {text.day(rating.at)}{source}."

    def draft(self) -> RatingDraft:
        typed = [(row.domain.name, row.value) for row in self.query(DomainField)]
        return RatingDraft(
            exam=self._code,
            bands=tuple(
                (name, (self._read(said) or said) if said else "unknown") for name, said in typed
            ),
            from_predecessor=self._taken_over,
        )

    def submit(self) -> Outcome:
        return self._service.rate(self.draft(), self.seen)

    def keys(self, focused: Widget | None) -> Keys:
        if isinstance(focused, BandInput):
            save, close = self.KEYS[1:]
            return (("b n a", "band"), ("-", "clear"), ("↑↓", "domain"), save, close)
        return super().keys(focused)


WORDS = {
    "purchased": ("Ordered on", "day of the order"),
    "voucher_expires": ("Voucher until", "its last day"),
    "change_notice": ("Change notice", "72 hours, or 6 business days"),
    "accommodations": ("Accommodations", "day of the request"),
    "eligible_from": ("Approved on", "by the vendor"),
    "renewed_until": ("Renewed until", "of the certificate"),
}
"""The label of each term, and what it means."""


class TermsForm(ExamForm):
    """Shows the terms on which a date of the exam depends, and those that are stored."""

    CSS_PATH = styles("form", "terms_form")
    HEADING = "Terms"

    def __init__(self, service: Service, code: str) -> None:
        super().__init__(service, code)
        self._begun = service.terms_draft(code)
        self._asked = service.terms_fields(code)

    def compose_fields(self) -> ComposeResult:
        for name in self._asked:
            label, hint = WORDS[name]
            yield TextField(name, label, getattr(self._begun, name), hint=hint, width=18)

    def on_mount(self) -> None:
        self.status("Days as 2026-12-31, or empty.", "muted")

    def draft(self) -> TermsDraft:
        typed = {name: self.value(name) for name in self._asked}
        return msgspec.structs.replace(self._begun, **typed)

    def submit(self) -> Outcome:
        return self._service.set_terms(self._code, self.draft(), self.seen)


def target_form(service: Service, code: str) -> ShortForm:
    """Asks for the date to plan for; `auto` stands for one that nobody has set."""
    state = service.state
    entry = state.facts.tracked.get(code)
    shown = "auto"
    if entry and entry.target:
        chosen = entry.target.astimezone(state.zone)
        shown = f"{chosen:%Y-%m-%d %H:%M}" if entry.target_time_known else f"{chosen:%Y-%m-%d}"
    hint = "A date, or a date and time; auto follows your booking and your report."
    field = Asked("target", "Plan for", shown, hint, state.now)
    return ShortForm("Goal date", (field,), partial(service.set_target, code))
