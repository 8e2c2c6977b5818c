"""Fees, and a candidate's own terms as dates: voucher, purchase, approval, accommodations, and the
last moment of a free change.

Each date gives a note of the verdict and a mark of the timeline; bookings are checked against the
same dates."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from coach.model.answers import Milestone, Note, Retake, Source
from coach.model.attempt import Attempt, AttemptStatus
from coach.model.policy import Policy
from coach.policy.dates import (
    add_business_days_local,
    add_days_local,
    add_hours_elapsed,
    add_months,
    midnight,
    span,
)
from coach.policy.history import Candidate, approval
from coach.wording import counted, note, phrased

MISSED: tuple[AttemptStatus, ...] = ("no-show", "late-cancelled")
"""Appointments that gave no exam and whose fee is lost."""


def cost(attempts: Iterable[Attempt]) -> float:
    """The fees of all appointments but those cancelled in time, in the user's currency.

    A fail and a missed appointment are not refunded.
    """
    return sum((a.fee or 0.0 for a in attempts if a.status != "cancelled"), 0.0)


def fee_lost(attempt: Attempt) -> bool:
    """Whether a fee was paid for an appointment that gave no exam."""
    return attempt.status in MISSED and bool(attempt.fee)


def change_deadline(attempt: Attempt, policy: Policy, zone: ZoneInfo) -> datetime | None:
    """The last moment at which a change keeps the fee, None where nobody names one.

    The candidate's own notice, such as a voucher's, stands before the vendor's. Hours are elapsed
    ones; business days are Mondays to Fridays at the same local time. Without a known place the
    strictest deadline counts.
    """
    own = policy.terms.change_notice
    if own is not None and own.unit == "business-days":
        return add_business_days_local(attempt.at, -own.amount, zone)
    by_place = policy.change_deadline_hours
    strictest = max(by_place.values(), default=None)
    hours = own.amount if own is not None else by_place.get(attempt.place or "", strictest)
    return None if hours is None else add_hours_elapsed(attempt.at, -hours, zone)


def cancel_status(
    attempt: Attempt, cancelled_at: datetime, policy: Policy, zone: ZoneInfo
) -> AttemptStatus:
    """What cancelling a booked attempt at `cancelled_at` makes of it: a late one loses its fee.

    Without a time of day it is late only once it is late for every time of that day.
    """
    deadline = change_deadline(attempt, policy, zone)
    if deadline is not None and not attempt.time_known:
        deadline = add_days_local(deadline, 1, zone)
    is_late = deadline is not None and cancelled_at.astimezone(UTC) > deadline.astimezone(UTC)
    return "late-cancelled" if is_late else "cancelled"


RETAKE_PRICES = {
    "each": "Each retake is paid for, where a fee applies.",
    "reduced": "A retake costs a reduced fee.",
    "free": "A retake is free.",
}
"""What a retake costs, as a sentence."""
OVER = ("passed", "retired")


def answer_on_accommodations(policy: Policy) -> date | None:
    """By when accommodations that were asked for should be answered, None where none were."""
    asked, wait = policy.terms.accommodations, policy.accommodation_days
    return None if asked is None or wait is None else asked + timedelta(days=wait)


def eligibility_end(candidate: Candidate) -> date | None:
    """The day on which the vendor's approval of the candidate ends."""
    opened, cap = approval(candidate), candidate.policy.cap
    if opened is None or cap is None or cap.months is None:
        return None
    return add_months(opened, cap.months).date()


def included_until(candidate: Candidate) -> date | None:
    """The last day of the retake that came with the fee, None where it is not known."""
    policy, zone = candidate.policy, candidate.zone
    purchased, count = policy.terms.purchased, policy.included_retake_months
    if purchased is not None and count is not None:
        return add_months(midnight(purchased, zone), count).date()
    failed = next((s for s in candidate.sittings if s.counted and s.passed is False), None)
    if failed is None or policy.included_retake_days is None:
        return None
    return add_days_local(span(failed.attempt, zone)[0], policy.included_retake_days, zone).date()


def has_included_retake(candidate: Candidate) -> bool:
    """Whether a retake that came with the fee is neither used nor forfeited."""
    used = sum(s.counted for s in candidate.sittings)
    return used <= candidate.policy.included_retakes > 0 and not _forfeited(candidate)


def _forfeited(candidate: Candidate) -> bool:
    missed = any(s.attempt.status in MISSED for s in candidate.sittings)
    return candidate.policy.no_show_forfeits_retake and missed


