"""The small forms about one exam: booking, practice, terms, own view, own level."""

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.widgets import Input, Static

from coach.dates import Lean
from coach.descriptions import TERMS
from coach.model.attempt import Reflection, Report
from coach.service import attempts, exams, practice, rating, settings
from coach.service.drafts import (
    AttemptDraft,
    PracticeTestDraft,
    RatingDraft,
    ReflectionDraft,
    TermsDraft,
)
from coach.service.outcome import Outcome
from coach.service.reflection import FORMATS, LACKING, METHODS, reflect, reflected_report
from coach.service.service import Service
from coach.ui import text
from coach.ui.screens.form import NEXT, SAVE_CLOSE, Asked, ExamForm, ShortForm
from coach.ui.screens.sheet import Keys
from coach.ui.styles import styles
from coach.ui.widgets.band_field import BandInput, DomainField, TopicFlag
from coach.ui.widgets.fields import (
    PLACES,
    RESULT,
    Choice,
    Field,
    PickList,
    ResultField,
    TextField,
    TickField,
    TickList,
    WhenField,
)
from coach.wording import listed

STATUSES = (
    ("booked", "Booked", "upcoming"),
    ("pending", "Taken, result pending", "counts later"),
    ("cancelled", "Cancelled in time", "does not count"),
    ("late-cancelled", "Cancelled too late", "the fee is lost"),
    ("no-show", "No-show", "the fee is forfeited"),
    ("interrupted", "Interrupted", "ask with a case number"),
    ("revoked", "Revoked", "result taken back"),
    ("beta", "Beta exam", "counted separately"),
)
REASONS = (("", "none"), ("internet", "internet"), ("equipment", "equipment"), ("other", "other"))
WAIVER = (("", "no"), ("yes", "yes, granted"))
WHEN_HINT = "day, time if known"
CASE_HINT = "from the provider"


class AttemptForm(ExamForm):
    """A new appointment for the exam `code`, or a stored one to correct."""

    KEYS: ClassVar[Mapping[type, Keys]] = {
        **ExamForm.KEYS,
        PickList: ((f"1–{len(STATUSES)}", "status"), ("↑↓", "choose"), *NEXT),
    }

    def __init__(self, service: Service, code: str, attempt_id: str | None = None) -> None:
        super().__init__(service, code, "Correct an appointment" if attempt_id else "Appointment")
        self._attempt_id = attempt_id
        self._begun = (
            service.ask(attempts.attempt_draft, attempt_id)
            if attempt_id
            else AttemptDraft(exam=code, at="", status="booked")
        )

    def compose_fields(self) -> ComposeResult:
        begun = self._begun
        waiver = "yes" if begun.waiver_granted else ""
        yield Field("status", "Status", PickList(STATUSES, begun.status))
        lean = attempts.lean_of(begun.status)
        yield WhenField("at", "When", begun.at, hint=WHEN_HINT, lean=lean)
        yield Field("place", "Place", Choice(PLACES, begun.place))
        yield TextField("fee", "Fee", begun.fee, width=18, hint="in your currency")
        yield TextField("case", "Case no.", begun.case_number, width=18, hint=CASE_HINT)
        yield Field("reason", "Reason", Choice(REASONS, begun.reason))
        yield Field("waiver", "Waiver", Choice(WAIVER, waiver))
        yield TextField("note", "Note", begun.note)

    def on_field_changed(self) -> None:
        """What the status says decides how the day is read."""
        when = self.query_one(WhenField)
        when.lean = attempts.lean_of(self.value("status"))
        when.show_reading()

    def draft(self) -> AttemptDraft:
        return AttemptDraft(
            exam=self._code,
            case_number=self.value("case"),
            waiver_granted=bool(self.value("waiver")),
            **self.values("at", "status", "place", "fee", "reason", "note"),
        )

    def submit(self) -> Outcome:
        if self._attempt_id:
            edited = (self._attempt_id, self.draft())
            return self._service.act_on(self.seen, attempts.edit_attempt, *edited)
        return self._service.act(attempts.add_attempt, self.draft())


