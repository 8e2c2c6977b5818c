"""The chance to pass: invariants 34 to 36, cases worked by hand, and the words for it."""

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.model.exam import Exam
from coach.reading.forecast import (
    LEVELS,
    Chance,
    Evidence,
    SeenPractice,
    SeenReport,
    SeenTest,
    belief,
    chance,
    needed,
)
from coach.reading.grading import noise, of_ten
from coach.wording import odds

BANDS = ("below", "near", "above")
NAMES = ("a", "b", "c", "d")
SHARES = {"a": 0.4, "b": 0.3, "c": 0.2, "d": 0.1}
NOTHING = Evidence(shares=SHARES)

some_report = st.builds(
    SeenReport,
    points=st.integers(-699, 300),
    passed=st.just(value=False),
    bands=st.dictionaries(st.sampled_from(NAMES), st.sampled_from((*BANDS, "unknown"))),
    days=st.sampled_from((0.0, 14.0, 90.0)),
)
some_practice = st.builds(
    SeenPractice,
    domain=st.sampled_from((*NAMES, "of another outline")),
    correct=st.integers(0, 20),
    total=st.integers(20, 60),
    source=st.sampled_from(("", "Vendor")),
    hours=st.sampled_from((0.0, 5.0, 40.0)),
    days=st.sampled_from((0.0, 30.0)),
)
some_evidence = st.builds(
    Evidence,
    shares=st.permutations(tuple(SHARES.items())).map(dict),
    reports=st.lists(some_report, max_size=3).map(tuple),
    practice=st.lists(some_practice, max_size=4).map(tuple),
)
some_hours = st.floats(0, 400)


def foreseen(evidence: Evidence, hours: float = 0.0) -> Chance:
    return chance(belief(evidence), hours)


def scored(score: int) -> Evidence:
    return msgspec.structs.replace(
        NOTHING, reports=(SeenReport(points=score - 700, passed=score >= 700),)
    )


def three(found: Chance) -> tuple[float, float, float]:
    return found.low, found.p, found.high


def never_lower(better: Chance, worse: Chance) -> bool:
    return all(b >= w for b, w in zip(three(better), three(worse), strict=True))


@settings(max_examples=40)
@given(some_evidence, some_hours, some_hours)
def test_invariant_34_a_chance_lies_in_its_range_and_hours_never_lower_it(evidence, one, other):
    known = belief(evidence)
    few, many = sorted((one, other))

    for hours in (few, many):
        found = chance(known, hours)
        assert 0 <= found.low <= found.p <= found.high <= 1
        assert 0 < found.p < 1
    assert never_lower(chance(known, many), chance(known, few))


@settings(max_examples=30)
@given(some_evidence, st.permutations(NAMES))
def test_invariant_34_the_order_of_domains_does_not_matter(evidence, names):
    turned = {name: SHARES[name] for name in names}

    assert belief(msgspec.structs.replace(evidence, shares=turned)) == belief(evidence)


@settings(max_examples=60)
@given(some_evidence, some_report, st.sampled_from(NAMES), st.integers(1, 300), some_hours)
def test_invariant_35_a_better_band_or_score_never_lowers_the_chance(
    evidence, report, domain, points, hours
):
    def with_report(**changed) -> Chance:
        newest = msgspec.structs.replace(report, **changed)
        return foreseen(
            msgspec.structs.replace(evidence, reports=(*evidence.reports, newest)), hours
        )

    by_band = [with_report(bands={**report.bands, domain: band}) for band in BANDS]
    assert never_lower(by_band[1], by_band[0])
    assert never_lower(by_band[2], by_band[1])
    assert never_lower(with_report(points=report.points + points), with_report())


@settings(max_examples=30)
@given(some_evidence, some_practice, some_hours)
def test_invariant_35_one_more_right_answer_never_lowers_the_chance(evidence, entry, hours):
    def with_practice(correct: int) -> Chance:
        new = msgspec.structs.replace(entry, correct=correct)
        return foreseen(
            msgspec.structs.replace(evidence, practice=(*evidence.practice, new)), hours
        )

    assert never_lower(with_practice(entry.correct), with_practice(max(entry.correct - 1, 0)))


def test_invariant_35_more_data_narrows_the_range_on_average():
    chances = random.Random(7)
    widths = {0: 0.0, 1: 0.0, 2: 0.0}
    for _ in range(60):
        level = chances.gauss(0.66, 0.12)
        points = round((level - 0.66) * 1043 + chances.gauss(0, 66))
        practice = tuple(
            SeenPractice(
                domain=name, correct=sum(chances.random() < level for _ in range(20)), total=20
            )
            for name in NAMES
        )
        report = SeenReport(points=points, passed=points >= 0)
        for known, evidence in enumerate(
            (
                NOTHING,
                Evidence(shares=SHARES, reports=(report,)),
                Evidence(shares=SHARES, reports=(report,), practice=practice),
            )
        ):
            found = foreseen(evidence, 20)
            widths[known] += found.high - found.low

    assert widths[0] > widths[1] > widths[2]


