"""The answers about the catalogue: exams, their study material, pasted outlines, and how outlines
continue each other."""

from datetime import date
from typing import Literal

import msgspec

from coach.model.exam import Confidence, Domain, Fit, LanguageEnd, ResourceKind, Weight


class LostLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a pasted text that was not understood, counted from 1."""

    line: int
    text: str


class OutlineDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What a pasted outline says: its domains, the day it names, and the lines that were not
    understood."""

    domains: tuple[Domain, ...]
    as_of: date | None
    not_understood: tuple[LostLine, ...]


class OutlineChange(
    msgspec.Struct, frozen=True, kw_only=True, rename={"before": "from", "after": "to"}
):
    """One difference between two outlines; `domain` has the newer name where there is one."""

    kind: Literal[
        "domain-gone", "domain-new", "domain-renamed", "topic-gone", "topic-new", "weight"
    ]
    domain: str
    before: str | None = None
    after: str | None = None


class OutlineCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A pasted outline beside the stored one of an exam: `outline` is None where there is none."""

    exam: str
    outline: str | None
    as_of: date | None
    domains: tuple[str, ...]
    changes: tuple[OutlineChange, ...]
    not_understood: tuple[LostLine, ...]
    taken_over: bool = False


class ResourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of study material. `domain` and `topic` are what it is listed for, `also` what else
    it practises; the marks are those of `coach.model.exam.Resource`."""

    id: str
    kind: ResourceKind
    title: str
    url: str
    minutes: int | None
    domain: str | None
    topic: str | None
    source: str
    as_of: date | None
    done: bool
    also: tuple[Fit, ...] = ()
    case_study: bool = False
    borrowed_from: str | None = None
    retired_names: bool = False
    address_formed: bool = False
    note: str | None = None


class Resources(msgspec.Struct, frozen=True, kw_only=True):
    """The study material of an exam, with where to practise and what was looked for in vain;
    `age` says where it may no longer hold."""

    exam: str
    resources: tuple[ResourceRow, ...]
    as_of: date | None = None
    course: str | None = None
    sandbox: str | None = None
    no_assessment: str | None = None
    note: str | None = None
    age: str | None = None


class MappedDomain(msgspec.Struct, frozen=True, kw_only=True):
    """A domain of an earlier outline, the one that continues it, and what Coach would suggest."""

    name: str
    to: str | None
    suggested: str | None


class OutlineMap(msgspec.Struct, frozen=True, kw_only=True):
    """How the domains of the outline `earlier` continue in `outline`."""

    earlier: str
    outline: str
    domains: tuple[MappedDomain, ...]


class Mappings(msgspec.Struct, frozen=True, kw_only=True):
    """The user's mappings onto the outline of the newest report, one for each other outline
    that a report is on."""

    exam: str
    outline: str | None
    maps: tuple[OutlineMap, ...]


ExamStatus = Literal["active", "announced", "beta", "retiring", "retired"]


class ExamRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the catalogue."""

    code: str
    title: str
    level: str | None
    status: ExamStatus
    retires: date | None
    successor: str | None


class DomainDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A domain with its published range and the point weight that Coach derives from it."""

    name: str
    weight: float
    weight_low: Weight | None
    weight_high: Weight | None
    topics: tuple[str, ...]


class OutlineDetail(msgspec.Struct, frozen=True, kw_only=True):
    """One edition of an exam's skills. `study_guide` is the address of the vendor's own page;
    without published weights (`weighted`) all domains count the same."""

    id: str
    as_of: date | None
    source: str
    confidence: Confidence
    note: str | None
    domains: tuple[DomainDetail, ...]
    study_guide: str | None = None
    valid_until: date | None = None
    checked: date | None = None
    topics_confidence: Confidence | None = None
    weighted: bool = True


class ExamDetail(ExamRow, frozen=True, kw_only=True):
    """One exam in full, the outline in force first.

    `pass_mark_source` says where the pass mark is from and `pass_mark_as_of` how old that is, both
    None where it is not known; `proctored` is None where that is not known.
    """

    certification: str | None
    vendor: str
    passing_score: int | None
    duration_minutes: int | None
    note: str | None
    outlines: tuple[OutlineDetail, ...]
    score_low: int | None = 1
    score_high: int | None = 1000
    pass_mark_source: str | None = None
    pass_mark_as_of: date | None = None
    proctored: bool | None = None
    audience: str | None = None
    policy: str = "microsoft"
    aliases: tuple[str, ...] = ()
    available_from: date | None = None
    resources: tuple[ResourceRow, ...] = ()
    language_ends: tuple[LanguageEnd, ...] = ()