class OwnViewForm(ExamForm):
    """The person's view of a sitting: `which` is a report's id, or a code for its newest one.

    Raises `Refusal` where there is no such report.
    """

    KEYS: ClassVar[Mapping[type, Keys]] = {
        TickList: (("arrows", "move"), ("space", "tick"), *SAVE_CLOSE)
    }
    hint = "The advice takes it into account."

    def __init__(self, service: Service, which: str) -> None:
        report = service.ask(reflected_report, which)
        sat = service.state.facts.attempts[report.attempt].at
        super().__init__(service, report.exam, f"Your view of {text.day(sat)}")
        self._report, self._view = report, report.reflection or Reflection()
        self._places = _places(service, report, self._view)

    def compose_fields(self) -> ComposeResult:
        view = self._view
        yield TickField("hard", "Formats that felt hard", FORMATS, view.hard_formats)
        lacking = (view.lacking,) if view.lacking else ()
        yield TickField("lacking", "What seemed to be missing", LACKING, lacking, single=True)
        if self._places:
            yield Static("How you studied before it", classes="section", markup=False)
        for number, place in enumerate(self._places):
            yield TickField(f"method-{number}", place, METHODS, view.methods.get(place, ()))

    def _ticked(self, field: str) -> tuple[str, ...]:
        return self.query_one(f"#field-{field}", TickField).ticked

    def draft(self) -> ReflectionDraft:
        return ReflectionDraft(
            report=self._report.id,
            hard_formats=self._ticked("hard"),
            lacking=self.value("lacking"),
            methods=tuple(
                (place, ticked)
                for number, place in enumerate(self._places)
                if (ticked := self._ticked(f"method-{number}"))
            ),
            clear=True,
        )

    def submit(self) -> Outcome:
        return self._service.act_on(self.seen, reflect, self.draft())


def _places(service: Service, report: Report, view: Reflection) -> tuple[str, ...]:
    """The domains of the report's outline, and whatever else something is kept about."""
    world, edition = service.state.world, report.outline
    outline = exams.outline_for(world, report.exam, "", edition) if edition else None
    names = [domain.name for domain in outline.domains] if outline else []
    return tuple(dict.fromkeys((*names, *view.methods)))


class PracticeForm(ExamForm):
    """Results of `code`: of one domain, of a whole practice test, or of mixed questions. Typing
    begins in `domain`. A pasted list fills the rows."""

    hint = "14/20 or 70%; or paste a list."

    def __init__(self, service: Service, code: str, domain: str | None = None) -> None:
        super().__init__(service, code, "Log practice")
        self._domain = domain
        self._outline = service.view(code).outline

    def compose_fields(self) -> ComposeResult:
        for number, domain in enumerate(self._outline.domains if self._outline else (), 1):
            yield ResultField(f"domain:{domain.name}", f"{number:>2} {domain.name}", width=RESULT)
        yield ResultField("overall", "Overall, or mixed questions", width=RESULT)
        yield TextField("source", "Source", width=18, hint="a name, if you like")
        yield WhenField("at", "When", hint="empty means now", lean="back")

    @property
    def _domains(self) -> list[ResultField]:
        return list(self.query(ResultField))[:-1]

    def first_field(self) -> Field:
        asked = f"domain:{self._domain}"
        chosen = (row for row in self._domains if row.field == asked)
        return next(chosen, None) or super().first_field()

    def draft(self) -> PracticeTestDraft:
        typed = ((row.field.removeprefix("domain:"), row.value) for row in self._domains)
        return PracticeTestDraft(
            exam=self._code,
            results=tuple((name, result) for name, result in typed if result.strip()),
            overall=self.value("overall"),
            source=self.value("source"),
            at=self.value("at"),
        )

    def submit(self) -> Outcome:
        return self._service.act(practice.add_practice_test, self.draft())

    def on_paste(self, event: events.Paste) -> None:
        """Several lines are the results of a test, a domain each: put each into its row, and say
        what was not understood."""
        if len(event.text.strip().splitlines()) < 2:
            return
        event.prevent_default()
        read, unread = practice.read_results(self._service.view(self._code), event.text)
        found = {f"domain:{name}": result for name, result in read.results}
        found |= {"overall": read.overall} if read.overall else {}
        for row in self.query(ResultField):
            if row.field in found:
                row.query_one(Input).value = found[row.field]
        if unread:
            self.status(f"Not understood: {listed(unread)}.", "problem")


