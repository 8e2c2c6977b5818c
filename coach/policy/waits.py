"""The waits between the sittings of a history, for the timeline."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from coach.model.answers import WaitSpan
from coach.model.exam import Exam
from coach.model.policy import Policy
from coach.policy.dates import span
from coach.policy.outlook import is_taken
from coach.policy.sittings import Sitting
from coach.policy.standing import Standing, advance, next_sitting


def waits(
    exam: Exam, policy: Policy, sittings: Sequence[Sitting], *, now: datetime, zone: ZoneInfo
) -> tuple[WaitSpan, ...]:
    """The wait after each failed sitting that counts, oldest first.

    It runs to the earliest next sitting at that point, retirement aside. A sitting after which
    there is no wait, or none that ends, has no span.
    """
    return tuple(_spans(exam, policy, sittings, now, zone))


def _spans(
    exam: Exam, policy: Policy, sittings: Sequence[Sitting], now: datetime, zone: ZoneInfo
) -> Iterator[WaitSpan]:
    standing = Standing()
    source = policy.origin if policy.verified else None
    for sitting in filter(is_taken, sittings):
        standing = advance(standing, sitting, policy, zone)
        attempt, start = sitting.attempt, span(sitting.attempt, zone)[0]
        bound = next_sitting(standing, exam, policy, now, zone)
        if sitting.passed or bound.possible is None or bound.possible <= start:
            continue
        yield WaitSpan(
            attempt=attempt.id,
            from_=start if attempt.time_known else start.date(),
            until=bound.possible.astimezone(zone),
            rule=bound.rule,
            source=source,
        )
