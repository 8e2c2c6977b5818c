"""What the catalogue knows about an exam: its outlines, domains, life span and study material."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Level = Literal["fundamentals", "associate", "professional", "expert", "specialty", "business"]
RETIRES_SOON_DAYS = 90
"""From when on the end of an exam is pointed out (own)."""
Confidence = Literal["official", "secondary", "article", "own"]
LARGEST_SCORE = 100_000
Score = Annotated[int, Meta(ge=0, le=LARGEST_SCORE)]
Minutes = Annotated[int, Meta(ge=1, le=1440)]
Weight = Annotated[int, Meta(ge=0, le=100)] | Annotated[float, Meta(ge=0, le=100)]
"""Percent of an exam; a whole number where the vendor prints one."""


class Domain(msgspec.Struct, frozen=True, kw_only=True):
    """A skill area of one outline; weights are percent of the exam, as published, both None where
    the vendor publishes none."""

    name: str
    weight_low: Weight | None = None
    weight_high: Weight | None = None
    topics: tuple[str, ...] = ()


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """One dated edition of an exam's skills.

    `as_of` is the day the edition came into force, None where the vendor prints none, `valid_until`
    its last day where another one takes its place under the same code, `checked` the day it was
    last compared with the vendor's page. `topics_confidence` is given where the topics are from
    another source than the weights. `automatic` is False for an outline that is only used when
    asked for by its id.
    """

    id: str
    as_of: date | None
    source: str
    confidence: Confidence
    domains: tuple[Domain, ...]
    valid_until: date | None = None
    checked: date | None = None
    topics_confidence: Confidence | None = None
    automatic: bool = True
    study_guide: str | None = None
    note: str | None = None

    @property
    def weighted(self) -> bool:
        """Whether the vendor publishes weights; without them all domains weigh the same."""
        return any(domain.weight_high for domain in self.domains)

    @property
    def known_on(self) -> date | None:
        """The day up to which this outline is known to hold."""
        return max(filter(None, (self.as_of, self.checked)), default=None)


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """A reading tied to particular domains, such as a foundation under the others.

    `kind` names the rule in `reading` that applies it; `domains` are names in the outline;
    `outline` is the outline id it belongs to, None for every outline that has these names.
    """

    kind: Literal["foundation", "resource-level", "operations-only", "hands-on"]
    domains: tuple[str, ...]
    text: str
    action: str
    source: str
    outline: str | None = None


class LanguageEnd(msgspec.Struct, frozen=True, kw_only=True):
    """The last day of an exam in some languages, where that is not the day it retires."""

    languages: Annotated[tuple[str, ...], Meta(min_length=1)]
    retires: date


class Exam(msgspec.Struct, frozen=True, kw_only=True):
    """An exam that can be tracked.

    `policy` is a policy id, "unknown" where the retake rule is not known. `aliases` are its other
    codes and former names. `passing_score` is None where the vendor publishes none, the bounds of
    the scale are None where a result has no number. `available_from` is its first day, `retires`
    its last; `audience` says whom it is made for.
    """

    code: str
    title: str
    vendor: str = "Microsoft"
    policy: str = "microsoft"
    certification: str | None = None
    level: Level | None = None
    audience: str | None = None
    aliases: tuple[str, ...] = ()
    passing_score: Score | None = 700
    score_low: Score | None = 1
    score_high: Score | None = 1000
    duration_minutes: Minutes | None = None
    beta: bool = False
    available_from: date | None = None
    retires: date | None = None
    retires_confidence: Confidence | None = None
    successor: str | None = None
    note: str | None = None
    outlines: tuple[Outline, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    language_ends: tuple[LanguageEnd, ...] = ()

    @property
    def scale(self) -> tuple[int, int]:
        """The lowest and the highest score that can be; wide where the vendor names none."""
        return self.score_low or 0, self.score_high or LARGEST_SCORE


class TopicKind(msgspec.Struct, frozen=True, kw_only=True):
    """How to study the topics whose names hold one of the keywords.

    A keyword matches the beginning of a word; a trailing space asks for the whole word. `read`
    completes "read ...", `build` "build ...", `decide` "decide ...".
    """

    name: str
    keywords: tuple[str, ...]
    read: str
    build: str
    decide: str


ResourceKind = Literal["lab", "learn", "assessment"]


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    """What a resource practises: a domain, and a topic where it is not for the whole domain."""

    domain: str
    topic: str | None = None


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """A lab, learning path, module or practice assessment.

    `domain` and `topic` say what it is for, `also` what else; an assessment has neither.
    `minutes` is None where no credible time is known. `case_study` marks an exercise on paper,
    `borrowed_from` the exam whose course a lab belongs to, `retired_names` a lab that uses old
    product names, `address_formed` an address made from the lab's file and not seen on a page.
    `as_of` is the day of the source.
    """

    id: str
    kind: ResourceKind
    title: str
    url: str
    source: str
    minutes: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    domain: str | None = None
    topic: str | None = None
    also: tuple[Fit, ...] = ()
    as_of: date | None = None
    case_study: bool = False
    borrowed_from: str | None = None
    retired_names: bool = False
    address_formed: bool = False
    note: str | None = None

    @property
    def fits(self) -> tuple[Fit, ...]:
        """Everything it practises, the main one first."""
        first = (Fit(domain=self.domain, topic=self.topic),) if self.domain else ()
        return (*first, *self.also)


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """The study material of one exam, named in the words of one outline.

    `course` is the page of the official course, `sandbox` says where one can practise and under
    which terms, `no_assessment` who looked for a practice assessment in vain.
    """

    exam: str
    outline: str | None = None
    as_of: date | None = None
    course: str | None = None
    sandbox: str | None = None
    no_assessment: str | None = None
    note: str | None = None
    resources: tuple[Resource, ...] = ()
