"""The answers that people and scripts read: the documents behind `--json` and the screens.

A field that does not apply is None, never missing; a list may be empty, never None. Times carry
an offset. A sitting entered without a time of day shows a plain date.
"""

from datetime import date, datetime
from typing import Final, Literal

import msgspec

from coach.model.attempt import AttemptStatus, Band, Origin, Place, ReportSource
from coach.model.exam import Weight
from coach.model.plan import Activity, Basis, PlannedWork, ResourceLink, ScheduleBlock
from coach.model.policy import DayStep

Source = Literal["official", "article", "own"]
RetakeStatus = Literal["open", "waiting", "capped", "passed", "retired", "pending", "unknown"]


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A coded remark and where it comes from."""

    code: str
    text: str
    source: Source


class Alternative(msgspec.Struct, frozen=True, kw_only=True, rename={"condition": "if"}):
    """The earliest moment under a condition, such as "if the interrupted sitting counts"."""

    when: datetime | None
    condition: str


class Recommended(
    msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from", "until": "to"}
):
    """The window in which a retake makes sense, the rule it comes from, and that rule's source.

    `weeks` are the least and the most that the rule counts from the report.
    """

    from_: date
    until: date
    basis: str
    source: Source = "article"
    weeks: tuple[int, int] | None = None


class PolicyOrigin(msgspec.Struct, frozen=True, kw_only=True):
    """The rules behind a verdict: what they are called, where they are from, how old they are."""

    id: str
    name: str
    source: str
    as_of: date | None
    verified: bool
    note: str | None


class SitWeek(msgspec.Struct, frozen=True, kw_only=True):
    """A sitting in one week: `hours` of study by then, the chance (0-1) as a range and in tenths,
    and what to expect until a pass: sittings, their fees where a fee is known, and weeks."""

    at: date
    hours: float
    p: float
    low: float
    high: float
    of_ten: tuple[int, int, int]
    sittings: float
    fees: float | None
    weeks: float


class WhenToSit(msgspec.Struct, frozen=True, kw_only=True):
    """The first week in which the chance is `enough` (0-1): its day `at`, None where no week is,
    and `reason` says why. A model's answer, which stands beside the window of the rules.

    `fee` is that of the last sitting; `weeks` has every week that was looked at.
    """

    at: date | None
    enough: float
    hours: float | None
    fee: float | None
    attempts_left: int | None
    retires: date | None
    recommended: Recommended | None
    weeks: tuple[SitWeek, ...]
    reason: str | None


class Retake(msgspec.Struct, frozen=True, kw_only=True):
    """When an exam may be sat again, which rule says so, and when it should be.

    `earliest` is None when there is none; `certain_from` differs from it only where a time of
    day is unknown. `attempts_left` is None under a policy without a cap; `rule_name` is the rule
    in a few words.
    """

    exam: str
    status: RetakeStatus
    earliest: datetime | None
    certain_from: datetime | None
    rule: str
    attempts_used: int
    attempts_left: int | None
    window_start: datetime | None
    window_end: datetime | None
    recommended: Recommended | None
    retires: date | None
    successor: str | None
    alternatives: tuple[Alternative, ...] = ()
    notes: tuple[Note, ...] = ()
    policy: PolicyOrigin | None = None
    when_to_sit: WhenToSit | None = None
    rule_name: str = ""

    @property
    def rule_note(self) -> Note | None:
        """The note that says which rule set the date."""
        return next((note for note in self.notes if note.code == self.rule), None)


ExamPhase = Literal["sitting", "exam-day", "day-before", "after", "result-due"]


class ExamMoment(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment that is near, on, or without its result: what comes before all else then.

    `at` is a plain date, and `check_in` None, where the time of day is not known. `change_until`
    is the last moment of a free change while it lies ahead, `result_by` when the result should be
    there, None where that is not known.
    """

    exam: str
    attempt: str
    phase: ExamPhase
    at: datetime | date
    place: Place | None
    check_in: datetime | None
    change_until: datetime | date | None
    result_by: datetime | date | None