@settings(max_examples=30)
@given(some_evidence, st.randoms(use_true_random=False))
def test_invariant_36_the_order_of_entry_does_not_matter(evidence, chances):
    reports, practice = list(evidence.reports), list(evidence.practice)
    chances.shuffle(reports)
    chances.shuffle(practice)
    turned = msgspec.structs.replace(evidence, reports=tuple(reports), practice=tuple(practice))

    assert belief(turned) == belief(evidence)


def test_invariant_36_without_evidence_half_of_all_candidates_pass():
    found = foreseen(NOTHING)

    assert found.p == pytest.approx(0.5, abs=0.02)
    assert odds(of_ten(found)) == "5 in 10, range 1 to 9"
    empty = SeenReport(points=None, passed=False, bands={"a": "unknown"}, days=1e6)
    assert foreseen(msgspec.structs.replace(NOTHING, reports=(empty,))) == found


@pytest.mark.parametrize(
    ("level", "hours", "p"),
    [
        # At the mark a sitting goes either way, and the base rate is a half too.
        (0.66, 0, 0.5),
        # 0.17 / 0.0633 = 2.686 errors under the mark: 0.0036, of which nine tenths count.
        (0.49, 0, 0.05 + 0.9 * 0.0036),
        # The five rates leave 0.7408, 0.6065, 0.4966, 0.4066 and 0.3012 of the missing 0.51 after
        # 100 hours: -0.597, 0.485, 1.371, 2.095 and 2.944 errors from the mark.
        (0.49, 100, 0.05 + 0.9 * (0.2753 + 0.6862 + 0.9148 + 0.9819 + 0.9984) / 5),
    ],
)
def test_the_chance_at_a_known_level_by_hand(level, hours, p):
    certain = tuple(float(each == level) for each in LEVELS)

    assert chance(certain, hours).p == pytest.approx(p, abs=0.002)


@pytest.mark.parametrize(
    ("score", "by_hours"),
    [
        # Of made-up candidates with such a first score so many of 100 passed after 0, 16, 32, 48
        # and 64 hours of study.
        (520, {0: 4, 16: 12, 32: 27, 48: 45, 64: 61}),
        (575, {0: 14, 16: 26, 32: 44, 48: 61, 64: 74}),
        (625, {0: 27, 16: 37, 32: 55, 48: 70, 64: 81}),
        (675, {0: 41, 16: 55, 32: 70, 48: 81, 64: 89}),
    ],
)
def test_chances_by_score_and_hours_are_those_of_the_simulation(score, by_hours):
    known = belief(scored(score))

    for hours, of_100 in by_hours.items():
        assert chance(known, hours).p == pytest.approx(of_100 / 100, abs=0.1), hours


def test_a_newer_report_counts_for_more_than_an_older_one():
    rising = (
        SeenReport(points=-150, passed=False, days=60),
        SeenReport(points=-20, passed=False),
    )
    falling = (
        SeenReport(points=-20, passed=False, days=60),
        SeenReport(points=-150, passed=False),
    )

    up, down = (foreseen(msgspec.structs.replace(NOTHING, reports=r)) for r in (rising, falling))
    assert up.p > down.p


def test_the_same_practice_result_says_less_about_the_start_after_hours_of_study():
    def practised(hours: float) -> float:
        entry = SeenPractice(domain="a", correct=15, total=20, hours=hours)
        return foreseen(msgspec.structs.replace(NOTHING, practice=(entry,))).p

    assert practised(0) > practised(40)


def test_a_thousand_questions_of_one_vendor_are_not_a_thousand_of_the_exam():
    def practised(*entries: SeenPractice) -> float:
        found = foreseen(Evidence(shares={"a": 1.0}, practice=entries))
        return found.high - found.low

    one = [SeenPractice(domain="a", correct=66, total=100, source="One") for _ in range(10)]
    ten = [SeenPractice(domain="a", correct=66, total=100, source=f"{n}") for n in range(10)]
    assert practised(*ten) < practised(*one)


def test_a_result_without_a_score_says_on_which_side_it_was():
    def told(*, passed: bool) -> float:
        report = SeenReport(points=None, passed=passed)
        return foreseen(msgspec.structs.replace(NOTHING, reports=(report,))).p

    assert told(passed=False) < foreseen(NOTHING).p < told(passed=True)


@pytest.mark.parametrize(
    ("p", "low", "high", "words"),
    [
        (0.5, 0.2, 0.8, "5 in 10, range 2 to 8"),
        (0.05, 0.05, 0.1, "1 in 10"),
        (0.95, 0.74, 0.95, "9 in 10, range 7 to 9"),
        (0.449, 0.25, 0.65, "4 in 10, range 3 to 7"),
    ],
)
def test_chances_are_natural_frequencies_in_a_range(p, low, high, words):
    assert odds(of_ten(Chance(p=p, low=low, high=high))) == words


