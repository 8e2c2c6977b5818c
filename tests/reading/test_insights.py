"""What the reports say: each coded insight where it belongs and nowhere else."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.catalogue.texts import insight_rules
from coach.model.answers import Insight, Recommended, Retake
from coach.model.attempt import Report
from coach.model.exam import Exam, Outline
from coach.model.plan import Practice
from coach.reading.heatmap import heatmap
from coach.reading.insights import InsightContext, ReadReport, insights
from coach.reading.outlines import outline_by_id
from coach.reading.priority import read_report

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SAT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
VERDICT = Retake(
    exam="AZ-500",
    status="waiting",
    earliest=SAT + timedelta(hours=24),
    certain_from=SAT + timedelta(hours=24),
    rule="24-hours",
    attempts_used=1,
    attempts_left=4,
    window_start=SAT,
    window_end=datetime(2027, 11, 20, 10, 0, tzinfo=UTC),
    recommended=None,
    retires=None,
    successor=None,
)
WINDOW = Recommended(
    from_=date(2026, 12, 18),
    until=date(2027, 1, 1),
    basis="2 domains are below: 4 to 6 weeks from the report.",
)


def _context(
    exam: Exam, *reports: Report, practice: tuple[Practice, ...] = (), **fields: object
) -> InsightContext:
    """A context on 2026-11-21 with one report a month, the newest on the day before."""
    history = tuple(
        ReadReport(
            report=report,
            at=SAT - timedelta(days=30 * (len(reports) - number)),
            passed=(report.score or 0) >= exam.passing_score,
            domains=read_report(exam, report),
        )
        for number, report in enumerate(reports, 1)
    )
    shown = heatmap(exam, reports, practice, on=NOW.date(), since=SAT)
    given = {"verdict": VERDICT, "strategy": "two-tier", "status": "active", **fields}
    outline = outline_by_id(exam, shown.outline)
    return InsightContext(
        rules=insight_rules(),
        exam=exam,
        outline=outline,
        history=history,
        heatmap=shown,
        now=NOW,
        **given,
    )


def _by_code(found: tuple[Insight, ...]) -> dict[str, Insight]:
    codes = {insight.code: insight for insight in found}
    assert len(codes) == len(found)
    return codes


def _red_flags(found: tuple[Insight, ...]) -> list[str]:
    return [insight.code for insight in found if insight.kind == "red-flag"]


@pytest.mark.parametrize(
    ("bands", "score", "codes"),
    [
        pytest.param("B N N N", 620, ["heaviest-below"], id="RD-01"),
        pytest.param("B N N B", 560, ["heaviest-below", "several-below"], id="RD-04"),
        pytest.param("B N N A", 640, ["heaviest-below", "operations-only"], id="RD-05"),
        pytest.param("N B B N", 560, ["several-below", "resource-level"], id="RD-06"),
        pytest.param("N B N N", 620, [], id="RD-07"),
        pytest.param("B N B A", 560, ["heaviest-below", "several-below", "operations-only"],
                     id="RD-08"),
        pytest.param("A N B A", 640, [], id="RD-09"),
        pytest.param("N N N N", 670, ["all-near"], id="RD-10"),
        pytest.param("N N N N", 705, [], id="RD-11"),
        pytest.param("B B B A", 500,
                     ["heaviest-below", "several-below", "resource-level", "operations-only"],
                     id="RD-14"),
        pytest.param("A A A A", 690, [], id="RD-15"),
        pytest.param("N N ? N", 670, [], id="unknown-is-not-near"),
        pytest.param("B ? N A", 640, ["heaviest-below"], id="unknown-is-not-weak"),
        pytest.param("B B B B", 705, [], id="no-flags-after-a-pass"),
        pytest.param("", 655, [], id="score-only"),
    ],
)  # fmt: skip
def test_red_flags(make_report, az500, bands, score, codes) -> None:
    found = insights(_context(az500, make_report(bands, score=score)))
    assert _red_flags(found) == codes
    assert all(insight.action for insight in found)  # RD-16


def test_the_heaviest_domain_leads_with_both_reasons(make_report, az500, f500) -> None:
    first = insights(_context(az500, make_report("B N N N", score=620)))[0]
    assert (first.code, first.severity, first.source) == ("heaviest-below", "high", "article")
    assert first.domains == (f500.domains[0].name,)
    assert "no domain of this outline weighs more (30 %)" in first.text  # RD-02
    assert "other domains build on it" in first.text


def test_the_heaviest_domain_is_the_outlines_whatever_its_name(make_report, az500, last) -> None:
    found = _by_code(insights(_context(az500, make_report("N N N B", last, score=620))))  # RD-03
    assert found["heaviest-below"].domains == (last.domains[3].name,)
    assert "30-35 %" in found["heaviest-below"].text
    assert "build on it" not in found["heaviest-below"].text
    light = _by_code(insights(_context(az500, make_report("B N N N", last, score=620))))
    assert "heaviest-below" not in light


def test_any_of_the_heaviest_counts_where_they_tie(make_report, az500, earlier) -> None:
    found = _by_code(insights(_context(az500, make_report("N N N B", earlier, score=620))))
    assert found["heaviest-below"].domains == (earlier.domains[3].name,)


def test_patterns_bring_their_own_words(make_report, az500, f500) -> None:
    found = _by_code(insights(_context(az500, make_report("B B B A", score=500))))
    iam, net, csd, ops = (domain.name for domain in f500.domains)
    assert found["resource-level"].domains == (net, csd)
    assert found["resource-level"].text == "The resource-level text."
    assert found["operations-only"].domains == (ops,)
    assert found["operations-only"].action == "The operations-only action."
    assert found["foundation"].domains == (iam, net, csd)  # DM-10


def test_a_pattern_stays_on_its_outline(make_report, az500, earlier) -> None:
    found = _by_code(insights(_context(az500, make_report("B B N A", earlier, score=600))))
    assert "foundation" not in found


def test_all_near_asks_for_depth_not_basics(make_report, az500) -> None:
    found = _by_code(insights(_context(az500, make_report("N N N N", score=670))))["all-near"]
    assert "combine several services" in found.action  # RD-12
    assert len(found.domains) == 4


def test_a_topic_listed_twice_is_persistent(make_report, az500, f500) -> None:
    first = make_report("N N N N", id="r1", score=640, flags=("Azure Sentinel", "Key Vault"))
    second = make_report("N N N N", id="r2", score=640, flags=("Microsoft Sentinel",))
    found = _by_code(insights(_context(az500, first, second)))  # RD-13
    assert found["persistent-flag"].severity == "high"
    assert found["persistent-flag"].domains == (f500.domains[3].name,)
    assert "Microsoft Sentinel" in found["persistent-flag"].text
    assert "Key Vault" not in found["persistent-flag"].text
    once = _by_code(insights(_context(az500, second)))
    assert "persistent-flag" not in once
    assert once["flagged-topics"].domains == (f500.domains[3].name,)
    assert "a core task of the role" in once["flagged-topics"].text  # NI-05
    assert "more than a single wrong answer" in once["flagged-topics"].text  # NI-09
    several = make_report("N N N N", id="r3", score=640, flags=("Key Vault", "Azure Sentinel"))
    both = _by_code(insights(_context(az500, several)))["flagged-topics"]
    assert "These are core tasks" in both.text
    assert both.action.startswith("Begin each of these domains")


def test_a_flag_without_a_domain_is_named(make_report, az500) -> None:
    found = _by_code(insights(_context(az500, make_report("N N N N", flags=("Quilting",)))))
    assert "Quilting" in found["flags-without-domain"].text
    assert "flagged-topics" not in found


@pytest.mark.parametrize(
    ("first", "second", "code", "domain"),
    [
        pytest.param("B N N N", "N N N N", "improved", 0, id="MU-02"),
        pytest.param("N N N N", "N N A N", "improved", 2, id="MU-04"),
        pytest.param("N N N N", "N N N B", "declined", 3, id="MU-05"),
        pytest.param("A N N N", "N N N N", "declined", 0, id="MU-06"),
        pytest.param("B N B B", "B N B B", "stuck-near", 1, id="MU-07"),
        pytest.param("N N N B", "N N N B", "persistent-weakness", 3, id="MU-16"),
        pytest.param("A N N N", "A N N N", "steady-strength", 0, id="MU-15"),
    ],
)
def test_trend_of_a_domain(make_report, az500, f500, first, second, code, domain) -> None:
    reports = make_report(first, id="r1", score=600), make_report(second, id="r2", score=600)
    found = _by_code(insights(_context(az500, *reports)))
    assert f500.domains[domain].name in found[code].domains
    assert found[code].kind == "trend"
    alone = _by_code(insights(_context(az500, reports[1])))  # MU-01, MU-08
    assert [i for i in alone.values() if i.kind == "trend"] == []


def test_what_worked_is_offered_to_the_rest(make_report, az500, f500) -> None:
    reports = make_report("B B N A", id="r1"), make_report("N B N A", id="r2")
    found = _by_code(insights(_context(az500, *reports)))
    iam, net, csd, ops = (domain.name for domain in f500.domains)
    assert found["improved"].domains == (iam,)
    assert "rose from below target to near target" in found["improved"].text
    assert net in found["improved"].action  # MU-03
    assert csd in found["improved"].action
    assert ops not in found["improved"].action


def test_a_decline_has_two_explanations(make_report, az500) -> None:
    reports = make_report("N N N N", id="r1"), make_report("N N N B", id="r2")
    text = _by_code(insights(_context(az500, *reports)))["declined"].text
    assert "less effective" in text
    assert "other parts" in text


def test_a_report_without_a_band_is_passed_over_and_marked(make_report, az500, f500) -> None:
    reports = [
        make_report(bands, id=f"r{number}")
        for number, bands in enumerate(["N A A A", "? A A A", "N A A A"])
    ]
    found = _by_code(insights(_context(az500, *reports)))["stuck-near"]  # MU-21
    assert found.domains == (f500.domains[0].name,)
    assert "1 report without a band" in found.text


@pytest.mark.parametrize(
    ("scores", "code", "severity"),
    [
        pytest.param([610, 660], "score-up", "low", id="MU-09"),
        pytest.param([640, 645], "score-flat", "medium", id="MU-12"),
        pytest.param([660, 610], "score-down", "medium", id="MU-13"),
        pytest.param([640, 650, 645], "score-flat", "high", id="MU-18"),
        pytest.param([640, 660], "score-flat", "medium", id="20-points-are-flat"),
        pytest.param([640, 661], "score-up", "low", id="21-points-are-not"),
        pytest.param([640, 619], "score-down", "medium", id="21-points-down"),
        pytest.param([620, 635, 650], "score-flat", "medium", id="a-slow-rise-is-not-three-flat"),
    ],
)
def test_trend_of_the_score(make_report, az500, scores, code, severity) -> None:
    reports = [
        make_report("N N N B", id=f"r{number}", score=score) for number, score in enumerate(scores)
    ]
    found = _by_code(insights(_context(az500, *reports)))
    assert {c for c in found if c.startswith("score-")} == {code, "score-gap"}
    assert found[code].severity == severity
    if code in ("score-flat", "score-down"):  # MU-14
        assert "labs instead of reading" in found[code].action
        assert "course" in found[code].action
    else:  # MU-10, MU-11
        assert "Keep the method" in found[code].action
        assert "more time" in found[code].text.replace("\n", " ")


def test_mixed_signals_give_both_messages(make_report, az500) -> None:
    reports = (
        make_report("N N N N", id="r1", score=610),
        make_report("N N N B", id="r2", score=660),
    )
    assert {"score-up", "declined"} <= set(_by_code(insights(_context(az500, *reports))))  # MU-17


def test_the_same_score_twice_is_no_error(make_report, az500) -> None:
    reports = [make_report("N N N N", id=f"r{number}", score=655) for number in (1, 2)]
    found = _by_code(insights(_context(az500, *reports)))  # MU-22
    assert "no error" in found["same-score"].text
    assert found["same-score"].source == "official"
    assert "score-flat" in found


def test_across_outlines_only_the_score_has_a_trend(make_report, az500, earlier, last) -> None:
    reports = (
        make_report("N N N N", earlier, id="r1", score=610),
        make_report("N N N B", last, id="r2", score=660),
    )
    found = _by_code(insights(_context(az500, *reports)))  # MU-20
    assert {c for c, i in found.items() if i.kind == "trend"} == {"score-up", "outline-changed"}


def test_a_pass_ends_the_story(make_report, az500) -> None:
    reports = (
        make_report("B N N N", id="r1", score=650),
        make_report("N N N N", id="r2", score=720),
    )
    verdict = msgspec.structs.replace(VERDICT, status="passed", earliest=None, rule="passed")
    found = insights(_context(az500, *reports, verdict=verdict, status="retired"))
    assert [insight.code for insight in found] == ["passed"]  # MU-24
    assert "current" in found[0].action


def test_a_void_result_is_neither(make_report, az500) -> None:
    context = _context(az500, make_report("B B B B", score=400))
    void = msgspec.structs.replace(context.history[0], passed=None)
    assert insights(msgspec.structs.replace(context, history=(void,))) == ()


def test_no_report_gives_no_advice_on_study(az500) -> None:
    assert insights(_context(az500)) == ()


def test_a_near_miss_mentions_the_quick_try(make_report, az500) -> None:
    found = _by_code(insights(_context(az500, make_report("N N N N", score=690))))  # RT-16
    assert "10 points short" in found["near-miss"].text
    assert "2026-11-21 10:00 (24-hour rule)" in found["near-miss"].text


@pytest.mark.parametrize(
    ("bands", "score", "changes"),
    [
        pytest.param("B B B N", 480, {}, id="RT-17"),
        pytest.param("B N N N", 690, {}, id="one-below"),
        pytest.param("N N N N", 679, {}, id="21-points-short"),
        pytest.param("", 690, {}, id="nothing-known"),
        pytest.param("A A A A", 690, {}, id="nothing-near"),
        pytest.param("N N N N", 690, {"attempts_used": 2, "rule": "14-days"}, id="second-fail"),
        pytest.param("N N N N", 690, {"status": "retired", "earliest": None}, id="retired"),
    ],
)
def test_no_near_miss(make_report, az500, bands, score, changes) -> None:
    verdict = msgspec.structs.replace(VERDICT, **changes)
    context = _context(az500, make_report(bands, score=score), verdict=verdict)
    assert "near-miss" not in _by_code(insights(context))


def test_a_weak_result_may_but_should_not_be_repeated_at_once(make_report, az500) -> None:
    verdict = msgspec.structs.replace(VERDICT, recommended=WINDOW)
    report = make_report("B B B N", score=480)
    found = _by_code(insights(_context(az500, report, verdict=verdict)))["window"]  # RT-17
    assert "from 2026-11-21 10:00 (24-hour rule)" in found.text
    assert "The best time is 2026-12-18 to 2027-01-01." in found.text  # FQ-10, FQ-11
    assert "allowed but not advised" in found.action  # FQ-14
    assert (found.severity, found.source) == ("medium", "article")


def test_a_window_from_the_legal_date_on_warns_of_nothing(make_report, az500) -> None:
    window = Recommended(from_=date(2026, 12, 4), until=date(2026, 12, 11), basis="Near.")
    legal = SAT + timedelta(days=14)
    verdict = msgspec.structs.replace(
        VERDICT, recommended=window, earliest=legal, certain_from=legal, attempts_used=2
    )
    report = make_report("N N N A", score=640)
    found = _by_code(insights(_context(az500, report, verdict=verdict)))["window"]  # FQ-16
    assert "not advised" not in found.action


def test_the_window_of_one_below_is_coachs_own(make_report, az500) -> None:
    verdict = msgspec.structs.replace(VERDICT, recommended=WINDOW, earliest=NOW, certain_from=NOW)
    report = make_report("B N N A", score=640)
    found = _by_code(insights(_context(az500, report, verdict=verdict)))["window"]  # FQ-13
    assert found.source == "own"
    assert "You may sit it again now" in found.text


def test_a_window_of_one_day_reads_as_a_date(make_report, az500) -> None:
    window = Recommended(from_=date(2027, 4, 20), until=date(2027, 4, 20), basis="One below.")
    verdict = msgspec.structs.replace(VERDICT, recommended=window, rule="30-test-free-days")
    report = make_report("B N N A", score=640)
    found = _by_code(insights(_context(az500, report, verdict=verdict)))["window"]
    assert "(30-day rule). The best time is from 2027-04-20 on." in found.text
    assert found.action.startswith("Book a date from that day on.")


def test_a_fundamentals_pass_has_nothing_left_to_do(make_report, az500) -> None:
    exam = msgspec.structs.replace(az500, level="fundamentals")
    found = _by_code(insights(_context(exam, make_report("A A A A", score=720))))["passed"]
    assert "does not expire" in found.action  # XC-11


@pytest.mark.parametrize(("days", "expired"), [(-1, True), (0, True), (1, False)])
def test_an_expired_pass_is_not_to_be_kept_current(make_report, az500, days, expired) -> None:
    context = _context(az500, make_report("A A A A", score=720))
    ends = NOW + timedelta(days=days)
    found = _by_code(insights(msgspec.structs.replace(context, expires=ends)))["passed"]
    assert (f"expired on {ends:%Y-%m-%d} unless it was renewed" in found.text) is expired
    assert ("takes a new pass" in found.action) is expired
    assert ("current" in found.action) is not expired


def test_score_gap_stays_on_the_scale(make_report, az500) -> None:
    text = _by_code(insights(_context(az500, make_report("N N N N", score=650))))["score-gap"].text
    assert "50 points short of 700" in text  # LM-10, SC-16
    one = _by_code(insights(_context(az500, make_report("N N N N", score=699))))["score-gap"].text
    assert "1 point short" in one


def test_without_bands_the_report_comes_first(make_report, az500) -> None:
    found = insights(_context(az500, make_report("", score=655)))  # RS-01
    assert found[0].code == "report-missing"
    assert "unknown-bands" not in _by_code(found)


def test_an_exam_without_an_outline_asks_for_one(make_report) -> None:
    exam = Exam(code="X-1", title="X")
    report = msgspec.structs.replace(make_report("", score=655), outline=None)
    found = _by_code(insights(_context(exam, report)))
    assert "report-missing" not in found
    assert "No outline of X-1 is known" in found["no-outline"].text


def test_a_missing_band_is_asked_for(make_report, az500, f500) -> None:
    found = _by_code(insights(_context(az500, make_report("B ? N A", score=640))))  # PR-07
    assert found["unknown-bands"].domains == (f500.domains[1].name,)
    assert "report-missing" not in found


def test_all_above_and_failed_is_questioned(make_report, az500) -> None:
    found = _by_code(insights(_context(az500, make_report("A A A A", score=690))))  # TR-15
    assert "Check the bands" in found["all-above-failed"].action
    assert "can go together" in found["all-above-failed"].text  # XC-02


@pytest.mark.parametrize(
    ("bands", "second", "first"),
    [
        pytest.param("B B N N", 3, [1, 2], id="TR-10"),
        pytest.param("N B A N", 3, [0], id="TR-19"),
        pytest.param("B N N A", 2, [1], id="TR-07"),
    ],
)
def test_a_tier_inversion_is_admitted(make_report, az500, f500, bands, second, first) -> None:
    report = make_report(bands, score=600)
    found = _by_code(insights(_context(az500, report)))["tier-inversion"]
    names = [domain.name for domain in f500.domains]
    assert found.domains == (names[second], *(names[number] for number in first))
    assert found.kind == "rule"
    assert "`priority`" in found.action


def test_a_tier_inversion_names_the_shares(make_report, az500) -> None:
    text = _by_code(insights(_context(az500, make_report("B B N N"))))["tier-inversion"].text
    assert "priority 20, 30 % of the time" in text
    assert "priority 50, 26 % of the time" in text
    assert "priority 25, 13 % of the time" in text


@pytest.mark.parametrize(
    ("bands", "strategy"),
    [
        pytest.param("B A A N", "two-tier", id="TR-11"),
        pytest.param("N N N N", "two-tier", id="TR-08"),
        pytest.param("A A A A", "two-tier", id="TR-15"),
        pytest.param("B B N N", "priority", id="other-strategy"),
        pytest.param("B B N N", "balanced", id="balanced"),
    ],
)
def test_no_tier_inversion(make_report, az500, bands, strategy) -> None:
    context = _context(az500, make_report(bands, score=600), strategy=strategy)
    assert "tier-inversion" not in _by_code(insights(context))


def test_a_retired_exam_points_to_its_successor(make_report, az500) -> None:
    verdict = msgspec.structs.replace(VERDICT, status="retired", earliest=None, rule="retired")
    exam = msgspec.structs.replace(
        az500, retires=date(2026, 8, 31), retires_confidence="official", successor="SC-500"
    )
    report = make_report("N N N A", score=640)
    found = _by_code(insights(_context(exam, report, verdict=verdict, status="retired")))
    assert found["retired"].text == "AZ-500 retired on 2026-08-31; it can no longer be sat."
    assert "SC-500" in found["retired"].action
    assert found["retired"].source == "official"
    assert "if it is still offered" in found["practice-assessment"].text  # RS-12


def test_retirement_before_the_next_legal_date(make_report, az500) -> None:
    verdict = msgspec.structs.replace(VERDICT, status="retired", earliest=None, rule="retired")
    exam = msgspec.structs.replace(az500, retires=date(2026, 11, 30))
    context = _context(exam, make_report("N N N A"), verdict=verdict, status="retiring")
    assert "before another sitting" in _by_code(insights(context))["retired"].text  # RET-02


@pytest.mark.parametrize(
    ("days", "severity", "phrase"),
    [
        pytest.param(20, "high", "in 20 days", id="RET-05"),
        pytest.param(-1, "high", "within hours", id="last-day-in-a-zone-further-west"),
        pytest.param(0, "high", "today", id="last-day"),
        pytest.param(1, "high", "tomorrow", id="eve"),
        pytest.param(42, "high", "in 42 days", id="six-weeks"),
        pytest.param(43, "medium", "in 43 days", id="beyond-six-weeks"),
        pytest.param(90, "medium", "in 90 days", id="three-months"),
        pytest.param(91, None, "", id="later"),
    ],
)
def test_retires_soon(az500, days, severity, phrase) -> None:
    exam = msgspec.structs.replace(az500, retires=NOW.date() + timedelta(days=days))
    found = _by_code(insights(_context(exam, status="retiring"))).get("retires-soon")
    assert (found.severity if found else None) == severity
    assert phrase in (found.text if found else "")


def test_the_last_attempt_of_the_window(make_report, az500) -> None:
    verdict = msgspec.structs.replace(VERDICT, attempts_used=4, attempts_left=1)
    found = _by_code(insights(_context(az500, make_report("N N N A"), verdict=verdict)))
    assert "until 2027-11-20 10:00" in found["last-attempt"].text  # RT-18
    lifetime = msgspec.structs.replace(verdict, window_end=None)
    found = _by_code(insights(_context(az500, make_report("N N N A"), verdict=lifetime)))
    assert found["last-attempt"].text == "One sitting is left under the vendor's rule."


def test_a_used_up_window(make_report, az500) -> None:
    verdict = msgspec.structs.replace(
        VERDICT,
        status="capped",
        attempts_used=5,
        attempts_left=0,
        earliest=datetime(2027, 2, 10, 10, 0, tzinfo=UTC),
        certain_from=datetime(2027, 2, 10, 10, 0, tzinfo=UTC),
    )
    found = _by_code(insights(_context(az500, make_report("N N N A"), verdict=verdict)))
    assert "2027-02-10 10:00" in found["capped"].text  # RT-08
    assert "last-attempt" not in found


@pytest.mark.parametrize(
    ("results", "holds"),
    [
        pytest.param([8, 9, 8], True, id="IM-05"),
        pytest.param([2, 8, 9, 8], True, id="only-the-last-three-count"),
        pytest.param([8, 9], False, id="two-are-too-few"),
        pytest.param([9, 9, 7], False, id="one-is-weak"),
    ],
)
def test_practice_that_holds(make_report, az500, f500, results, holds) -> None:
    def practice(number: int, correct: int, domain: str) -> Practice:
        at = SAT + timedelta(hours=number + 1)
        return Practice(
            id=f"p{number}", exam="AZ-500", domain=domain, correct=correct, total=10, at=at
        )

    entries = tuple(
        practice(number, correct, domain)
        for domain in (f500.domains[0].name, f500.domains[3].name)
        for number, correct in enumerate(results)
    )
    found = _by_code(insights(_context(az500, make_report("B N N A", score=640), practice=entries)))
    assert ("practice-holds" in found) is holds
    if holds:  # IM-06; the above domain is not named
        assert found["practice-holds"].domains == (f500.domains[0].name,)


def test_a_strength_that_practice_does_not_show(make_report, az500, f500) -> None:
    name = f500.domains[3].name
    entry = Practice(
        id="p", exam="AZ-500", domain=name, correct=5, total=10, at=SAT + timedelta(hours=1)
    )
    report = make_report("B N N A", score=640)
    found = _by_code(insights(_context(az500, report, practice=(entry,))))["practice-weak"]
    assert found.domains == (name,)
    assert found.facts == (f"{name}: above target; weight 20 %; practice level 50 of 100",)
    assert "practice-weak" not in _by_code(insights(_context(az500, report)))


def test_tips_are_few_and_come_last(make_report, az500) -> None:
    found = insights(_context(az500, make_report("N N N A", score=640)))
    assert [insight.code for insight in found][-2:] == ["practice-assessment", "no-dumps"]
    assert "Microsoft" in found[-2].text
    other = msgspec.structs.replace(az500, vendor="AWS")
    assert "Microsoft" not in insights(_context(other, make_report("N N N A", score=640)))[-2].text


BAND_LETTERS = st.lists(st.sampled_from("BNA?"), min_size=4, max_size=4).map(" ".join)
SHARES = ("heaviest-below", "tier-inversion")
RANK = {"high": 0, "medium": 1, "low": 2}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_any_history_gives_calm_ordered_advice(make_report, az500, data: st.DataObject) -> None:
    outlines: st.SearchStrategy[Outline] = st.sampled_from(az500.outlines)
    reports = [
        make_report(
            bands,
            outline,
            id=f"r{number}",
            score=score,
            flags=tuple(data.draw(st.lists(st.sampled_from(["Azure AD", "Zither", "NSG"])))),
        )
        for number, (bands, outline, score) in enumerate(
            data.draw(
                st.lists(
                    st.tuples(BAND_LETTERS, outlines, st.none() | st.integers(1, 1000)), max_size=5
                )
            )
        )
    ]
    verdict = msgspec.structs.replace(
        VERDICT,
        status=data.draw(st.sampled_from(["open", "waiting", "capped", "passed", "retired"])),
        earliest=data.draw(st.sampled_from([None, NOW, SAT + timedelta(days=14)])),
        attempts_left=data.draw(st.sampled_from([None, 0, 1, 4])),
        recommended=data.draw(st.sampled_from([None, WINDOW])),
    )
    context = _context(
        az500,
        *reports,
        verdict=verdict,
        status=data.draw(st.sampled_from(["active", "retiring", "retired"])),
        strategy=data.draw(st.sampled_from(["two-tier", "priority", "balanced"])),
    )
    found = insights(context)
    assert found == insights(context)
    _by_code(found)
    assert [RANK[i.severity] for i in found] == sorted(RANK[i.severity] for i in found)
    for insight in found:
        assert insight.text
        assert insight.action
        said = f"{insight.text} {insight.action}".casefold()
        assert "cannot pass" not in said
        assert "adaptive" not in said
        assert "%" not in said or insight.code in SHARES  # SC-03: a score is no percentage


@pytest.mark.parametrize(
    ("studied", "kept"),
    # 30 days are 4.3 weeks: from 258 minutes on the method can be judged; without a plan nothing
    # is known of how much was studied.
    [(None, True), (30, False), (257, False), (258, True)],
    ids=["no-plan", "half-an-hour", "just-under", "enough"],
)
def test_the_method_is_praised_only_where_it_was_used(make_report, az500, studied, kept) -> None:
    context = _context(az500, make_report("B N N N", score=600), make_report("N N N N", score=660))
    before, newest = context.history
    newest = msgspec.structs.replace(newest, studied=studied)
    context = msgspec.structs.replace(context, history=(before, newest))
    found = _by_code(insights(context))
    assert ("Keep the method" in found["score-up"].action) is kept
    assert ("worked" in found["improved"].text) is kept
    assert ("Put in the planned hours" in found["score-up"].action) is not kept
