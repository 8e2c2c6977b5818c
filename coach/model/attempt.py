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