@pytest.mark.parametrize("right", [0, 20])
def test_years_of_results_of_one_kind_stay_within_the_range(right):
    practice = tuple(
        SeenPractice(domain=name, correct=right, total=20, source=f"{n}", hours=n)
        for n in range(400)
        for name in NAMES
    )
    reports = tuple(SeenReport(points=-690, passed=False, bands={"a": "below"}) for _ in range(40))
    found = foreseen(Evidence(shares=SHARES, reports=reports, practice=practice), 10)

    assert 0 <= found.low <= found.p <= found.high <= 1
    assert 0 < found.p < 1


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("shares", [{"a": 1.0}, {"a": 1e-4, "b": 0.9999}])
def test_bands_of_a_domain_of_any_weight_can_be_read(band, shares):
    reports = (SeenReport(points=None, passed=False, bands={"a": band}),) * 20
    found = foreseen(Evidence(shares=shares, reports=reports))

    assert 0 <= found.low <= found.p <= found.high <= 1
    assert 0 < found.p < 1


@pytest.mark.parametrize(
    ("likely", "p", "low", "high"),
    [
        # One in twenty-five is sure of it and the others are lost: 19 in 20 of them pass never, so
        # that the range would end below the guess. A tenth of the guess is the base rate.
        ({0.05: 0.96, 0.99: 0.04}, 0.086, 0.0, 0.086),
        ({0.05: 0.04, 0.99: 0.96}, 0.914, 0.914, 1.0),
    ],
)
def test_invariant_34_the_range_holds_the_guess_where_few_decide_it(likely, p, low, high):
    found = chance(tuple(likely.get(level, 0.0) for level in LEVELS), 0)

    assert three(found) == (low, p, high)


@pytest.mark.parametrize(
    ("scale", "score", "told"),
    [
        ((1, 1000), 640, "A score of 640 could have been 574 to 706 on"),
        ((1, 1000), 970, "A score of 970 could have been 904 to 1000 on"),
        # 66 of 999 points are 59 of 900.
        ((100, 1000), 690, "A score of 690 could have been 631 to 749 on"),
    ],
    ids=["microsoft", "end-of-the-scale", "aws"],
)
def test_a_score_is_told_with_its_error(scale: tuple[int, int], score: int, told: str) -> None:
    exam = Exam(code="XY-100", title="One", score_low=scale[0], score_high=scale[1])
    assert noise(exam, score).startswith(told)


def of_tests(*tests: tuple[float, str]) -> Chance:
    """The chance after whole practice tests of 50 questions, each a part right and its bank."""
    seen = tuple(SeenTest(part=part, questions=50, source=source) for part, source in tests)
    return foreseen(msgspec.structs.replace(NOTHING, tests=seen))


def test_two_practice_tests_of_different_banks_say_more_than_one_bank_twice() -> None:
    once, twice, other = (
        of_tests(*tests)
        for tests in (
            [(0.8, "One")],
            [(0.8, "One"), (0.8, "One")],
            [(0.8, "One"), (0.8, "Other")],
        )
    )
    assert foreseen(NOTHING).p < once.p < twice.p < other.p
    assert other.high - other.low < twice.high - twice.low < once.high - once.low


def test_a_practice_test_is_no_sitting() -> None:
    # 0.1 above the mark in 56 questions: as a score 104 points over it, with no doubt of the form.
    score = msgspec.structs.replace(NOTHING, reports=(SeenReport(points=104, passed=True),))
    assert foreseen(NOTHING).p < of_tests((0.76, "")).p < foreseen(score).p


@settings(max_examples=30)
@given(some_evidence, st.lists(st.tuples(st.floats(0, 1), st.sampled_from("ab")), max_size=3))
def test_invariant_35_a_better_practice_test_never_lowers_the_chance(evidence, others):
    def with_test(part: float) -> Chance:
        told = [*others, (part, "a")]
        seen = tuple(SeenTest(part=part, questions=40, source=bank) for part, bank in told)
        return foreseen(msgspec.structs.replace(evidence, tests=seen))

    assert never_lower(with_test(0.7), with_test(0.6))


def test_how_likely_a_further_sitting_is_needed_by_hand() -> None:
    # At the mark each sitting goes either way, whatever was before: 1, 1/2, 1/4.
    certain = tuple(float(each == 0.66) for each in LEVELS)
    assert needed(certain, (0, 0, 0)) == pytest.approx((1, 0.5, 0.25))
    # Two kinds of people: one in two always fails, the other always passes.
    mixed = tuple({0.05: 0.5, 0.99: 0.5}.get(each, 0.0) for each in LEVELS)
    assert needed(mixed, (0, 0, 0)) == pytest.approx((1, 0.5, 0.5))
