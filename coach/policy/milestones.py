"""The dated points and deadlines of the timeline, and the waits between the sittings."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coach.model.answers import Milestone, Retake, Road, Source, WaitSpan
from coach.model.attempt import Attempt
from coach.model.exam import Exam
from coach.model.policy import Policy
from coach.policy.dates import (
    add_business_days,
    add_days_local,
    add_hours_elapsed,
    expiry,
    last_day,
    midnight,
    origin,
    renewal_window,
    retirement_moment,
    span,
    stamp,
    successor,
)
from coach.policy.history import AttemptWindow, Sitting, advance, is_taken, next_sitting
from coach.policy.terms import change_deadline, cost, term_marks

BETA_WEEKS = (8, 16)
CERTIFICATE_DAYS = (5, 10)
PROFILE_HOURS = (24, 48)
MAIL_HOURS = 4


def result_milestones(
    attempt: Attempt,
    exam: Exam,
    passed: bool | None,
    *,
    now: datetime,
    zone: ZoneInfo,
    beta_weeks: tuple[int, int] = BETA_WEEKS,
) -> tuple[Milestone, ...]:
    """When the result of a Microsoft sitting should show up, oldest first.

    While the result is out: the screen, the mail, the outer limit, the profile. With a result
    only the profile, for its two days. The certificate follows a pass and nothing else.
    A sitting without a time of day gives days. Empty for an appointment that was not sat and for
    other vendors, whose times are not known.
    """
    if exam.vendor != "Microsoft":
        return ()
    if attempt.status == "beta":
        return _beta(attempt, zone, beta_weeks) if passed is None else ()
    if attempt.status not in ("pending", "delivered"):
        return ()
    end = _Ending(attempt, exam, zone)
    certificate = _certificate(attempt, zone) if passed else ()
    if passed is None:
        return (*_result(attempt, end, now), *_profile(end, now))
    return (*(() if end.is_past(PROFILE_HOURS[1], now) else _profile(end, now)), *certificate)


class _Ending:
    """The end of a sitting and the moments after it, as days where the time is unknown."""

    def __init__(self, attempt: Attempt, exam: Exam, zone: ZoneInfo) -> None:
        self.zone, self.time_known = zone, attempt.time_known
        length = timedelta(minutes=exam.duration_minutes or 0)
        start, latest = (moment.astimezone(UTC) for moment in span(attempt, zone))
        self.moment = start + length if attempt.time_known else start
        self.latest = latest + length

    def plus(self, hours: int) -> datetime | date:
        if self.time_known:
            return add_hours_elapsed(self.moment, hours, self.zone)
        return add_days_local(self.moment, hours // 24, self.zone).date()

    def is_past(self, hours: int, now: datetime) -> bool:
        return now.astimezone(UTC) > add_hours_elapsed(self.latest, hours, self.zone)


def _result(attempt: Attempt, end: _Ending, now: datetime) -> Iterator[Milestone]:
    text = (
        "Result on screen within minutes, about 30 minutes later for an exam with labs; it is "
        "preliminary until the report arrives"
    )
    yield Milestone(at=end.plus(0), kind="result", text=text, source="official")
    text = "Report with the skill areas by mail, some hours after the exam"
    if end.is_past(24, now):
        text += (
            "; look in the spam folder for a mail from Microsoft whose subject names the "
            "certification and pass or fail"
        )
    elif end.is_past(MAIL_HOURS, now):
        text += "; a later mail is no cause for alarm"
    yield Milestone(at=end.plus(MAIL_HOURS), kind="report-mail", text=text, source="article")
    if attempt.place == "online":
        text = "Outer limit for the result of an online exam"
        if end.is_past(24, now):
            text += (
                ": the recording is being reviewed, for example for noise or for looking away; "
                "a delay does not mean a fail"
            )
        yield Milestone(at=end.plus(24), kind="result-limit", text=text, source="article")


def _profile(end: _Ending, now: datetime) -> Iterator[Milestone]:
    first, limit = PROFILE_HOURS
    text = "Score report in the Learn profile: Credentials, Past exams, the provider's site, View"
    yield Milestone(at=end.plus(first), kind="profile", text=text, source="official")
    text = "Outer limit for the Learn profile"
    if end.is_past(limit, now):
        text += "; contact Microsoft's certification support if the exam is missing there"
    yield Milestone(at=end.plus(limit), kind="profile-limit", text=text, source="article")


def _certificate(attempt: Attempt, zone: ZoneInfo) -> tuple[Milestone, ...]:
    passed_on = span(attempt, zone)[0].date()
    first, last = (add_business_days(passed_on, days) for days in CERTIFICATE_DAYS)
    text = (
        "Certificate in the Learn profile from about here (estimate); it shows no score, since it "
        "stands for the skill and not for a rank"
    )
    limit = "Certificate in the Learn profile by about here (estimate)"
    return (
        Milestone(at=first, kind="certificate-from", text=text, source="article"),
        Milestone(at=last, kind="certificate-to", text=limit, source="article"),
    )


def _beta(attempt: Attempt, zone: ZoneInfo, weeks: tuple[int, int]) -> tuple[Milestone, ...]:
    sat_on = span(attempt, zone)[0].date()
    first, last = (sat_on + timedelta(weeks=count) for count in weeks)
    text = (
        "Beta result from about here, once the exam is live (estimate); until then the profile may "
        "look like a fail"
    )
    limit = "Beta result by about here (estimate)"
    return (
        Milestone(at=first, kind="beta-result-from", text=text, source="own"),
        Milestone(at=last, kind="beta-result-to", text=limit, source="own"),
    )


def waits(
    exam: Exam, policy: Policy, sittings: Sequence[Sitting], *, now: datetime, zone: ZoneInfo
) -> tuple[WaitSpan, ...]:
    """The wait after each failed sitting that counts, oldest first.

    It runs to the earliest next sitting at that point, retirement aside; to the one that is
    certain where a time of day is unknown. A sitting after which there is no wait, or none that
    ends, has no span.
    """
    return tuple(_spans(exam, policy, sittings, now, zone))


def _spans(
    exam: Exam, policy: Policy, sittings: Sequence[Sitting], now: datetime, zone: ZoneInfo
) -> Iterator[WaitSpan]:
    window = AttemptWindow()
    source = policy.origin if policy.verified else None
    for sitting in filter(is_taken, sittings):
        window = advance(window, sitting, policy, zone)
        attempt, start = sitting.attempt, span(sitting.attempt, zone)[0]
        bound = next_sitting(window, exam, policy, now, zone)
        if sitting.passed or bound.certain is None or bound.certain <= start:
            continue
        yield WaitSpan(
            attempt=attempt.id,
            from_=start if attempt.time_known else start.date(),
            until=bound.certain.astimezone(zone),
            rule=bound.rule,
            source=source,
        )


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
CLOSED = ("passed", "retired")


def milestones(
    exam: Exam,
    policy: Policy,
    sittings: Sequence[Sitting],
    verdict: Retake,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> tuple[Milestone, ...]:
    """All markers of one exam, oldest first; a day comes before the moments in it."""
    now = now.astimezone(UTC)
    found = (
        *_legal(verdict, policy),
        *_recommended(verdict),
        *_bookings(sittings, policy, now, zone),
        *term_marks(verdict, sittings, policy, now, zone),
        *_retirement(exam, policy, zone),
        *_milestones_certificate(exam, policy, sittings, now, zone),
        *_results(exam, policy, sittings, now, zone),
    )
    return tuple(sorted(found, key=lambda mark: _moment(mark.at, zone)))


def _moment(at: datetime | date, zone: ZoneInfo) -> datetime:
    return (at if isinstance(at, datetime) else midnight(at, zone)).astimezone(UTC)


def _at(moment: datetime) -> datetime | date:
    """A moment that begins a day is that day: its time was counted, not entered."""
    return moment.date() if moment.time() == time() else moment


def _legal(verdict: Retake, policy: Policy) -> Iterator[Milestone]:
    earliest, certain, start = verdict.earliest, verdict.certain_from, verdict.window_start
    rule = next(note for note in verdict.notes if note.code == verdict.rule)
    if earliest is not None and certain is not None and verdict.rule != "no-wait":
        text = f"Earliest legal sitting. {rule.text}"
        if certain > earliest:
            text += " It begins at the time of day of the last sitting, which is unknown."
        yield Milestone(at=_at(earliest), kind="earliest", text=text, source=rule.source)
        if certain > earliest:
            text = "Legal for certain, as the time of the last sitting is unknown."
            yield Milestone(at=_at(certain), kind="certain-from", text=text, source="own")
    if start is not None and policy.cap is not None and verdict.status not in CLOSED:
        limit, used = f"{policy.cap.attempts} attempts", verdict.attempts_used
        text = f"First attempt of a window of {limit}."
        yield Milestone(at=_at(start), kind="window-start", text=text, source=origin(policy))
        if verdict.window_end is not None:
            text = f"The window of {limit} ends; {used} used so far."
            end = _at(verdict.window_end)
            yield Milestone(at=end, kind="window-end", text=text, source=origin(policy))


def _recommended(verdict: Retake) -> Iterator[Milestone]:
    window = verdict.recommended
    if window is None:
        return
    text = f"Recommended from here, a study heuristic. {window.basis}"
    yield Milestone(at=window.from_, kind="recommended-from", text=text, source=window.source)
    text = "Recommended until here, a study heuristic."
    yield Milestone(at=window.until, kind="recommended-to", text=text, source=window.source)


def _bookings(
    sittings: Sequence[Sitting], policy: Policy, now: datetime, zone: ZoneInfo
) -> Iterator[Milestone]:
    for sitting in sittings:
        attempt = sitting.attempt
        start, end = span(attempt, zone)
        if attempt.status != "booked" or end < now:
            continue
        day: datetime | date = start if attempt.time_known else start.date()
        where = {"centre": " at a test centre", "online": " online"}.get(attempt.place or "", "")
        yield Milestone(at=day, kind="booked", text=f"Appointment{where}.", source="own")
        deadline = change_deadline(attempt, policy, zone)
        if deadline is not None:
            local = deadline.astimezone(zone)
            by: datetime | date = local if attempt.time_known else local.date()
            own = policy.terms.change_notice is not None
            text = "Last moment to change or cancel without losing the fee."
            text += " The notice is your own entry." * own
            if not attempt.time_known:
                text += " It ends at the time of day of the appointment."
            source: Source = "own" if own else origin(policy)
            yield Milestone(at=by, kind="change-deadline", text=text, source=source)


def _retirement(exam: Exam, policy: Policy, zone: ZoneInfo) -> Iterator[Milestone]:
    last = retirement_moment(exam, policy)
    if last is None or exam.retires is None:
        return
    text = (
        f"Last day to sit it: {last_day(exam, policy)}, {stamp(last, zone)} here.{successor(exam)}"
    )
    yield Milestone(at=exam.retires, kind="retires", text=text, source=origin(policy))


def _milestones_certificate(
    exam: Exam, policy: Policy, sittings: Sequence[Sitting], now: datetime, zone: ZoneInfo
) -> Iterator[Milestone]:
    passed = [sitting for sitting in sittings if sitting.passed]
    if not passed:
        return
    at = span(passed[-1].attempt, zone)[0]
    end = expiry(at, exam, policy, zone)
    if end is None:
        return
    window, retires = renewal_window(at, exam, policy, zone), retirement_moment(exam, policy)
    text = "The certification expires if it is not renewed."
    if retires is not None and now > retires:
        text = "The certification expires; renewal is no longer offered, as the exam is retired."
    elif window is not None:
        opens, closes = (moment.date() for moment in window)
        offer = "Renewal opens: a free online assessment adds one year."
        yield Milestone(at=opens, kind="renewal-from", text=offer, source=origin(policy))
        if closes < end.date():
            limit = "Last day of renewal, because the exam retires."
            yield Milestone(at=closes, kind="renewal-to", text=limit, source=origin(policy))
    yield Milestone(at=end.date(), kind="expires", text=text, source=origin(policy))


def _results(
    exam: Exam, policy: Policy, sittings: Sequence[Sitting], now: datetime, zone: ZoneInfo
) -> Iterator[Milestone]:
    sat = [s for s in sittings if s.attempt.status in ("pending", "delivered", "beta")]
    last = sat[-1] if sat else None
    if last is None or (last.passed is not None and now - last.attempt.at > RECENT):
        return
    weeks = policy.beta_result_weeks or BETA_WEEKS
    yield from result_milestones(
        last.attempt, exam, last.passed, now=now, zone=zone, beta_weeks=weeks
    )
