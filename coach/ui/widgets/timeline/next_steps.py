"""What happens next: the legal date, the recommended window, deadlines, results, cost, a guess.

The legal date and the recommended window are always two separate entries. Every entry names its
rule and where the rule comes from.
"""

from datetime import date, datetime
from itertools import pairwise
from typing import ClassVar, Literal, NamedTuple

from textual.binding import Binding, BindingType

from coach.model.answers import Milestone, Note, Recommended, Retake, Road, Source, Timeline
from coach.model.forecasts import ForecastBasis, Guess
from coach.ui import text
from coach.ui.text import SOURCE_WORD, Origin
from coach.ui.widgets.line_view import Listing, RowList
from coach.ui.widgets.rows import Row, Seg, row_width, spread, wrap
from coach.wording import counted, duration

_COVERED = ("earliest", "certain", "recommended", "window", "booked")
_OF_THE_POLICY = ("change-deadline", "retires", "renewal", "expires")
_DOUBTS = (
    "impossible-gap",
    "too-many-in-window",
    "sat-after-pass",
    "sat-after-retirement",
    "future-sitting",
    "result-missing",
)
"""Notes on a history that cannot be right as it is stored."""

_AWAITED = ("report-mail", "result-limit", "profile-limit")
"""Marks of a result that is not in; what to do about it is told once they are past."""
_LABELS = {
    "change-deadline": "change until",
    "reschedule-deadline": "change until",
    "result-limit": "result at last",
    "report-mail": "report by mail",
    "profile": "profile from",
    "profile-limit": "profile by",
    "certificate-from": "certificate",
    "certificate-to": "certificate by",
    "beta-result-from": "beta result",
    "beta-result-to": "beta result by",
}


class Step(NamedTuple):
    """One entry: what it is, the answer, the rule in words, and where the rule is from. `sheet`
    names the sheet that explains it, where it has one of its own."""

    label: str
    value: str
    text: str = ""
    source: Origin | None = None
    style: str = "strong"
    label_style: str = "muted"
    sheet: Literal["forecast"] | None = None


def next_steps(
    retake: Retake | None,
    timeline: Timeline | None,
    now: datetime,
    lessons: str = "",
    guess: tuple[Guess, ForecastBasis] | None = None,
) -> list[Step]:
    """The entries in the order of use; empty without an exam. `lessons` are those of the exam
    before this one, `guess` is the chance to pass and what that rests on."""
    if retake is None or timeline is None:
        return []
    today = now.date()
    steps = [_legal(retake, today), *_doubts(retake, today), *_alternatives(retake, now)]
    steps += _recommended(retake, timeline, today)
    steps += _attempts_left(retake, timeline, today)
    steps += [_milestone(stone, retake, now) for stone in _ahead(timeline, now)]
    steps.append(Step("Cost so far", money(timeline.cost), "All fees entered, lost ones too."))
    steps += [_road(timeline.road, today)] if timeline.road else []
    steps += [_guess(*guess, today)] if guess else []
    told = (*_DOUBTS, "attempts-left")
    steps += [
        Step("Note", "", text.told(note.text, today), note.source, "muted")
        for note in retake.notes
        if note is not rule_note(retake) and note.code not in told
    ]
    return [*steps, Step("Lessons", "", lessons, "own", "ink")] if lessons else steps


def _road(road: Road, today: date) -> Step:
    """The way to the pass in numbers."""
    value = f"{counted(road.attempts, 'sitting')}, {duration(road.study_minutes)} of study"
    words = f"{text.days(road.first_on, road.passed_on, today)}, {money(road.fees)} in fees."
    if road.attempts > 1 and road.first_score is not None and road.last_score is not None:
        words = f"From {road.first_score} to {road.last_score}: {words}"
    return Step("The road", value, words)


def _guess(guess: Guess, basis: ForecastBasis, today: date) -> Step:
    """The chance to pass, what it is for and what it rests on."""
    when = text.short_day(guess.at, today)
    return Step("Model guess", guess.words, f"For {when}, from {basis.results}.", sheet="forecast")


def is_unverified(retake: Retake) -> bool:
    """Whether no page of the vendor confirms the rules of this exam."""
    return any(note.code == "policy-unverified" for note in retake.notes)