class ExamDay(msgspec.Struct, frozen=True, kw_only=True):
    """The checklist of the next appointment; `at` and `place` are None where none is booked. A
    time that was not entered shows a plain date."""

    exam: str
    at: datetime | date | None
    place: Place | None
    steps: tuple[DayStep, ...]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question with its answer and where the answer comes from."""

    code: str
    question: str
    answer: str
    source: Source


class Faq(msgspec.Struct, frozen=True, kw_only=True):
    """The questions, what people ask first standing first."""

    questions: tuple[Question, ...]


SELF_RATING: Final = "self-rating"
"""What stands for the id of a report in the cells of a self-rating."""


class RatedName(msgspec.Struct, frozen=True, kw_only=True):
    """The band that the user gives a domain or a topic."""

    name: str
    band: Band


class Rating(msgspec.Struct, frozen=True, kw_only=True):
    """The self-rating of an exam: `domains` in outline order, unknown where not rated.

    `at` is None where there is none. `from_predecessor` is the exam it was taken from; `offered`
    are the bands that the newest report of `predecessor` suggests. `basis` says what plans by.
    """

    exam: str
    at: datetime | None
    domains: tuple[RatedName, ...]
    topics: tuple[RatedName, ...]
    from_predecessor: str | None
    predecessor: str | None
    offered: tuple[RatedName, ...]
    basis: Basis


Trend = Literal["improved", "declined", "stuck", "steady", "unknown"]
InsightKind = Literal["red-flag", "trend", "readiness", "rule", "tip"]
Severity = Literal["high", "medium", "low"]
PracticeTrend = Literal["rising", "flat", "falling", "unknown"]
PracticeStatus = Literal["needs practice", "competent"]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One domain in one report. `value` is a bar or percent, or the vendor's own word.

    `mapped` names the domains of an earlier outline that the user's mapping reads it from; from
    several of them only a band follows, without origin and value.
    """

    report: str
    band: Band
    origin: Origin | None
    value: int | float | str | None
    mapped: tuple[str, ...] = ()


class PracticeTotal(msgspec.Struct, frozen=True, kw_only=True):
    """Items right and asked in all logged practice of a domain, and what they come to.

    `level` is a smoothed percentage (0-100) of right items, `levels` the same after each result,
    oldest first: a sparkline. `trend` says where it has been going. `status` follows from the
    results since the newest report; `streak` counts the good ones in a row at their end, and
    three make it competent. `gap` (0-2) is the gap of the newest band sharpened by the results
    since; it stands beside the band's own gap and changes nothing else.
    """

    correct: int
    total: int
    results: int = 0
    level: float | None = None
    levels: tuple[float, ...] = ()
    trend: PracticeTrend = "unknown"
    status: PracticeStatus | None = None
    streak: int = 0
    gap: float | None = None


class TopicMark(msgspec.Struct, frozen=True, kw_only=True):
    """A topic in the order of study, and whether a report flagged it.

    `level` is the smoothed percentage (0-100) of right items in practice logged for it.
    """

    name: str
    flagged: bool
    level: float | None = None


class DomainRow(msgspec.Struct, frozen=True, kw_only=True):
    """One domain across the reports, oldest report first. `weight` sums to 100 over the rows.

    `meaning` and `response` say what the newest band stands for and what to do about it, `way`
    is the way of working that suits it; all three are None without a report.
    """

    name: str
    weight: float
    weight_low: Weight | None
    weight_high: Weight | None
    cells: tuple[Cell, ...]
    trend: Trend
    gap: int | None
    priority: float | None
    tier: int | None
    practice: PracticeTotal
    topics: tuple[TopicMark, ...]
    meaning: str | None = None
    response: str | None = None
    way: Activity | None = None


class ReportSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What one report comes to: its weak domains by priority, the strong ones, those without a band
    in neither, and the next thing to do, None where nothing follows. `own_view` asks for the
    person's own view of a fail."""

    weak: tuple[str, ...]
    strong: tuple[str, ...]
    next: str | None
    own_view: bool


class OutlineGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Reports on another outline, with rows of their own. A gap, priority and tier are those of
    the newest report of all, so these rows have none."""

    outline: str | None
    reports: tuple[str, ...]
    domains: tuple[DomainRow, ...]


class Heatmap(msgspec.Struct, frozen=True, kw_only=True):
    """Domains by reports. `omitted` names reports on another outline, which share no row: they
    stand in `groups`, one for each such outline, the oldest first. `study_guide` is the address
    of the vendor's own list of what the exam asks, None where none is known."""

    exam: str
    outline: str | None
    reports: tuple[str, ...]
    domains: tuple[DomainRow, ...]
    omitted: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    groups: tuple[OutlineGroup, ...] = ()
    study_guide: str | None = None


class Insight(msgspec.Struct, frozen=True, kw_only=True):
    """What the reports say: a coded finding, the domains behind it, and what to do.

    `facts` are the bands, weights and scores that triggered it, `rule` says when it applies, and
    `plan` what the plan makes of it, None where the plan takes no notice.
    """

    code: str
    kind: InsightKind
    severity: Severity
    text: str
    domains: tuple[str, ...]
    action: str
    source: Source
    facts: tuple[str, ...] = ()
    rule: str | None = None
    plan: str | None = None


