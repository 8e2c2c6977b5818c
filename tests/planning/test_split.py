"""The split of the study time: the seed's two tiers and the other strategies."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.model.plan import Strategy
from coach.planning.split import CEILING, FLOOR, rounded, spare_part, split, tilt_of
from coach.wording import written
from tests.planning.apportionment import shares_of
from tests.planning.plans import readings, replan, request

TEN_HOURS = 600
IAM, OPS = 0, 3


def in_hours(bands: str, minutes: int = TEN_HOURS) -> tuple[float, ...]:
    shares = shares_of(readings(bands), "two-tier")
    # Hundredths of an hour: 36 seconds each.
    hundredths = rounded(shares, round(Fraction(minutes * 100, 60)))
    return tuple(part / 100 for part in hundredths)


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        pytest.param("BNNA", (4.94, 2.06, 3.0, 0.0), id="TR-07"),
        pytest.param("NNNN", (7.0, 1.07, 1.07, 0.86), id="TR-08"),
        pytest.param("BBNN", (3.11, 2.59, 1.3, 3.0), id="TR-09"),
        pytest.param("BAAN", (5.63, 1.25, 1.25, 1.87), id="TR-12"),
        pytest.param("BBBA", (2.81, 2.35, 2.34, 2.5), id="TR-13"),
        pytest.param("ANNN", (0.0, 7.0, 1.67, 1.33), id="TR-14"),
        pytest.param("AAAA", (3.0, 2.5, 2.5, 2.0), id="TR-15"),
        pytest.param("NBAN", (2.63, 4.37, 0.0, 3.0), id="TR-19"),
        pytest.param("AAAB", (0.94, 0.78, 0.78, 7.5), id="FQ-07"),
    ],
)
def test_ten_hours_by_two_tiers(bands: str, expected: tuple[float, ...]) -> None:
    assert in_hours(bands) == expected


@pytest.mark.parametrize(
    ("tier", "names", "share"),
    [
        pytest.param(1, {"IAM", "NET"}, Fraction(7, 10), id="TR-01-TR-03"),
        pytest.param(2, {"CSD"}, Fraction(3, 10), id="TR-02-TR-04"),
        pytest.param(None, {"OPS"}, Fraction(0), id="TR-05"),
    ],
)
def test_tiers_of_bnna(tier: int | None, names: set[str], share: Fraction) -> None:
    domains = readings("BNNA")
    shares = split(domains, "two-tier")
    assert {domain.name for domain in domains if domain.tier == tier} == names
    assert sum(shares[name] for name in names) == share


def test_empty_tier_two_keeps_a_quarter_for_strong_areas() -> None:  # TR-11, TR-12, FQ-06
    shares = split(readings("BAAN"), "two-tier")
    assert shares["IAM"] + shares["OPS"] == Fraction(3, 4)
    assert (shares["NET"], shares["CSD"]) == (Fraction(1, 8), Fraction(1, 8))
    assert None not in shares


@pytest.mark.parametrize("bands", ["BBBB", "BBBN"])
def test_a_quarter_is_mixed_practice_without_a_strong_area(bands: str) -> None:
    shares = split(readings(bands), "two-tier")
    mixed = shares.pop(None)
    assert (sum(shares.values()), mixed) == (Fraction(3, 4), Fraction(1, 4))


def test_budget_scales_every_share() -> None:  # SP-14
    shares = shares_of(readings("BNNA"), "two-tier")
    assert rounded(shares, 360) == (178, 74, 108, 0)  # 177.9, 74.1, 108, 0 minutes


@given(st.sampled_from(["BNNA", "BBNN", "BAAN", "NBAN", "NNNN"]), st.integers(1, 20_000))
def test_shown_hours_add_up_to_the_budget(bands: str, minutes: int) -> None:  # TR-16
    hundredths = sum(round(part * 100) for part in in_hours(bands, minutes))
    assert hundredths == round(Fraction(minutes * 100, 60))


@pytest.mark.parametrize(
    ("bands", "strategy", "expected"),
    [
        # Two of ten hours for OPS; of the other eight 70 % for IAM and NET, 60 points to 25.
        pytest.param("BNNA", "two-tier", (3.95, 1.65, 2.4, 2.0), id="TR-06"),
        pytest.param("BNNA", "priority", (4.36, 1.82, 1.82, 2.0), id="TR-06-priority"),
        # Strong areas have a quarter here anyway, and their floor under balanced.
        pytest.param("BAAN", "two-tier", (5.63, 1.25, 1.25, 1.87), id="maintenance"),
        pytest.param("AAAA", "two-tier", (3.0, 2.5, 2.5, 2.0), id="nothing-weak"),
    ],
)
def test_spare_time_is_for_strong_areas_that_get_nothing(
    bands: str, strategy: Strategy, expected: tuple[float, ...]
) -> None:
    shares = split(readings(bands), strategy, spare=spare_part(120, TEN_HOURS))
    assert [n / 100 for n in rounded([*shares.values()], 1000)] == list(expected)


def test_spare_time_is_half_of_a_week_at_most() -> None:
    assert [spare_part(*minutes) for minutes in ((0, 600), (120, 600), (500, 600), (60, 0))] == [
        0, Fraction(1, 5), Fraction(1, 2), Fraction(1, 2),
    ]  # fmt: skip


def test_priority_is_weight_times_gap() -> None:
    assert shares_of(readings("BBNN"), "priority") == [
        Fraction(60, 155), Fraction(50, 155), Fraction(25, 155), Fraction(20, 155),
    ]  # fmt: skip


@pytest.mark.parametrize(("minutes", "tilt"), [(0, 0), (20 * 60, 0), (30 * 60, 1), (40 * 60, 2)])
def test_tilt_follows_hours_against_content(minutes: int, tilt: int) -> None:
    assert tilt_of(readings("BNNA"), minutes) == tilt


def test_balanced_uses_gaps_of_four_three_two_when_there_is_time() -> None:
    assert shares_of(readings("BNNA"), "balanced", 40 * 60) == [
        Fraction(120, 310), Fraction(75, 310), Fraction(75, 310), Fraction(40, 310),
    ]  # fmt: skip


def test_balanced_keeps_a_strong_area_at_its_floor_when_time_is_short() -> None:
    assert shares_of(readings("BBNA"), "balanced")[OPS] == FLOOR * Fraction(20, 100)


def test_balanced_caps_one_domain_unless_it_is_the_only_weak_one() -> None:
    assert shares_of(readings("BAAN"), "balanced")[IAM] == CEILING
    assert shares_of(readings("BAAA"), "balanced")[IAM] > CEILING


def test_no_domains_no_shares() -> None:
    assert split((), "two-tier") == {}


def test_the_plan_says_how_far_apart_the_strategies_are() -> None:
    # OPS: 3/10 under two-tier, 20/155 under priority: 17 %.
    notes = {note.code: written(note) for note in replan(request("BBNN")).notes}
    assert "differ on 17 % of the study time: the choice matters little here." in notes["SPLIT"]
    # All near: tier 1 holds IAM alone, 70 % against 30 % by priority.
    notes = {note.code: written(note) for note in replan(request("NNNN")).notes}
    assert "differ on 40 % of the study time: the choice matters here" in notes["SPLIT"]
    assert "SPLIT" not in {note.code for note in replan(request("AAAA")).notes}
