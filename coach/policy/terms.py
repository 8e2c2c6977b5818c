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
from coach.wording import counted, phrased

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
    answer = answer_on_accommodations(policy)
    if answer is not None and answer > candidate.today:
        text = phrased(
            "Accommodations were asked for on {}; the answer can take {} days. Book once it is "
            "there, for {} or later.",
            policy.terms.accommodations,
            policy.accommodation_days,
            answer,
        )
        yield Note(code="accommodations", text=text, source=candidate.source)


def _price(candidate: Candidate) -> Iterator[Note]:
    policy, source = candidate.policy, candidate.source
    number = policy.included_retakes
    if not number:
        if policy.retake_fee != "each" and any(s.counted for s in candidate.sittings):
            yield Note(code="retake-fee", text=RETAKE_PRICES[policy.retake_fee], source=source)
        return
    limit = included_until(candidate)
    if _forfeited(candidate):
        code, text = "retake-forfeited", "A missed appointment loses the included retake."
    elif not has_included_retake(candidate):
        code, text = "retake-used", "The included retake has been used; a further one is paid for."
    elif limit is not None and limit < candidate.today:
        lapsed = phrased("The included retake could be used until {}.", limit)
        code, text = "retake-lapsed", lapsed
    else:
        code = "retake-included"
        months, days = policy.included_retake_months, policy.included_retake_days
        within = f", within {days} days of the first fail" if days is not None else ""
        if months is not None:
            within = f", within {counted(months, 'month')} of the purchase"
        within = phrased(" until {}", limit) if limit else within
        text = phrased("The fee includes {:retake}{}.", number, within)
    yield Note(code=code, text=text, source=source)


def _voucher(verdict: Retake, candidate: Candidate) -> Iterator[Note]:
    last, window = candidate.policy.terms.voucher_expires, verdict.recommended
    if last is None:
        return
    if last < candidate.today:
        text = phrased("The voucher expired on {}.", last)
    elif verdict.earliest and verdict.earliest.astimezone(candidate.zone).date() > last:
        text = phrased("The voucher expires on {}, before you may sit it again.", last)
    elif window is not None and window.until > last:
        where = "before" if window.from_ > last else "inside"
        text = phrased("The voucher expires on {}, {} the best time.", last, where)
    else:
        text = phrased("The voucher has to be used by {}.", last)
    yield Note(code="voucher-expires", text=text, source="own")


def _eligibility(verdict: Retake, candidate: Candidate) -> Iterator[Note]:
    cap, end, source = candidate.policy.cap, eligibility_end(candidate), candidate.source
    if cap is None or cap.anchor != "eligibility" or cap.months is None:
        return
    if end is None:
        if verdict.attempts_used:
            text = (
                f"The {counted(cap.months, 'month')} start with the vendor's approval, so they end "
                f"earlier than shown here; enter its day as a term of this exam."
            )
            yield Note(code="approval-unknown", text=text, source=source)
    elif end <= candidate.today:
        text = phrased("The approval ended on {}; a further sitting needs a new one.", end)
        yield Note(code="approval-over", text=text, source=source)
    else:
        text = phrased("The approval ends on {}; a later sitting needs a new one.", end)
        yield Note(code="approval-ends", text=text, source=source)


def term_marks(verdict: Retake, candidate: Candidate) -> Iterator[Milestone]:
    """The candidate's own deadlines that lie ahead, as marks of the timeline."""
    policy, source = candidate.policy, candidate.source
    included = included_until(candidate) if has_included_retake(candidate) else None
    answer = answer_on_accommodations(policy)
    marks: tuple[tuple[date | None, str, str, Source], ...] = (
        (policy.terms.voucher_expires, "voucher-expires", "Last day of the voucher.", "own"),
        (included, "included-retake-to", "Last day of the retake that the fee includes.", source),
        (eligibility_end(candidate), "approval-ends", "The vendor's approval ends.", source),
        (
            answer,
            "accommodations",
            "Answer on accommodations by about here; book after it.",
            source,
        ),
    )
    for at, kind, text, origin in marks:
        if at is not None and at >= candidate.today and verdict.status not in OVER:
            yield Milestone(at=at, kind=kind, text=text, source=origin)


def term_warnings(on: date, candidate: Candidate) -> Iterator[tuple[str, str, Source]]:
    """What a candidate's own terms say against a sitting on `on`, as code, text and source."""
    policy, source = candidate.policy, candidate.source
    last, end = policy.terms.voucher_expires, eligibility_end(candidate)
    answer = answer_on_accommodations(policy)
    included = included_until(candidate) if has_included_retake(candidate) else None
    if last is not None and on > last:
        yield "voucher-expired", phrased("The voucher expires before that, on {}.", last), "own"
    if end is not None and on >= end:
        ends = "The vendor's approval ends before that, on {}; ask for a new one first."
        yield "approval-over", phrased(ends, end), source
    if included is not None and on > included and any(s.counted for s in candidate.sittings):
        text = phrased("The included retake lapses before that, on {}.", included)
        yield "included-retake-lapsed", text, source
    if answer is not None and on < answer:
        text = phrased(
            "The answer on accommodations can take until {}; an earlier appointment may have to do "
            "without them.",
            answer,
        )
        yield "accommodations", text, source