class InsightRule(msgspec.Struct, frozen=True, kw_only=True):
    """What an insight says and advises, when it applies, and what the plan makes of it, None where
    it takes no notice. Names in braces in `text` and `action` stand for what was found."""

    kind: InsightKind
    severity: Severity
    text: str
    action: str
    source: Source = "article"
    applies: str = ""
    plan: str | None = None


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """The insights of one exam, most severe first. `study_guide` is the address of the vendor's
    own list of what the exam asks, None where none is known."""

    exam: str
    insights: tuple[Insight, ...]
    study_guide: str | None = None


class NextBlock(PlannedWork, frozen=True, kw_only=True):
    """The session that comes next."""

    id: str


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The line above every screen: where one exam stands.

    `score` is the latest one; `days_left` counts calendar days to `target`. The minutes are
    those of the current week, Monday to Sunday.
    """

    exam: str
    title: str
    status: RetakeStatus
    score: int | None
    passing_score: int | None
    passed: bool | None
    earliest: datetime | None
    certain_from: datetime | None
    target: datetime | date | None
    days_left: int | None
    done_minutes: int
    planned_minutes: int
    next: NextBlock | None


TodayKind = Literal["exam-day", "result-due", "session", "free", "no-plan"]


class TodayExam(msgspec.Struct, frozen=True, kw_only=True):
    """What now means for one exam: its day, a result that is out, the session that is on or next,
    nothing ahead, or no plan. `title` names that in a few words, `text` says it in a line; `at` is
    when it begins, a plain date where the time of day is not known."""

    exam: str
    kind: TodayKind
    title: str
    at: datetime | date | None = None
    minutes: int | None = None
    resource: ResourceLink | None = None
    text: str


class WeekMinutes(msgspec.Struct, frozen=True, kw_only=True):
    """Study done and planned in the current week, Monday to Sunday."""

    done_minutes: int
    planned_minutes: int


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """A day or moment after which something can no longer be done."""

    at: datetime | date
    text: str


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """What now means over all tracked exams, the most pressing first. `unticked` are the sessions
    of today that are over and neither done nor skipped."""

    now: datetime
    exams: tuple[TodayExam, ...]
    unticked: tuple[ScheduleBlock, ...]
    week: WeekMinutes
    deadline: Deadline | None


class TimelineAttempt(msgspec.Struct, frozen=True, kw_only=True):
    """One appointment. `number` counts delivered attempts and is None for any other; `source` is
    where its report was seen."""

    id: str
    number: int | None
    at: datetime | date
    status: AttemptStatus
    score: int | None
    passed: bool | None
    counted: bool
    fee: float | None
    place: Place | None
    case: str | None
    report: str | None
    note: str
    source: ReportSource | None = None


class Milestone(msgspec.Struct, frozen=True, kw_only=True):
    """A dated point or deadline: when, what kind, and the rule behind it."""

    at: datetime | date
    kind: str
    text: str
    source: Source


class WaitSpan(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from", "until": "to"}):
    """The wait that followed one counted attempt: from the sitting to the earliest next one,
    and the rule that set its end. `source` is None where the rule is not verified."""

    attempt: str
    from_: datetime | date
    until: datetime
    rule: str
    source: Source | None = None


class Road(msgspec.Struct, frozen=True, kw_only=True):
    """The way to a pass in numbers: from the day of the first sitting to that of the pass, the
    delivered sittings, the minutes of study that were ticked, the fees of all appointments, and
    the first and the last score, None where the vendor prints none."""

    first_on: date
    passed_on: date
    attempts: int
    study_minutes: int
    fees: float
    first_score: int | None
    last_score: int | None


class StudyWeek(msgspec.Struct, frozen=True, kw_only=True):
    """Study in the week from the Monday `start` on: what was done, and what is still ahead."""

    start: date
    done_minutes: int
    planned_minutes: int


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """All appointments of one exam, oldest first, with what follows from them. `lessons` is what
    the reports of a retired predecessor showed, as a note; `study` has the weeks with any, the
    oldest first."""

    exam: str
    passing_score: int | None
    attempts: tuple[TimelineAttempt, ...]
    milestones: tuple[Milestone, ...]
    cost: float
    waits: tuple[WaitSpan, ...] = ()
    lessons: str | None = None
    road: Road | None = None
    study: tuple[StudyWeek, ...] = ()
