"""Policies and one candidate's history built by hand, apart from the packaged data."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from coach.model.answers import Recommended, Retake
from coach.model.attempt import Attempt, Report
from coach.model.exam import Exam
from coach.model.policy import AfterPass, Cap, Policy, Terms, Wait
from coach.policy.booking import Finding, check_booking
from coach.policy.history import Candidate, Sitting, sittings
from coach.policy.milestones import milestones
from coach.policy.retake import retake

BERLIN = ZoneInfo("Europe/Berlin")
FREE = Wait(rule="no-wait", days=0)
NEVER = AfterPass(retake="after-expiry")


def days(count: int, *, clear: bool = False) -> Wait:
    return Wait(rule=f"{count}-days", days=count, clear_days=clear)


def hours(count: int) -> Wait:
    return Wait(rule=f"{count}-hours", hours=count)


def policy(name: str, *waits: Wait, after_pass: AfterPass = NEVER, **fields: Any) -> Policy:
    base: dict[str, Any] = {"as_of": date(2026, 9, 1), "verified": True, "source": "a test"}
    return Policy(id=name, name=name, waits=waits, after_pass=after_pass, **{**base, **fields})


POLICIES = {
    p.id: p
    for p in (
        policy(
            "microsoft",
            hours(24),
            days(14),
            cap=Cap(attempts=5, rule="cap-12-months", months=12),
            beta_sittings=1,
            beta_result_weeks=(8, 16),
            change_deadline_hours={"centre": 24, "online": 24},
            accommodation_days=20,
            waiver_reasons=("internet", "equipment"),
            validity_months={"associate": 12, "expert": 12, "specialty": 12},
            renewal_window_months=6,
            retirement_zone="America/Chicago",
        ),
        policy("mos", hours(24), hours(48), after_pass=AfterPass(retake="any-time"), as_of=None),
        policy("applied-skills", hours(72), counts=("delivered", "cancelled"), verified=False),
        policy("aws", days(14), after_pass=AfterPass(retake="after-wait", months=24)),
        policy("comptia", FREE, days(14), after_pass=AfterPass(retake="with-consent")),
        policy("cisco", days(5, clear=True), after_pass=AfterPass(retake="after-wait", days=180)),
        policy(
            "cisco-lab",
            *(days(n) for n in (30, 90, 90, 90, 180)),
            after_pass=AfterPass(retake="any-time"),
        ),
        policy(
            "google",
            *(days(n) for n in (14, 60, 365)),
            cap=Cap(attempts=4, rule="cap-24-months", months=24),
            after_pass=AfterPass(retake="before-expiry", days=60),
            change_deadline_hours={"centre": 72, "online": 24},
            validity_months={"associate": 36},
        ),
        policy(
            "isc2",
            *(days(n, clear=True) for n in (30, 60, 90)),
            cap=Cap(attempts=4, rule="cap-rolling", months=12, anchor="rolling"),
        ),
        policy(
            "pmi",
            FREE,
            cap=Cap(attempts=3, rule="cap-year", months=12, anchor="eligibility", after="last"),
            retake_fee="reduced",
        ),
        policy("adobe", hours(24), days(5), included_retakes=1, included_retake_days=60),
        policy(
            "linux",
            FREE,
            included_retakes=1,
            included_retake_months=12,
            no_show_forfeits_retake=True,
            after_pass=AfterPass(retake="any-time"),
        ),
        policy(
            "ec-council",
            FREE,
            days(14),
            cap=Cap(attempts=5, rule="cap-12-months", months=12),
        ),
        policy("unknown", after_pass=AfterPass(retake="unknown"), verified=False, as_of=None),
        policy("pass-unknown", days(7), after_pass=AfterPass(retake="unknown")),
        policy(
            "beta",
            FREE,
            counts=("beta", "delivered"),
            cap=Cap(attempts=1, rule="one-beta-sitting", after="never"),
        ),
    )
}


class Desk:
    """One candidate's history for one exam, filled in with short calls."""

    def __init__(self) -> None:
        self.zone = BERLIN
        self.now = self.at("2026-11-21T09:00")
        self.policy = POLICIES["microsoft"]
        self.exam = Exam(code="AZ-104", title="Azure Administrator", level="associate")
        self.attempts: list[Attempt] = []
        self.reports: list[Report] = []

    def at(self, text: str) -> datetime:
        """A time as written, in the candidate's zone unless it carries an offset."""
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)

    def use(self, name: str | None = None, *, now: str | None = None, **exam: Any) -> "Desk":
        if name is not None:
            self.policy = POLICIES[name]
        if now is not None:
            self.now = self.at(now)
        fields = {f: getattr(self.exam, f) for f in self.exam.__struct_fields__}
        self.exam = Exam(**{**fields, **exam})
        return self

    def agree(self, **terms: Any) -> "Desk":
        """Terms of the candidate; a day is given as text."""
        dated = {k: date.fromisoformat(v) if isinstance(v, str) else v for k, v in terms.items()}
        self.policy = msgspec.structs.replace(self.policy, terms=Terms(**dated))
        return self

    def sit(self, when: str, status: str = "delivered", **fields: Any) -> Attempt:
        """An attempt without a report; a bare date leaves the time of day unknown."""
        attempt = Attempt(
            id=f"a{len(self.attempts):02}",
            exam=fields.pop("exam", self.exam.code),
            at=self.at(when),
            status=status,  # type: ignore[arg-type]
            time_known="T" in when,
            **fields,
        )
        self.attempts.append(attempt)
        return attempt

    def score(self, when: str, score: int | None, **fields: Any) -> Attempt:
        passed = fields.pop("passed", None)
        attempt = self.sit(when, **fields)
        self.reports.append(
            Report(
                id=f"r{attempt.id}",
                attempt=attempt.id,
                exam=attempt.exam,
                outline=None,
                score=score,
                passed=passed,
            )
        )
        return attempt

    def fail(self, *dates: str, **fields: Any) -> "Desk":
        for when in dates:
            self.score(when, 640, **fields)
        return self

    def passed(self, when: str, **fields: Any) -> "Desk":
        self.score(when, 720, **fields)
        return self

    def retake(self, recommended: Recommended | None = None) -> Retake:
        return retake(self.candidate(), lambda verdict: recommended)

    def sittings(self) -> tuple[Sitting, ...]:
        return sittings(self.attempts, self.reports, self.exam, self.policy)

    def candidate(self) -> Candidate:
        now = self.now.astimezone(UTC)
        return Candidate(self.exam, self.policy, self.sittings(), now, self.zone)

    def book(
        self, when: str, *, practice: int = 1, recommended: Recommended | None = None
    ) -> dict[str, Finding]:
        """The findings on an appointment by code."""
        found = check_booking(
            self.at(when),
            self.retake(recommended),
            self.candidate(),
            practice_count=practice,
            time_known="T" in when,
        )
        return {finding.code: finding for finding in found}

    def marks(self, recommended: Recommended | None = None) -> list[tuple[str, str]]:
        """The milestones as kind and local date, with the time where there is one."""
        found = milestones(self.retake(recommended), self.candidate())
        return [(mark.kind, local(mark.at)) for mark in found]


def local(value: datetime | date | None) -> str:
    """A moment as local text to the minute, a day as its date, None as `-`."""
    if value is None:
        return "-"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    return value.isoformat()


def codes(verdict: Retake) -> list[str]:
    return [note.code for note in verdict.notes]
