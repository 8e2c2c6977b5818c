"""What to expect after a sitting: result, report, profile entry and certificate.

Microsoft's own statement comes first, the article's outer limit second.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from coach.model.answers import Milestone
from coach.model.attempt import Attempt
from coach.model.exam import Exam
from coach.policy.dates import add_business_days, add_days_local, add_hours_elapsed, span

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
