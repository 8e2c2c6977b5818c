"""The dated points and deadlines of the timeline, and the waits between the sittings."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coach.model.answers import Milestone, Retake, Road, Source, WaitSpan
from coach.model.attempt import Attempt
from coach.policy.dates import (
    add_business_days,
    add_days_local,
    add_hours_elapsed,
    as_entered,
    begins,
    expiry,
    last_day,
    renewal_window,
    span,
    successor,
)
from coach.policy.history import (
    AttemptWindow,
    Candidate,
    Sitting,
    advance,
    is_taken,
    next_sitting,
)
from coach.policy.terms import OVER, change_deadline, cost, term_marks
from coach.wording import AT_PLACE, phrased

BETA_WEEKS = (8, 16)
CERTIFICATE_DAYS = (5, 10)
PROFILE_HOURS = (24, 48)
MAIL_HOURS = 4
_BETA = (
    "Beta result from about here, once the exam is live (estimate); until then the profile may "
    "look like a fail",
    "Beta result by about here (estimate)",
)
_CERTIFICATE = (
    "Certificate in the Learn profile from about here (estimate); it shows no score, since it "
    "stands for the skill and not for a rank",
    "Certificate in the Learn profile by about here (estimate)",
)


def result_milestones(
    attempt: Attempt, passed: bool | None, candidate: Candidate
) -> tuple[Milestone, ...]:
    """When the result of a Microsoft sitting should show up, oldest first.

    While the result is out: the screen, the mail, the outer limit, the profile. With a result
    only the profile, for its two days. The certificate follows a pass and nothing else.
    A sitting without a time of day gives days. Empty for an appointment that was not sat and for
    other vendors, whose times are not known.
    """
    if candidate.exam.vendor != "Microsoft":
        return ()
    day = span(attempt, candidate.zone)[0].date()
    if attempt.status == "beta":
        weeks = candidate.policy.beta_result_weeks or BETA_WEEKS
        first, last = (day + timedelta(weeks=count) for count in weeks)
        return () if passed is not None else _estimate("beta-result", (first, last), _BETA, "own")
    if attempt.status not in ("pending", "delivered"):
        return ()
    end = _Ending(attempt, candidate)
    if passed is None:
        return (*_result(attempt, end), *_profile(end))
    first, last = (add_business_days(day, days) for days in CERTIFICATE_DAYS)
    return (
        *(() if end.is_past(PROFILE_HOURS[1]) else _profile(end)),
        *(_estimate("certificate", (first, last), _CERTIFICATE, "article") if passed else ()),
    )


class _Ending:
    """The end of a sitting and the moments after it, as days where the time is unknown."""

    def __init__(self, attempt: Attempt, candidate: Candidate) -> None:
        self.candidate, self.time_known = candidate, attempt.time_known
        length = timedelta(minutes=candidate.exam.duration_minutes or 0)
        start, latest = (moment.astimezone(UTC) for moment in span(attempt, candidate.zone))
        self.moment = start + length if attempt.time_known else start
        self.latest = latest + length

    def plus(self, hours: int) -> datetime | date:
        if self.time_known:
            return add_hours_elapsed(self.moment, hours, self.candidate.zone)
        return add_days_local(self.moment, hours // 24, self.candidate.zone).date()

    def is_past(self, hours: int) -> bool:
        return self.candidate.now > self.latest + timedelta(hours=hours)


def _result(attempt: Attempt, end: _Ending) -> Iterator[Milestone]:
    text = (
        "Result on screen within minutes, about 30 minutes later for an exam with labs; it is "
        "preliminary until the report arrives"
    )
    yield Milestone(at=end.plus(0), kind="result", text=text, source="official")
    text = "Report with the skill areas by mail, some hours after the exam"
    if end.is_past(24):
        text += (
            "; look in the spam folder for a mail from Microsoft whose subject names the "
            "certification and pass or fail"
        )
    elif end.is_past(MAIL_HOURS):
        text += "; a later mail is no cause for alarm"
    yield Milestone(at=end.plus(MAIL_HOURS), kind="report-mail", text=text, source="article")
    if attempt.place == "online":
        text = "Outer limit for the result of an online exam"
        if end.is_past(24):
            text += (
                ": the recording is being reviewed, for example for noise or for looking away; "
                "a delay does not mean a fail"
            )
        yield Milestone(at=end.plus(24), kind="result-limit", text=text, source="article")


def _profile(end: _Ending) -> Iterator[Milestone]:
    first, limit = PROFILE_HOURS
    text = "Score report in the Learn profile: Credentials, Past exams, the provider's site, View"
    yield Milestone(at=end.plus(first), kind="profile", text=text, source="official")
    text = "Outer limit for the Learn profile"
    if end.is_past(limit):
        text += "; contact Microsoft's certification support if the exam is missing there"
    yield Milestone(at=end.plus(limit), kind="profile-limit", text=text, source="article")


def _estimate(
    kind: str, days: tuple[date, date], texts: tuple[str, str], source: Source
) -> tuple[Milestone, ...]:
    """A day from which something is there, and one by which it should be."""
    return tuple(
        Milestone(at=at, kind=f"{kind}-{end}", text=text, source=source)
        for at, end, text in zip(days, ("from", "to"), texts, strict=True)
    )


def waits(candidate: Candidate) -> tuple[WaitSpan, ...]:
    """The wait after each failed sitting that counts, oldest first.

    It runs to the earliest next sitting at that point, retirement aside; to the one that is
    certain where a time of day is unknown. A sitting after which there is no wait, or none that
    ends, has no span.
    """
    window, found = AttemptWindow(), list[WaitSpan]()
    policy, zone = candidate.policy, candidate.zone
    source = policy.origin if policy.verified else None
    for sitting in filter(is_taken, candidate.sittings):
        window = advance(window, sitting, candidate)
        attempt, start = sitting.attempt, span(sitting.attempt, zone)[0]
        bound = next_sitting(window, candidate, candidate.now)
        if sitting.passed or bound.certain is None or bound.certain <= start:
            continue
        found.append(
            WaitSpan(
                attempt=attempt.id,
                from_=as_entered(attempt, zone),
                until=bound.certain.astimezone(zone),
                rule=bound.rule,
                source=source,
            )
        )
    return tuple(found)


def road(sittings: Sequence[Sitting], study_minutes: int, zone: ZoneInfo) -> Road | None:
    """The way to the newest pass in numbers, with the minutes studied until then; None without a
    pass."""
    last = next((n for n in reversed(range(len(sittings))) if sittings[n].passed), None)
    if last is None:
        return None
    way = sittings[: last + 1]
    sat = [sitting for sitting in way if is_taken(sitting)]
    scores = [s.report.score for s in sat if s.report and s.report.score is not None]
    return Road(
        first_on=span(sat[0].attempt, zone)[0].date(),
        passed_on=span(sat[-1].attempt, zone)[0].date(),
        attempts=len(sat),
        study_minutes=study_minutes,
        fees=cost(sitting.attempt for sitting in way),
        first_score=scores[0] if scores else None,
        last_score=scores[-1] if scores else None,
    )


RECENT = timedelta(days=30)


def milestones(verdict: Retake, candidate: Candidate) -> tuple[Milestone, ...]:
    """All markers of one exam, oldest first; a day comes before the moments in it."""
    found = (
        *_legal(verdict, candidate),
        *_bookings(candidate),
        *term_marks(verdict, candidate),
        *_life(candidate),
    )
    sat = [s for s in candidate.sittings if s.attempt.status in ("pending", "delivered", "beta")]
    last = sat[-1] if sat else None
    if last and (last.passed is None or candidate.now - last.attempt.at <= RECENT):
        found += result_milestones(last.attempt, last.passed, candidate)
    return tuple(sorted(found, key=lambda mark: begins(mark.at, candidate.zone).astimezone(UTC)))


def _at(moment: datetime) -> datetime | date:
    """A moment that begins a day is that day: its time was counted, not entered."""
    return moment.date() if moment.time() == time() else moment


def _legal(verdict: Retake, candidate: Candidate) -> Iterator[Milestone]:
    earliest, certain, start = verdict.earliest, verdict.certain_from, verdict.window_start
    cap, source = candidate.policy.cap, candidate.source
    rule = verdict.rule_note
    if earliest and certain and rule and rule.code != "no-wait":
        later = " It begins at the time of day of the last sitting, which is unknown."
        unknown = later if certain > earliest else ""
        text: str = phrased("From here the rules allow it. {}{}", rule.text, unknown)
        yield Milestone(at=_at(earliest), kind="earliest", text=text, source=rule.source)
        if certain > earliest:
            text = "Allowed for certain, as the time of the last sitting is unknown."
            yield Milestone(at=_at(certain), kind="certain-from", text=text, source="own")
    if start is not None and cap is not None and verdict.status not in OVER:
        limit, used = f"{cap.attempts} attempts", verdict.attempts_used
        text = f"The first of the {limit} that the limit counts."
        yield Milestone(at=_at(start), kind="window-start", text=text, source=source)
        if verdict.window_end is not None:
            text = f"The limit resets; {used} of {limit} used until now."
            end = _at(verdict.window_end)
            yield Milestone(at=end, kind="window-end", text=text, source=source)
    if (window := verdict.recommended) is not None:
        text = phrased("Best time from here, a study heuristic. {}", window.basis)
        yield Milestone(at=window.from_, kind="recommended-from", text=text, source=window.source)
        text = "Best time until here, a study heuristic."
        yield Milestone(at=window.until, kind="recommended-to", text=text, source=window.source)


def _bookings(candidate: Candidate) -> Iterator[Milestone]:
    policy, zone = candidate.policy, candidate.zone
    for attempt in (sitting.attempt for sitting in candidate.sittings):
        if attempt.status != "booked" or span(attempt, zone)[1] < candidate.now:
            continue
        yield Milestone(
            at=as_entered(attempt, zone),
            kind="booked",
            text=f"Appointment{AT_PLACE[attempt.place]}.",
            source="own",
        )
        deadline = change_deadline(attempt, policy, zone)
        if deadline is not None:
            local = deadline.astimezone(zone)
            by: datetime | date = local if attempt.time_known else local.date()
            own = policy.terms.change_notice is not None
            text = "Last moment to change or cancel without losing the fee."
            text += " The notice is your own entry." * own
            if not attempt.time_known:
                text += " It ends at the time of day of the appointment."
            source = "own" if own else candidate.source
            yield Milestone(at=by, kind="change-deadline", text=text, source=source)


def _life(candidate: Candidate) -> Iterator[Milestone]:
    """The end of the exam, and of the certificate."""
    exam, policy, zone = candidate.exam, candidate.policy, candidate.zone
    retires, source = candidate.last_minute, candidate.source
    if retires is not None and exam.retires is not None:
        here = retires.astimezone(zone)
        last = "Last day to sit it: {}, {} here.{}"
        text: str = phrased(last, last_day(exam, policy), here, successor(exam))
        yield Milestone(at=exam.retires, kind="retires", text=text, source=source)
    passed = [span(sitting.attempt, zone)[0] for sitting in candidate.sittings if sitting.passed]
    end = expiry(passed[-1], exam, policy, zone) if passed else None
    if end is None:
        return
    window = renewal_window(passed[-1], exam, policy, zone)
    text = "The certification expires if it is not renewed."
    if retires is not None and candidate.now > retires:
        text = "The certification expires; renewal is no longer offered, as the exam is retired."
    elif window is not None:
        opens, closes = (moment.date() for moment in window)
        offer = "Renewal opens: a free online assessment adds one year."
        yield Milestone(at=opens, kind="renewal-from", text=offer, source=source)
        if closes < end.date():
            limit = "Last day of renewal, because the exam retires."
            yield Milestone(at=closes, kind="renewal-to", text=limit, source=source)
    yield Milestone(at=end.date(), kind="expires", text=text, source=source)