class RatingForm(ExamForm):
    """The person's own level in each domain of `code`, begun with what is kept, else with what the
    predecessor's report suggests. An exam that is tracked anew (`first`) is asked its goal date."""

    KEYS: ClassVar[Mapping[type, Keys]] = {
        **ExamForm.KEYS,
        BandInput: (("b n a", "band"), ("f", "weak topics"), ("-", "clear"), *SAVE_CLOSE),
        TopicFlag: (("space", "weak"), ("↑↓", "move"), *SAVE_CLOSE),
    }

    def __init__(self, service: Service, code: str, *, first: bool = False) -> None:
        super().__init__(service, code, "Your own level")
        self._first = first
        view = service.view(code)
        self._rating = view.rating
        edition = view.outline.id if view.outline else None
        self._outline = exams.outline_for(view.world, code, "", edition) if edition else None
        self._read = partial(exams.band_for, view.world, code)
        self.hint = self._said()

    @property
    def _weak(self) -> tuple[str, ...]:
        """The topics that are kept as weak."""
        return tuple(row.name for row in self._rating.topics if row.band == "below")

    @property
    def _taken_over(self) -> bool:
        """Whether the form begins with what the predecessor's report suggests."""
        return self._rating.at is None and bool(self._rating.offered)

    def compose_fields(self) -> ComposeResult:
        rows = self._rating.offered if self._taken_over else self._rating.domains
        bands = {row.name: row.band for row in rows if row.band != "unknown"}
        if self._first:
            hint = "such as 20 Mar, or empty"
            yield WhenField("target", "Goal date", hint=hint, lean="ahead")
        for number, domain in enumerate(self._outline.domains if self._outline else (), 1):
            yield DomainField(number, domain, bands.get(domain.name, ""), self._weak, self._read)

    def _said(self) -> str:
        """Where the bands are from, and whether the plan follows them."""
        rating = self._rating
        if rating.basis == "report":
            return "Bands follow your report; f: weak topics."
        if self._taken_over:
            return f"Taken from your {rating.predecessor} report."
        if self._first:
            return "All of it may stay empty."
        if rating.at is None:
            return "Leave empty what you cannot tell."
        source = f", from {rating.from_predecessor}" if rating.from_predecessor else ""
        return f"Your rating of {text.day(rating.at)}{source}."

    def draft(self) -> RatingDraft:
        rows = list(self.query(DomainField))
        typed = [(row.domain.name, row.value) for row in rows]
        weak = {topic: "below" for row in rows for topic in row.flags}
        return RatingDraft(
            exam=self._code,
            target=self.value("target") if self._first else "",
            bands=tuple(
                (name, (self._read(said) or said) if said else "unknown") for name, said in typed
            ),
            topics=tuple({**dict.fromkeys(self._weak, "unknown"), **weak}.items()),
            from_predecessor=self._taken_over,
        )

    def submit(self) -> Outcome:
        return self._service.act_on(self.seen, rating.rate, self.draft())


HINTS: dict[str, tuple[str, Lean | None]] = {
    "purchased": ("day of the order", "back"),
    "voucher_expires": ("its last day", "ahead"),
    "change_notice": ("such as 72 hours", None),
    "accommodations": ("when you asked", "back"),
    "eligible_from": ("by the vendor", "back"),
    "renewed_until": ("its new end", "ahead"),
}
"""What each term means, and which way its day is looked for."""


class TermsForm(ExamForm):
    """Shows the terms on which a date of the exam depends, and those that are stored."""

    CSS_PATH = styles("form", "terms_form")
    hint = "A day such as 31 Dec, or empty."

    def __init__(self, service: Service, code: str) -> None:
        super().__init__(service, code, "Terms")
        self._begun = service.ask(settings.terms_draft, code)
        self._asked = service.ask(settings.terms_fields, code)

    def compose_fields(self) -> ComposeResult:
        for name in self._asked:
            label, (hint, lean) = TERMS[name], HINTS[name]
            value = getattr(self._begun, name)
            if lean is None:
                yield TextField(name, label, value, hint=hint, width=18)
            else:
                yield WhenField(name, label, value, hint=hint, lean=lean)

    def draft(self) -> TermsDraft:
        return msgspec.structs.replace(self._begun, **self.values(*self._asked))

    def submit(self) -> Outcome:
        return self._service.act_on(self.seen, settings.set_terms, self._code, self.draft())


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

    def save(when: str) -> Outcome:
        return service.act(settings.set_target, code, when)

    return ShortForm("Goal date", (field,), save)
