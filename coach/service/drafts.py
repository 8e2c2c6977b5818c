"""What a form or a command hands over: texts as typed, nothing parsed.

A draft is kept by the form until the service accepts it, so nothing typed is ever lost. The
field names are the ones that a `Problem` refers to.
"""

import msgspec


class ReportDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A score report. `result` is pass or fail, needed only where there is no score; `received` is
    the day it came in, where that is not the day of the exam; `source` is screen, pdf or profile.

    `observations` pairs a domain (number, name or part of it) with a band word or a bar from 0
    to 100; problems with one of them name the field `domain`, followed by a colon and the domain
    as given.
    """

    exam: str
    at: str
    score: str
    result: str = ""
    outline: str = ""
    observations: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()
    place: str = ""
    fee: str = ""
    received: str = ""
    source: str = ""
    note: str = ""


class AttemptDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment without a report: booked, missed, interrupted and the like."""

    exam: str
    at: str
    status: str
    place: str = ""
    fee: str = ""
    case_number: str = ""
    reason: str = ""
    waiver_granted: bool = False
    note: str = ""


class PracticeDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A quiz or lab result in one domain, or one topic of it; an empty `at` means this moment."""

    exam: str
    domain: str
    correct: str
    total: str
    source: str = ""
    at: str = ""
    topic: str = ""


class ReflectionDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A person's own view of a sitting. `report` is a report's id or an exam's code, whose newest
    report is meant; empty for the only exam.

    `methods` pairs a domain or topic with the ways it was studied; none takes them back. `clear`
    takes everything back before.
    """

    report: str = ""
    hard_formats: tuple[str, ...] = ()
    lacking: str = ""
    methods: tuple[tuple[str, tuple[str, ...]], ...] = ()
    clear: bool = False


class PracticeTestDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One whole practice test: `results` pairs a domain with `14/20` or `70%`, `overall` is the
    same for all of it. One of the two is enough; an empty `at` means this moment."""

    exam: str
    results: tuple[tuple[str, str], ...] = ()
    overall: str = ""
    source: str = ""
    at: str = ""


class RatingDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A self-rating: `bands` pairs a domain (number, name or part of it) with a band word, `topics`
    a topic; what is not named stays. `clear` takes everything back before, `from_predecessor` takes
    over what the newest report of the predecessor suggests, `target` is the date to plan for."""

    exam: str
    target: str = ""
    bands: tuple[tuple[str, str], ...] = ()
    topics: tuple[tuple[str, str], ...] = ()
    from_predecessor: bool = False
    clear: bool = False


class MappingDraft(msgspec.Struct, frozen=True, kw_only=True):
    """How domains of the outline `earlier` continue in the one of the newest report.

    `pairs` are domains (number, name or part of it); an empty second one takes a pair back.
    `suggested` first takes over what Coach proposes where nothing is mapped, `clear` takes all
    pairs back before. An empty `earlier` means the only other outline that a report is on.
    """

    exam: str
    earlier: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    suggested: bool = False
    clear: bool = False


class HoursDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Weekly hours; what is left empty stays as it is.

    `windows` pairs a weekday (mon..sun) with spans such as `19:00-20:30`, several separated by
    commas, empty for none; a weekday that is left out keeps its spans.
    `off` lists days off as `2026-12-24` or `2026-12-24..2026-12-26`. `clear` starts from an
    empty week without days off.

    In minutes: `block` is the longest block, `breaks` the break between two blocks, `daily` and
    `weekly` are caps, lifted by `none`, and `spare` is what strong areas get of a week, after the
    rest. `busy` is the path of an .ics file whose events keep the time free of study, in place of
    the one that was read before under the same `busy_name` (the name of the file, where none is
    given); `all_day` is `busy` or `free`. `no_busy` forgets the calendar of that name, or all.
    """

    windows: tuple[tuple[str, str], ...] = ()
    off: tuple[str, ...] = ()
    clear: bool = False
    block: str = ""
    breaks: str = ""
    daily: str = ""
    weekly: str = ""
    spare: str = ""
    busy: str = ""
    busy_name: str = ""
    all_day: str = ""
    no_busy: bool = False


class TermsDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What was agreed with the vendor of an exam: days, and a notice such as `72 hours` or
    `6 business days`; an empty text where nothing is known."""

    purchased: str = ""
    voucher_expires: str = ""
    change_notice: str = ""
    accommodations: str = ""
    eligible_from: str = ""
    renewed_until: str = ""