def doubts(retake: Retake) -> list[Note]:
    """What in the history cannot be right as it is stored."""
    return [note for note in retake.notes if note.code in _DOUBTS]


def money(amount: float) -> str:
    """An amount in the user's own currency: `660`, `82.50`."""
    return f"{amount:.2f}".removesuffix(".00")


def _doubts(retake: Retake, today: date) -> list[Step]:
    return [
        Step("▲ Check", "", text.told(note.text, today), note.source, "ink", "failed strong")
        for note in doubts(retake)
    ]


def _origin(source: Source, retake: Retake) -> Origin:
    """The source of a rule of the policy, which is unverified where no vendor page was read."""
    return "unverified" if source == "own" and is_unverified(retake) else source


def rule_note(retake: Retake) -> Note | None:
    """The note that explains the rule of the legal date."""
    codes = (retake.rule, f"rule-{retake.rule}")
    return next((note for note in retake.notes if note.code in codes), None)


def _legal(retake: Retake, today: date) -> Step:
    rule = rule_note(retake)
    words = text.told(rule.text, today) if rule else f"Rule: {retake.rule}."
    value, style = _legal_value(retake, today)
    return Step("May sit", value, words, _origin(rule.source, retake) if rule else None, style)


def _legal_value(retake: Retake, today: date) -> tuple[str, str]:
    if retake.status == "open":
        return "now", "passed strong"
    if retake.certain_from is None:
        words = {
            "passed": "not again, it is passed",
            "retired": "no more, it is retired",
            "unknown": "rule not known, ask the vendor",
        }
        return words.get(retake.status, "no date yet"), "strong"
    value = f"from {text.moment(retake.certain_from, today)}"
    if retake.earliest and retake.certain_from != retake.earliest:
        value += f", possibly from {text.moment(retake.earliest, today)}"
    return value, "accent strong"


def _alternatives(retake: Retake, now: datetime) -> list[Step]:
    """The dates of each case, left out where all of them are past."""
    today = now.date()
    if retake.status == "open" and all(o.when and o.when <= now for o in retake.alternatives):
        return []
    return [
        Step(
            "  or",
            f"from {text.moment(other.when, today)}" if other.when else "no date",
            f"If {text.told(other.condition, today)}.",
        )
        for other in retake.alternatives
    ]


def window_words(window: Recommended, today: date) -> str:
    """The recommended days: `11–18 Dec`, or the one day that is left of them."""
    if window.from_ == window.until:
        return text.day(window.from_, today)
    return text.days(window.from_, window.until, today)


def _recommended(retake: Retake, timeline: Timeline, today: date) -> list[Step]:
    if retake.recommended is None:
        return []
    source = next(
        (stone.source for stone in timeline.milestones if stone.kind.startswith("recommended")),
        None,
    )
    window = window_words(retake.recommended, today)
    basis = text.told(retake.recommended.basis, today)
    if retake.recommended.until < today:
        return [Step("Recommended", f"{window}, past", basis, source, "muted")]
    return [Step("Recommended", window, basis, source, "aim strong")]


def _attempts_left(retake: Retake, timeline: Timeline, today: date) -> list[Step]:
    if retake.attempts_left is None or retake.status in ("passed", "retired"):
        return []
    total = retake.attempts_used + retake.attempts_left
    value = f"{retake.attempts_left} of {total}"
    if retake.window_end:
        value += f" until {text.short_day(retake.window_end, today)}"
    stone = next((stone for stone in timeline.milestones if stone.kind == "window-end"), None)
    if stone is None:
        return [Step("Attempts left", value)]
    return [
        Step("Attempts left", value, text.told(stone.text, today), _origin(stone.source, retake))
    ]


def _ahead(timeline: Timeline, now: datetime) -> list[Milestone]:
    return [
        stone
        for stone in timeline.milestones
        if not stone.kind.startswith(_COVERED)
        and (_is_ahead(stone.at, now) or stone.kind in _AWAITED)
    ]


def _is_ahead(at: date, now: datetime) -> bool:
    return at >= now if isinstance(at, datetime) else at >= now.date()


