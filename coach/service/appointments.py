"""Finding stored appointments, and their parts as texts to edit."""

from collections.abc import Iterator

import msgspec

from coach.model.attempt import Attempt, Place, Report
from coach.model.facts import Facts
from coach.service.reader import Moment
from coach.service.world import World, by_prefix, without

PLACES: tuple[Place, ...] = ("centre", "online")


def find_attempt(facts: Facts, record_id: str) -> Attempt:
    """An attempt by its own id or its report's, or an unambiguous beginning of either."""
    owner = {report.id: facts.attempts[report.attempt] for report in facts.reports.values()}
    return by_prefix({**owner, **facts.attempts}, record_id, "id", "report or attempt")


def report_of(facts: Facts, attempt: Attempt) -> Report | None:
    """The report of an attempt, if it has one."""
    return next((r for r in facts.reports.values() if r.attempt == attempt.id), None)


def without_attempt(facts: Facts, attempt: Attempt) -> Facts:
    """The facts without an attempt and its report."""
    report = report_of(facts, attempt)
    return msgspec.structs.replace(
        facts,
        attempts=without(facts.attempts, attempt.id),
        reports=without(facts.reports, report.id) if report else facts.reports,
    )


def unreported(facts: Facts, code: str) -> Iterator[Attempt]:
    """The attempts of an exam that have no report."""
    reported = {report.attempt for report in facts.reports.values()}
    return (a for a in facts.attempts.values() if a.exam == code and a.id not in reported)


def same_day(world: World, attempt: Attempt, moment: Moment) -> bool:
    """Whether an attempt is on the day that was typed, in the user's zone."""
    return attempt.at.astimezone(world.zone).date() == moment.at.date()


def shown_moment(moment: Moment) -> str:
    """A typed time in a sentence."""
    return f"{moment.at:%Y-%m-%d %H:%M}" if moment.time_known else f"{moment.at:%Y-%m-%d}"


def fee_text(attempt: Attempt) -> str:
    """The fee of an attempt as it was typed."""
    return "" if attempt.fee is None else f"{attempt.fee:.2f}".removesuffix(".00")
