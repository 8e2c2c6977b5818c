"""One appointment, and the result it gave."""

from datetime import date, datetime
from typing import Literal

import msgspec

AttemptStatus = Literal[
    "booked",
    "pending",
    "delivered",
    "no-show",
    "late-cancelled",
    "cancelled",
    "interrupted",
    "revoked",
    "beta",
]
Place = Literal["centre", "online"]
WaiverReason = Literal["internet", "equipment", "other"]
Band = Literal["below", "near", "above", "unknown"]
Origin = Literal["band", "bar", "word", "percent", "self-rating"]
ReportSource = Literal["screen", "pdf", "profile"]
QuestionFormat = Literal[
    "multiple-choice",
    "multiple-response",
    "case-study",
    "drag-and-drop",
    "build-list",
    "scenario",
    "simulation",
]
Lacking = Literal["concepts", "practice", "both", "frameworks"]
Method = Literal["reading", "videos", "labs", "questions", "scenarios", "course", "study-partner"]


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One appointment for an exam.

    `at` is its start, with an offset. Where `time_known` is False only the date was given and
    `at` is local midnight of that day. `fee` is in the user's own currency.
    """

    id: str
    exam: str
    at: datetime
    status: AttemptStatus
    time_known: bool = True
    place: Place | None = None
    fee: float | None = None
    case_number: str | None = None
    reason: WaiverReason | None = None
    waiver_granted: bool = False
    note: str = ""


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """What a report showed for one domain, as it was given.

    `word` holds a band or a vendor's own word, `value` a bar read by eye or a percentage
    (0-100). The band is derived from these by `coach.reading.bands`, never stored.
    """

    domain: str
    origin: Origin
    word: str | None = None
    value: int | float | None = None


class Reflection(msgspec.Struct, frozen=True, kw_only=True):
    """What the person who sat an exam says about it; a report tells none of this.

    `hard_formats` are question formats that felt hard, `lacking` is what seemed to be missing,
    `methods` how each domain or topic was studied before that sitting.
    """

    hard_formats: tuple[QuestionFormat, ...] = ()
    lacking: Lacking | None = None
    methods: dict[str, tuple[Method, ...]] = {}


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one delivered attempt.

    `outline` is the id of the outline its domains belong to, None where the exam has none.
    `score` is None and `passed` given where the vendor prints no score. `received` is the day
    the result arrived, None for the day of the attempt. `source` is where it was seen: on the
    screen after the exam, in the PDF, or in the profile. `reflection` is the person's own view.
    """

    id: str
    attempt: str
    exam: str
    outline: str | None
    score: int | None = None
    passed: bool | None = None
    observations: tuple[Observation, ...] = ()
    flags: tuple[str, ...] = ()
    received: date | None = None
    source: ReportSource | None = None
    note: str = ""
    reflection: Reflection | None = None


PassOrFail = Literal["", "pass", "fail"]


class ImportProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A remark on a file: the line it is about where known, the field, and a sentence."""

    line: int | None
    field: str
    text: str


class ImportedReport(msgspec.Struct, frozen=True, kw_only=True):
    """One report as read: every value still a text, as a form has it.

    `observations` pairs a domain with a band or bar; `result` and `passing` are what the report
    itself says of passing. `where` names the report in a sentence where a file holds several.
    `lines` pairs a field with its line; a domain's field is `domain:` and its name. `unread` holds
    the lines of a text that may still name its exam, `lost` those with a band, a percent or a
    number that was not understood. A report with `problems` is not to be stored; `notes` say how
    something was understood.
    """

    exam: str = ""
    at: str = ""
    score: str = ""
    place: str = ""
    outline: str = ""
    fee: str = ""
    source: str = ""
    note: str = ""
    flags: tuple[str, ...] = ()
    observations: tuple[tuple[str, str], ...] = ()
    result: PassOrFail = ""
    passing: str = ""
    where: str = ""
    lines: tuple[tuple[str, int], ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    lost: tuple[tuple[int, str], ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    notes: tuple[ImportProblem, ...] = ()

    def line_of(self, field: str) -> int | None:
        """The line a field was read from, None where that is not known."""
        return dict(self.lines).get(field)