def term_notes(verdict: Retake, candidate: Candidate) -> Iterator[Note]:
    """Notes on what a further sitting costs and on the candidate's own deadlines."""
    if verdict.status in OVER:
        return
    policy = candidate.policy
    yield from _price(candidate)
    yield from _voucher(verdict, candidate)
    yield from _eligibility(verdict, candidate)
    answer, asked = answer_on_accommodations(policy), policy.terms.accommodations
    if answer is not None and answer > candidate.today:
        text = (
            "Accommodations were asked for on {}; the answer can take {} days. Book once it is "
            "there, for {} or later."
        )
        days, source = policy.accommodation_days, candidate.source
        yield note("accommodations", source, text, asked, days, answer)


def _price(candidate: Candidate) -> Iterator[Note]:
    policy, source = candidate.policy, candidate.source
    number, limit = policy.included_retakes, included_until(candidate)
    if not number:
        if policy.retake_fee != "each" and any(s.counted for s in candidate.sittings):
            yield note("retake-fee", source, RETAKE_PRICES[policy.retake_fee])
    elif _forfeited(candidate):
        yield note("retake-forfeited", source, "A missed appointment loses the included retake.")
    elif not has_included_retake(candidate):
        text = "The included retake has been used; a further one is paid for."
        yield note("retake-used", source, text)
    elif limit is not None and limit < candidate.today:
        yield note("retake-lapsed", source, "The included retake could be used until {}.", limit)
    else:
        months, days = policy.included_retake_months, policy.included_retake_days
        within = f", within {days} days of the first fail" if days is not None else ""
        if months is not None:
            within = f", within {counted(months, 'month')} of the purchase"
        within = phrased(" until {}", limit) if limit else within
        yield note("retake-included", source, "The fee includes {:retake}{}.", number, within)


def _voucher(verdict: Retake, candidate: Candidate) -> Iterator[Note]:
    last, window = candidate.policy.terms.voucher_expires, verdict.recommended
    if last is None:
        return
    text = "The voucher has to be used by {}."
    if last < candidate.today:
        text = "The voucher expired on {}."
    elif verdict.earliest and verdict.earliest.astimezone(candidate.zone).date() > last:
        text = "The voucher expires on {}, before you may sit it again."
    elif window is not None and window.from_ > last:
        text = "The voucher expires on {}, before the best time."
    elif window is not None and window.until > last:
        text = "The voucher expires on {}, inside the best time."
    yield note("voucher-expires", "own", text, last)


def _eligibility(verdict: Retake, candidate: Candidate) -> Iterator[Note]:
    cap, end, source = candidate.policy.cap, eligibility_end(candidate), candidate.source
    if cap is None or cap.anchor != "eligibility" or cap.months is None:
        return
    if end is None:
        if verdict.attempts_used:
            text = (
                "The {:month} start with the vendor's approval, so they end earlier than shown "
                "here; enter its day as a term of this exam."
            )
            yield note("approval-unknown", source, text, cap.months)
    elif end <= candidate.today:
        text = "The approval ended on {}; a further sitting needs a new one."
        yield note("approval-over", source, text, end)
    else:
        text = "The approval ends on {}; a later sitting needs a new one."
        yield note("approval-ends", source, text, end)


def term_marks(verdict: Retake, candidate: Candidate) -> Iterator[Milestone]:
    """The candidate's own deadlines that lie ahead, as marks of the timeline."""
    policy, source = candidate.policy, candidate.source
    included = included_until(candidate) if has_included_retake(candidate) else None
    answer, when = answer_on_accommodations(policy), "Answer on accommodations by about here"
    marks: tuple[tuple[date | None, str, str, Source], ...] = (
        (policy.terms.voucher_expires, "voucher-expires", "Last day of the voucher.", "own"),
        (included, "included-retake-to", "Last day of the retake that the fee includes.", source),
        (eligibility_end(candidate), "approval-ends", "The vendor's approval ends.", source),
        (answer, "accommodations", f"{when}; book after it.", source),
    )
    for at, kind, text, origin in marks:
        if at is not None and at >= candidate.today and verdict.status not in OVER:
            yield Milestone(at=at, kind=kind, text=text, source=origin)


def term_warnings(on: date, candidate: Candidate) -> Iterator[Note]:
    """What a candidate's own terms say against a sitting on `on`."""
    policy, source = candidate.policy, candidate.source
    last, end = policy.terms.voucher_expires, eligibility_end(candidate)
    answer = answer_on_accommodations(policy)
    included = included_until(candidate) if has_included_retake(candidate) else None
    if last is not None and on > last:
        yield note("voucher-expired", "own", "The voucher expires before that, on {}.", last)
    if end is not None and on >= end:
        text = "The vendor's approval ends before that, on {}; ask for a new one first."
        yield note("approval-over", source, text, end)
    if included is not None and on > included and any(s.counted for s in candidate.sittings):
        text = "The included retake lapses before that, on {}."
        yield note("included-retake-lapsed", source, text, included)
    if answer is not None and on < answer:
        text = (
            "The answer on accommodations can take until {}; an earlier appointment may have to do "
            "without them."
        )
        yield note("accommodations", source, text, answer)
