"""What happens next: the legal date, the recommended window, deadlines, results, cost.

The legal date and the recommended window are always two separate entries. Every entry names its
rule and where the rule comes from.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar, NamedTuple

from coach.model.documents import Milestone, Note, Recommended, Retake, Source, Timeline
from coach.ui import text
from coach.ui.looks import Look, Looks
from coach.ui.widgets.line_view import LINE_LOOKS, Listing, RowList
from coach.ui.widgets.rows import Row, Seg, spread, wrap

SOURCE_WORD: dict[Source, str] = {
    "official": "official",
    "article": "article",
    "own": "Coach's own",
}
_COVERED = ("earliest", "certain", "recommended", "window", "booked")


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
    """One entry: what it is, the answer, the rule in words, and the rule's source."""

    label: str
    value: str
    text: str = ""
    source: Source | None = None
    style: str = "strong"


def next_steps(retake: Retake | None, timeline: Timeline | None, now: datetime) -> list[Step]:
    """The entries in the order of use; empty without an exam."""
    if retake is None or timeline is None:
        return []
    today = now.date()
    steps = [_legal(retake, today), *_alternatives(retake, now)]
    steps += _recommended(retake, timeline, today)
    steps += _attempts_left(retake, today)
    steps += [_milestone(stone, today) for stone in _ahead(timeline, now)]
    steps.append(Step("Cost so far", f"{timeline.cost:.2f}".removesuffix(".00")))
    steps += [
        Step("Note", "", note.text, note.source)
        for note in retake.notes
        if note is not rule_note(retake) and note.code != "attempts-left"
    ]
    return steps


def rule_note(retake: Retake) -> Note | None:
    """The note that explains the rule of the legal date."""
    codes = (retake.rule, f"rule-{retake.rule}")
    return next((note for note in retake.notes if note.code in codes), None)


def _legal(retake: Retake, today: date) -> Step:
    rule = rule_note(retake)
    words = rule.text if rule else f"Rule: {retake.rule}."
    value, style = _legal_value(retake, today)
    return Step("May sit", value, words, rule.source if rule else None, style)


def _legal_value(retake: Retake, today: date) -> tuple[str, str]:
    if retake.status == "open":
        return "now", "passed strong"
    if retake.earliest is None:
        words = {"passed": "not again, it is passed", "retired": "no more, it is retired"}
        return words.get(retake.status, "no date yet"), "strong"
    value = f"from {text.moment(retake.earliest, today)}"
    if retake.certain_from and retake.certain_from != retake.earliest:
        value += f", for certain from {text.moment(retake.certain_from, today)}"
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
            f"If {other.condition}.",
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
    if retake.recommended.until < today:
        return [Step("Recommended", f"{window}, past", retake.recommended.basis, source, "muted")]
    return [Step("Recommended", window, retake.recommended.basis, source, "aim strong")]


def _attempts_left(retake: Retake, today: date) -> list[Step]:
    if retake.attempts_left is None or retake.status in ("passed", "retired"):
        return []
    total = retake.attempts_used + retake.attempts_left
    value = f"{retake.attempts_left} of {total}"
    if retake.window_end:
        value += f" until {text.day(retake.window_end, today)}"
    return [Step("Attempts left", value)]


def _ahead(timeline: Timeline, now: datetime) -> list[Milestone]:
    return [
        stone
        for stone in timeline.milestones
        if not stone.kind.startswith(_COVERED) and _is_ahead(stone.at, now)
    ]


def _is_ahead(at: date, now: datetime) -> bool:
    return at >= now if isinstance(at, datetime) else at >= now.date()


def _milestone(stone: Milestone, today: date) -> Step:
    return Step(_label(stone.kind), text.moment(stone.at, today), stone.text, stone.source)


def _label(kind: str) -> str:
    words = _LABELS.get(kind, kind.replace("-", " "))
    return words[:1].upper() + words[1:]


def next_listing(steps: list[Step], width: int, height: int) -> Listing:
    """The entries in `width` cells: label and answer, then the rule wrapped with its source.
    They stand a line apart where all of them then fit in `height`."""
    if not steps:
        return Listing([], [])
    entries = [_entry(step, width) for step in steps]
    if 2 + sum(len(entry) + 1 for entry in entries) <= height:
        return Listing([_HEAD, ()], [[*entry, ()] for entry in entries])
    return Listing([_HEAD], entries)


def _entry(step: Step, width: int) -> list[Row]:
    label = Seg(text.fit(step.label, LABEL - 1) + " ", "muted")
    tag = SOURCE_WORD[step.source] if step.source else ""
    if not step.value:
        words = f"{step.text} ({tag})" if tag else step.text
        first, *rest = wrap(text.visible(words), width - LABEL, MOST_LINES)
        return [(label, Seg(first, "muted")), *_below(rest)]
    value = Seg(text.visible(step.value), step.style)
    rows = [spread((label, value), (Seg(tag, "tag"),), width)]
    return rows + (
        _below(wrap(text.visible(step.text), width - LABEL, MOST_LINES)) if step.text else []
    )


def _below(lines: Iterable[str]) -> list[Row]:
    return [(Seg(" " * LABEL), Seg(line, "muted")) for line in lines]


LABEL = 15
MOST_LINES = 8
_HEAD: Row = (Seg("What happens next", "strong"),)


class NextList(RowList):
    """The entries; `step` is the one under the cursor."""

    LOOKS: ClassVar[Looks] = {
        **LINE_LOOKS,
        "tag": Look("ink-faint"),
        "aim": Look("secondary"),
    }

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
        return next_listing(self._steps, width, height)
