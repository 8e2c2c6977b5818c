"""The answers about study material, pasted outlines, and how outlines continue each other."""

from datetime import date
from typing import Literal

import msgspec

from coach.model.exam import Domain, Fit, ResourceKind


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
