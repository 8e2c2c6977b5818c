"""INV-07: every packaged policy, with passes and retirement, against the oracle, which walks to the
date instead of computing it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.catalogue import Catalogue
from coach.model.policy import Policy
from tests.policy.oracle import VENDORS, Oracle, Sat
from tests.policy.policy_desk import Desk

CATALOGUE = Catalogue()
# Clocks that change at night, at midnight, in the other hemisphere, and never.
ZONES = ("Europe/Berlin", "America/Santiago", "Australia/Sydney", "Asia/Kolkata")
FIRST = datetime.fromisoformat("2026-01-10T09:00")
LEAP_DAY = datetime.fromisoformat("2028-02-29T09:00")
GAPS = (0, 1, 2, 5, 6, 14, 15, 30, 31, 60, 90, 120, 180, 364, 365, 366, 400)

sittings = st.builds(
    lambda status, passed, waived: (status, passed, waived and not passed),
    st.sampled_from(("delivered",) * 6 + ("no-show", "beta", "cancelled")),
    st.sampled_from((False,) * 7 + (True,)),
    st.sampled_from((False,) * 5 + (True,)),
)
histories = st.builds(
    lambda start, steps: [
        Sat(start + timedelta(days=sum(gap for gap, _, _ in steps[: n + 1]), minutes=minute), *what)
        for n, (_, minute, what) in enumerate(steps)
    ],
    st.sampled_from((FIRST, LEAP_DAY, LEAP_DAY - timedelta(days=40))),
    st.lists(
        st.tuples(st.sampled_from(GAPS), st.integers(0, 9 * 60), sittings), min_size=1, max_size=8
    ),
)


def known(policy_id: str) -> Policy:
    found = CATALOGUE.policy(policy_id)
    assert found is not None
    return found


def desk_with(policy: Policy, history: list[Sat], zone: str) -> Desk:
    """The history on a desk; a missed or cancelled appointment has no result."""
    desk = Desk()
    desk.policy, desk.zone = policy, ZoneInfo(zone)
    for sat in history:
        waiver = {"waiver_granted": True, "reason": "internet"} if sat.waived else {}
        when = sat.wall.isoformat()
        if sat.status in ("delivered", "beta"):
            desk.score(when, 720 if sat.passed else 640, status=sat.status, **waiver)
        else:
            desk.sit(when, sat.status, **waiver)
    return desk


def what_counts(policy_id: str, history: list[Sat]) -> list[Sat]:
    """A pass is one only where there was an exam."""
    counts = VENDORS[policy_id].counts
    held = (s._replace(passed=s.passed and s.status in ("delivered", "beta")) for s in history)
    return [s for s in held if s.status in counts or (s.status == "beta" and s.passed)]


def test_the_oracle_knows_every_packaged_policy():
    known = [policy.id for policy in CATALOGUE.policies() if policy.known]
    assert sorted(VENDORS) == known


@pytest.mark.parametrize("policy_id", VENDORS)
@given(
    history=histories,
    zone=st.sampled_from(ZONES),
    level=st.sampled_from(("fundamentals", "associate", "expert")),
    later=st.sampled_from((0, 3, 200, 1200)),
    retires=st.none() | st.integers(0, 500),
)
@example([Sat(LEAP_DAY + timedelta(days=20 * n)) for n in range(6)], ZONES[0], "associate", 0, None)
@example([Sat(FIRST + timedelta(days=14 * n)) for n in range(7)], ZONES[2], "associate", 0, 30)
@example([Sat(FIRST), Sat(FIRST, passed=True)], ZONES[0], "associate", 0, None)
@example(
    [Sat(FIRST), Sat(FIRST + timedelta(days=400)), Sat(FIRST + timedelta(days=460))],
    ZONES[0],
    "associate",
    0,
    None,
)
@example([Sat(datetime(2026, 10, 24, 10, 0))], ZONES[0], "associate", 0, None)  # noqa: DTZ001
@settings(max_examples=40, deadline=None)
def test_the_earliest_date_is_the_first_minute_that_the_rules_allow(
    policy_id: str,
    history: list[Sat],
    zone: str,
    level: str,
    later: int,
    retires: int | None,
):
    counted = what_counts(policy_id, history)
    if not counted:
        return
    policy = known(policy_id)
    desk = desk_with(policy, history, zone)
    last = max(sat.wall for sat in history)
    now = last + timedelta(days=later, minutes=1)
    end = None if retires is None else last.date() + timedelta(days=retires)
    desk.use(now=now.isoformat(), level=level, retires=end)
    oracle = Oracle(VENDORS[policy_id], counted, desk.zone, now, level=level, retires=end)
    verdict = desk.retake()
    found = None if verdict.earliest is None else verdict.earliest.astimezone(UTC)
    assert found == oracle.first(), verdict


@pytest.mark.parametrize("policy_id", VENDORS)
@given(history=histories, zone=st.sampled_from(ZONES), order=st.randoms())
@settings(max_examples=20, deadline=None)
def test_rt_22_entry_order_never_matters(policy_id: str, history: list[Sat], zone: str, order):
    desk = desk_with(known(policy_id), history, zone)
    desk.use(now="2032-01-01T00:00")
    before = desk.retake()
    order.shuffle(desk.attempts)
    order.shuffle(desk.reports)
    assert desk.retake() == before


@pytest.mark.parametrize("policy_id", VENDORS)
@given(history=histories, clock=st.lists(st.integers(0, 24 * 60 - 1), min_size=8, max_size=8))
@settings(max_examples=30, deadline=None)
def test_rt_25_a_day_alone_gives_the_bounds_of_every_time_on_it(
    policy_id: str, history: list[Sat], clock: list[int]
):
    days = [sat._replace(wall=datetime.combine(sat.wall, time())) for sat in history]
    # On an anniversary the time of day decides in which window a sitting lies.
    if len({f"{sat.wall:%m-%d}".replace("02-29", "03-01") for sat in days}) < len(days):
        return
    policy = known(policy_id)
    by_day = desk_with(policy, days, "Asia/Kolkata").use(now="2040-01-01T00:00")
    by_day.attempts = [msgspec.structs.replace(a, time_known=False) for a in by_day.attempts]
    timed = [
        sat._replace(wall=sat.wall + timedelta(minutes=minute))
        for sat, minute in zip(days, clock, strict=False)
    ]
    at_times = desk_with(policy, timed, "Asia/Kolkata").use(now="2040-01-01T00:00").retake()
    verdict = by_day.retake()
    if verdict.earliest is None or verdict.certain_from is None or at_times.earliest is None:
        assert verdict.earliest == at_times.earliest
        return
    if verdict.earliest == verdict.certain_from:
        # Nothing to wait for, or whole days that end with midnight at every time.
        assert verdict.earliest.date() == at_times.earliest.date()
    else:
        assert verdict.earliest <= at_times.earliest <= verdict.certain_from
