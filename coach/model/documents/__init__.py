"""The answers that people and scripts read: the documents behind `--json` and the screens.

A field that does not apply is None, never missing; a list may be empty, never None. Times carry
an offset. A sitting entered without a time of day shows a plain date.
"""

from coach.model.documents.catalogue import (
    DomainDetail,
    ExamDetail,
    ExamRow,
    ExamStatus,
    OutlineDetail,
)
from coach.model.documents.exam_day import DayStep, ExamDay
from coach.model.documents.faq import Faq, Question
from coach.model.documents.forecast import ForecastAnswer, ForecastBasis, Guess, KeptForecast
from coach.model.documents.heatmap import (
    Advice,
    Cell,
    DomainRow,
    Heatmap,
    Insight,
    InsightKind,
    MappedDomain,
    Mappings,
    OutlineGroup,
    OutlineMap,
    PracticeStatus,
    PracticeTotal,
    PracticeTrend,
    ReportSummary,
    Severity,
    TopicMark,
    Trend,
)
from coach.model.documents.retake import (
    Alternative,
    Note,
    PolicyOrigin,
    Recommended,
    Retake,
    RetakeStatus,
    Source,
)
from coach.model.documents.schedule import (
    ChangeRow,
    Head,
    NextBlock,
    RevisionComparison,
    RevisionRow,
    Schedule,
    ScheduleBlock,
    StrategySplit,
    Week,
)
from coach.model.documents.timeline import Milestone, Timeline, TimelineAttempt, WaitSpan

__all__ = [
    "Advice",
    "Alternative",
    "Cell",
    "ChangeRow",
    "DayStep",
    "DomainDetail",
    "DomainRow",
    "ExamDay",
    "ExamDetail",
    "ExamRow",
    "ExamStatus",
    "Faq",
    "ForecastAnswer",
    "ForecastBasis",
    "Guess",
    "Head",
    "Heatmap",
    "Insight",
    "InsightKind",
    "KeptForecast",
    "MappedDomain",
    "Mappings",
    "Milestone",
    "NextBlock",
    "Note",
    "OutlineDetail",
    "OutlineGroup",
    "OutlineMap",
    "PolicyOrigin",
    "PracticeStatus",
    "PracticeTotal",
    "PracticeTrend",
    "Question",
    "Recommended",
    "ReportSummary",
    "Retake",
    "RetakeStatus",
    "RevisionComparison",
    "RevisionRow",
    "Schedule",
    "ScheduleBlock",
    "Severity",
    "Source",
    "StrategySplit",
    "Timeline",
    "TimelineAttempt",
    "TopicMark",
    "Trend",
    "WaitSpan",
    "Week",
]
