"""What the catalogue knows about an exam: its outlines, domains and life span."""

from datetime import date
from typing import Literal

import msgspec

Level = Literal["fundamentals", "associate", "expert", "specialty", "business", "professional"]
RETIRES_SOON_DAYS = 90
"""From when on the end of an exam is pointed out (own)."""
Confidence = Literal["official", "secondary", "article", "own"]


class Domain(msgspec.Struct, frozen=True, kw_only=True):
    """A skill area of one outline; weights are percent of the exam, as published."""

    name: str
    weight_low: int
    weight_high: int
    topics: tuple[str, ...] = ()


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """One dated edition of an exam's skills.

    `as_of` is the day the edition came into force, None where the vendor prints none.
    `automatic` is False for an outline that is only used when asked for by its id.
    """

    id: str
    as_of: date | None
    source: str
    confidence: Confidence
    domains: tuple[Domain, ...]
    automatic: bool = True
    study_guide: str | None = None
    note: str | None = None


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


class Exam(msgspec.Struct, frozen=True, kw_only=True):
    """An exam that can be tracked. `retires` is its last day; `policy` a policy id; `audience` says
    whom it is made for."""

    code: str
    title: str
    vendor: str = "Microsoft"
    policy: str = "microsoft"
    certification: str | None = None
    level: Level | None = None
    audience: str | None = None
    passing_score: int = 700
    score_low: int = 1
    score_high: int = 1000
    duration_minutes: int | None = None
    beta: bool = False
    retires: date | None = None
    retires_confidence: Confidence | None = None
    successor: str | None = None
    note: str | None = None
    outlines: tuple[Outline, ...] = ()
    patterns: tuple[Pattern, ...] = ()


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


class InsightRule(msgspec.Struct, frozen=True, kw_only=True):
    """When an insight applies, and what the plan makes of it; None where it takes no notice."""

    applies: str
    plan: str | None = None