def _milestone(stone: Milestone, retake: Retake, now: datetime) -> Step:
    of_the_policy = stone.kind.startswith(_OF_THE_POLICY)
    source = _origin(stone.source, retake) if of_the_policy else stone.source
    today, past = now.date(), "" if _is_ahead(stone.at, now) else ", past"
    words = text.told(stone.text, today)
    return Step(_label(stone.kind), text.moment(stone.at, today) + past, words, source)


def _label(kind: str) -> str:
    words = _LABELS.get(kind, text.spoken(kind))
    return words[:1].upper() + words[1:]


LABEL = 15
MOST_LINES = 8
LEAST_WORDS = 16
"""Columns beside an answer from which its rule is shown there."""
RULES_BESIDE = 70
"""Columns of the list from which most answers leave that room."""


def next_listing(steps: list[Step], width: int, height: int, hint: str = "") -> Listing:
    """The entries in `width` cells: label and answer, then the rule and its source.

    The roomiest form that fits in `height` is taken: entries a line apart, whole rules, rules of
    two lines and of one, and last one line for each entry. The last entries give way first, but
    where rules have room beside the answers none is below one.
    """
    if not steps:
        return Listing([], [])
    head = spread((Seg("What happens next", "strong"),), (Seg(hint, "tag"),), width)
    entries = [_entry(step, width, MOST_LINES) for step in steps]
    if 2 + sum(len(entry) + 1 for entry in entries) <= height:
        return Listing([head, ()], [[*entry, ()] for entry in entries])
    forms = [[_entry(step, width, lines) for step in steps] for lines in (MOST_LINES, 2, 1)]
    forms.append([[_line(step, width)] for step in steps])
    for roomy, tight in pairwise(forms):
        beside = tight is forms[-1] and width >= RULES_BESIDE
        for kept in (len(steps),) if beside else range(len(steps), 0, -1):
            mixed = roomy[:kept] + tight[kept:]
            if 1 + sum(map(len, mixed)) <= height:
                return Listing([head], mixed)
    return Listing([head], forms[-1])


def _entry(step: Step, width: int, lines: int) -> list[Row]:
    """Label and answer, and the rule below in at most `lines` lines; a note has no answer."""
    label, tag = _caption(step), _tag(step)
    if not step.value:
        room = width - LABEL - row_width(tag) - 1
        first, *rest = wrap(text.visible(step.text), room, lines)
        below = [(Seg(" " * LABEL), Seg(line, step.style)) for line in rest]
        return [spread((label, Seg(first, step.style)), tag, width), *below]
    rows = [spread((label, Seg(text.visible(step.value), step.style)), tag, width)]
    words = wrap(text.visible(step.text), width - LABEL, lines) if step.text else ()
    return [*rows, *((Seg(" " * LABEL), Seg(line, "muted")) for line in words)]


def _line(step: Step, width: int) -> Row:
    """Everything in one line; the rule only where there is room for some of it."""
    label, tag = _caption(step), _tag(step)
    if not step.value:
        return _entry(step, width, 1)[0]
    value = text.visible(step.value)
    room = width - LABEL - len(value) - row_width(tag) - 4
    words = text.clip(step.text, room) if step.text and room >= LEAST_WORDS else ""
    left = (label, Seg(value, step.style), Seg(f"  {words}", "muted"))
    return spread(left, tag, width)


def _caption(step: Step) -> Seg:
    return Seg(text.fit(step.label, LABEL - 1) + " ", step.label_style)


def _tag(step: Step) -> Row:
    return (Seg(SOURCE_WORD[step.source], "tag"),) if step.source else ()


class NextList(RowList):
    """The entries; `step` is the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "screen.open", "Explain", show=False),
    ]

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._steps: list[Step] = []

    def show(self, steps: list[Step]) -> None:
        """Draw these entries."""
        self._steps = steps
        self.rearrange()

    @property
    def step(self) -> Step | None:
        """The entry under the cursor."""
        return self._steps[self.cursor] if self.cursor < len(self._steps) else None

    def lay_out(self, width: int, height: int) -> Listing:
        return next_listing(self._steps, width, height, "? explains" if self.has_focus else "")

    def watch_has_focus(self, has_focus: bool) -> None:
        """The hint stands only where its key works."""
        super().watch_has_focus(has_focus)
        self.rearrange()
