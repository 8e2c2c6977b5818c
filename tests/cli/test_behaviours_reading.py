"""Reading reports through the command line: SC, RP, PR, TR, RD, MU, NI, DM and FQ by their ids.

Most use the article's outline of AZ-500 (IAM 30, NET 25, CSD 25, OPS 20) while that exam was
live. Bands are written in that order: `BNNA` is below, near, near, above.
"""

from collections import Counter
from typing import Any

import pytest

from tests.cli.conftest import Coach

IAM, NET, CSD, OPS = (
    "Manage identity and access",
    "Secure networking",
    "Secure compute, storage, and databases",
    "Manage security operations",
)
NAMES = (IAM, NET, CSD, OPS)
WORDS = {"B": "below", "N": "near", "A": "above"}
NOW = "2024-03-01T18:00"
SITTINGS = ("2023-11-01T10:00", "2023-12-01T10:00", "2024-01-01T10:00", "2024-03-01T10:00")


def report(
    coach: Coach,
    bands: str,
    *more: str,
    score: int = 640,
    at: str = SITTINGS[-1],
    outline: str = "seed",
) -> None:
    """A report of AZ-500; `?` leaves a domain out."""
    given = [("--band", f"{n}={WORDS[band]}") for n, band in enumerate(bands, 1) if band != "?"]
    ran = coach("report", "add", "AZ-500", "--at", at, "--score", str(score), "--outline", outline,
                *(word for pair in given for word in pair), *more, now=NOW)  # fmt: skip
    assert ran.code == 0, ran.err


def series(coach: Coach, *reports: tuple[int, str]) -> None:
    for (score, bands), at in zip(reports, SITTINGS, strict=False):
        report(coach, bands, score=score, at=at)


def insights(coach: Coach) -> dict[str, Any]:
    found = coach("advice", "--json", now=NOW).json["insights"]
    return {insight["code"]: insight for insight in found}


def document(coach: Coach, command: str) -> Any:
    return coach(command, "--json", now=NOW).json


# Bands, and what each domain gets of ten hours of study, its tier and its priority.
SPLITS = {
    "TR-01-07": ("BNNA", (4.94, 2.06, 3.00, 0), (1, 1, 2, None), (60, 25, 25, 0)),
    "TR-08": ("NNNN", (7.0, 1.07, 1.07, 0.86), (1, 2, 2, 2), (30, 25, 25, 20)),
    "TR-09": ("BBNN", (3.11, 2.59, 1.30, 3.00), (1, 1, 1, 2), (60, 50, 25, 20)),
    "TR-11-12": ("BAAN", (5.63, 1.25, 1.25, 1.87), (1, None, None, 1), (60, 0, 0, 20)),
    "TR-13": ("BBBA", (2.81, 2.35, 2.34, 2.50), (1, 1, 1, None), (60, 50, 50, 0)),
    "TR-14": ("ANNN", (0, 7.0, 1.67, 1.33), (None, 1, 2, 2), (0, 25, 25, 20)),
    "TR-15": ("AAAA", (3.0, 2.5, 2.5, 2.0), (None,) * 4, (0, 0, 0, 0)),
    "TR-19": ("NBAN", (2.63, 4.37, 0, 3.00), (1, 1, None, 2), (30, 50, 0, 20)),
    "FQ-06-07": ("AAAB", (0.94, 0.78, 0.78, 7.5), (None, None, None, 1), (0, 0, 0, 40)),
    "PR-03": ("BBNN", (3.11, 2.59, 1.30, 3.00), (1, 1, 1, 2), (60, 50, 25, 20)),
    # All below: no tier 2 and nothing above, so a quarter is mixed practice outside the shares.
    "PR-04": ("BBBB", (3.0, 2.5, 2.5, 2.0), (1, 1, 1, 1), (60, 50, 50, 40)),
    "PR-07": ("B?NA", (4.94, 2.06, 3.00, 0), (1, 1, 2, None), (60, 25, 25, 0)),
    "RP-13": ("", (7.0, 1.07, 1.07, 0.86), (1, 2, 2, 2), (30, 25, 25, 20)),
}


@pytest.mark.parametrize(("bands", "hours", "tiers", "priorities"), SPLITS.values(), ids=SPLITS)
def test_the_two_tier_split(
    coach: Coach,
    bands: str,
    hours: tuple[float, ...],
    tiers: tuple[int | None, ...],
    priorities: tuple[int, ...],
) -> None:
    report(coach, bands)
    coach("strategy", "two-tier", now=NOW)
    schedule = document(coach, "schedule")
    rows = schedule["allocation"]
    assert [row["domain"] for row in rows] == list(NAMES)
    assert [10 * row["share"] for row in rows] == pytest.approx(hours, abs=0.0101)
    assert [row["tier"] for row in rows] == list(tiers)
    assert [row["priority"] for row in rows] == pytest.approx(priorities)
    assert sum(row["share"] for row in rows) == pytest.approx(1)
    assert sum(row["minutes"] for row in rows) == schedule["study_minutes"]
    for row in rows:
        assert abs(row["minutes"] - row["share"] * schedule["study_minutes"]) <= 60
    heat = document(coach, "heatmap")["domains"]
    assert [row["tier"] for row in heat] == list(tiers)
    assert [row["priority"] for row in heat] == pytest.approx(priorities)


def test_ui_04_the_hours_of_all_weeks_add_up_to_the_split(coach: Coach) -> None:
    """TR-07: of 10 hours 4.94, 2.06 and 3.00."""
    report(coach, "BNNA")
    coach("strategy", "two-tier", now=NOW)
    schedule = document(coach, "schedule")
    minutes: Counter[str] = Counter()
    for week in schedule["weeks"]:
        for block in week["blocks"]:
            minutes[block["domain"]] += block["minutes"]
    for row, hours in zip(schedule["allocation"], (4.94, 2.06, 3.00, 0), strict=True):
        assert minutes[row["domain"]] == row["minutes"]
        assert row["minutes"] == pytest.approx(schedule["study_minutes"] * hours / 10, abs=60)


# Strategy `priority`: weight x gap alone.
@pytest.mark.parametrize(
    ("bands", "shares"),
    [("BNNA", (60, 25, 25, 0)), ("BBNN", (60, 50, 25, 20)), ("AAAA", (30, 25, 25, 20))],
)
def test_tr_10_the_priority_strategy(coach: Coach, bands: str, shares: tuple[int, ...]) -> None:
    report(coach, bands)
    assert coach("strategy", "priority", now=NOW).code == 0
    schedule = document(coach, "schedule")
    assert schedule["strategy"] == "priority"
    total = sum(shares)
    assert [row["share"] for row in schedule["allocation"]] == pytest.approx(
        [share / total for share in shares]
    )


def test_tr_10_an_inversion_is_admitted(coach: Coach) -> None:
    report(coach, "BBNN")
    assert "tier-inversion" not in insights(coach)
    assert document(coach, "schedule")["strategy"] == "priority"
    coach("strategy", "two-tier", now=NOW)
    found = insights(coach)["tier-inversion"]
    assert OPS in found["domains"]
    assert NET in found["domains"]
    assert "priority" in found["action"]
    assert "INVERSION" in {note["code"] for note in document(coach, "schedule")["notes"]}


def test_rp_13_a_plan_without_bands_is_generic(coach: Coach) -> None:
    report(coach, "", score=655)
    assert "GENERIC" in {note["code"] for note in document(coach, "schedule")["notes"]}
    assert insights(coach)["report-missing"]["severity"] == "high"


def test_tr_18_rp_12_sc_17_a_pass_keeps_the_column_and_has_no_plan(coach: Coach) -> None:
    report(coach, "NNNA", score=900)
    schedule = document(coach, "schedule")
    assert (schedule["weeks"], schedule["allocation"], schedule["target"]) == ([], [], None)
    rows = document(coach, "heatmap")["domains"]
    assert [row["cells"][0]["band"] for row in rows] == ["near", "near", "near", "above"]
    assert {row["tier"] for row in rows} == {None}
    found = insights(coach)
    assert "all-near" not in found
    assert found["passed"]["text"].count("Any passing score")


# Outline in force on 2026-02-01: 15-20, 20-25, 20-25, 30-35, which is 17.5, 22.5, 22.5, 32.5 of 95.
LAST = {
    "PR-08": ("BNNN", (36.8, 23.7, 23.7, 34.2)),
    "PR-09": ("BNNB", (36.8, 23.7, 23.7, 68.4)),
}


@pytest.mark.parametrize(("bands", "priorities"), LAST.values(), ids=LAST)
def test_priorities_on_the_last_outline(
    coach: Coach, bands: str, priorities: tuple[float, ...]
) -> None:
    given = [("--band", f"{n}={WORDS[band]}") for n, band in enumerate(bands, 1)]
    coach("report", "add", "AZ-500", "--at", "2026-02-01T10:00", "--score", "640",
          *(word for pair in given for word in pair), now="2026-02-02T09:00")  # fmt: skip
    heatmap = coach("heatmap", "--json", now="2026-02-02T09:00").json
    assert heatmap["outline"] == "2026-01-22"
    assert [row["priority"] for row in heatmap["domains"]] == pytest.approx(priorities, abs=0.05)
    assert [row["weight"] for row in heatmap["domains"]] == pytest.approx(
        (18.4, 23.7, 23.7, 34.2), abs=0.05
    ), "XC-05"
    if bands == "BNNB":
        advice = coach("advice", "--json", now="2026-02-02T09:00").json["insights"]
        assert advice[0]["code"] == "heaviest-below", "RD-03"
        assert advice[0]["domains"] == [heatmap["domains"][3]["name"]]


def test_pr_11_the_last_outline_of_ai_102(coach: Coach) -> None:
    shown = coach("exams", "show", "ai102", "--json", now="2026-05-01").json
    weights = [domain["weight"] for domain in shown["outlines"][0]["domains"]]
    assert weights == pytest.approx((23.7, 18.4, 7.9, 13.2, 18.4, 18.4), abs=0.05)


# Bands, and the red flags in order.
FLAGS = {
    "RD-01": ("BNNN", ["heaviest-below"]),
    "RD-04": ("BNNB", ["heaviest-below", "several-below"]),
    "RD-05": ("BANA", ["heaviest-below"]),
    "RD-06": ("NBBN", ["several-below", "resource-level"]),
    "RD-07": ("NBNN", []),
    "RD-08": ("BNBA", ["heaviest-below", "several-below", "operations-only"]),
    "RD-09": ("ANBA", []),
    "RD-10": ("NNNN", ["all-near"]),
    "RD-14": ("BBBA", ["heaviest-below", "several-below", "resource-level", "operations-only"]),
    "RD-15": ("AAAA", []),
}


@pytest.mark.parametrize(("bands", "codes"), FLAGS.values(), ids=FLAGS)
def test_red_flags(coach: Coach, bands: str, codes: list[str]) -> None:
    report(coach, bands, score=670)
    found = coach("advice", "--json", now=NOW).json["insights"]
    flags = [insight for insight in found if insight["kind"] == "red-flag"]
    assert [flag["code"] for flag in flags] == codes
    assert all(flag["action"] for flag in flags), "RD-16"
    order = {"high": 0, "medium": 1, "low": 2}
    ranks = [order[insight["severity"]] for insight in found]
    assert ranks == sorted(ranks)


def test_rd_02_both_reasons_are_named(coach: Coach) -> None:
    report(coach, "BNNN")
    text = insights(coach)["heaviest-below"]["text"]
    assert "30 %" in text
    assert "build on it" in text


def test_rd_13_a_flag_on_two_reports_is_persistent(coach: Coach) -> None:
    series(coach, (600, "NBBN"), (640, "NBBN"))
    found = insights(coach)["resource-level"]
    assert found["severity"] == "high"
    assert "persistent" in found["text"]


# The reports, the trends, codes that have to be there and codes that may not.
TRENDS = {
    "MU-01": (((600, "BNNA"),), ("unknown",) * 4, set(), {"improved", "score-up", "stuck-near"}),
    "MU-02-03": (
        ((600, "BBNN"), (640, "NBNN")), ("improved", "stuck", "stuck", "stuck"),
        {"improved", "score-up", "persistent-weakness", "stuck-near"}, {"declined"},
    ),
    "MU-04": (
        ((600, "NNNN"), (640, "NNAN")), ("stuck", "stuck", "improved", "stuck"), {"improved"},
        {"declined"},
    ),
    "MU-05": (
        ((600, "NNNN"), (640, "NNNB")), ("stuck", "stuck", "stuck", "declined"),
        {"declined", "score-up"}, {"improved"},
    ),
    "MU-06": (
        ((600, "ANNN"), (640, "NNNN")), ("declined", "stuck", "stuck", "stuck"), {"declined"},
        {"improved"},
    ),
    "MU-07": (
        ((600, "ANAA"), (640, "ANAA")), ("steady", "stuck", "steady", "steady"),
        {"stuck-near", "steady-strength"}, {"persistent-weakness"},
    ),
    "MU-09-10": (((610, "NNNN"), (660, "NNNN")), ("stuck",) * 4, {"score-up"}, {"score-flat"}),
    "MU-12": (((640, "NNNN"), (645, "NNNN")), ("stuck",) * 4, {"score-flat"}, {"score-up"}),
    "MU-12-20-points": (
        ((640, "NNNN"), (660, "NNNN")), ("stuck",) * 4, {"score-flat"}, {"score-up"},
    ),
    "MU-12-21-points": (
        ((640, "NNNN"), (661, "NNNN")), ("stuck",) * 4, {"score-up"}, {"score-flat"},
    ),
    "MU-13": (((660, "NNNN"), (610, "NNNN")), ("stuck",) * 4, {"score-down"}, {"score-up"}),
    "MU-15": (
        ((600, "ABNB"), (640, "ABNB"), (680, "ABNB")), ("steady", "stuck", "stuck", "stuck"),
        {"steady-strength", "persistent-weakness"}, set(),
    ),
    "MU-17": (
        ((610, "NNNN"), (660, "NNNB")), ("stuck", "stuck", "stuck", "declined"),
        {"score-up", "declined"}, set(),
    ),
    "MU-21": (
        ((600, "N"), (640, "?"), (680, "N")), ("stuck", "unknown", "unknown", "unknown"),
        {"stuck-near"}, set(),
    ),
    "MU-22": (
        ((655, "NNNN"), (655, "NNNN")), ("stuck",) * 4, {"same-score", "score-flat"}, set(),
    ),
    "MU-24": (
        ((650, "NNNN"), (720, "ANNN")), ("improved", "stuck", "stuck", "stuck"), {"passed"},
        {"score-up", "stuck-near", "improved"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("reports", "trends", "there", "absent"), TRENDS.values(), ids=TRENDS)
def test_trends(
    coach: Coach,
    reports: tuple[tuple[int, str], ...],
    trends: tuple[str, ...],
    there: set[str],
    absent: set[str],
) -> None:
    series(coach, *reports)
    heatmap = document(coach, "heatmap")
    assert [row["trend"] for row in heatmap["domains"]] == list(trends)
    assert all(len(row["cells"]) == len(heatmap["reports"]) for row in heatmap["domains"])
    found = set(insights(coach))
    assert there <= found
    assert not absent & found


def test_mu_14_and_18_flat_over_three_asks_for_change_more_strongly(coach: Coach) -> None:
    series(coach, (640, "NNNN"), (645, "NNNN"))
    assert insights(coach)["score-flat"]["severity"] == "medium"
    report(coach, "NNNN", score=650)
    found = insights(coach)["score-flat"]
    assert found["severity"] == "high"
    assert "labs" in found["action"]


def test_mu_19_only_reports_of_one_exam_are_compared(coach: Coach) -> None:
    report(coach, "NNNN", score=640)
    coach("report", "add", "AZ-104", "--at", "2024-02-01T10:00", "--score", "600", now=NOW)
    found = coach("advice", "az-104", "--json", now=NOW).json["insights"]
    assert not {i["code"] for i in found if i["kind"] == "trend"}


def test_mu_20_another_outline_cuts_the_domain_trend(coach: Coach) -> None:
    report(coach, "BBBB", score=600, at=SITTINGS[1])
    report(coach, "NNNN", score=660, outline="2023-10-31")
    heatmap = document(coach, "heatmap")
    assert {row["trend"] for row in heatmap["domains"]} == {"unknown"}
    assert "outline-changed" in {note["code"] for note in heatmap["notes"]}
    found = set(insights(coach))
    assert "score-up" in found
    assert "improved" not in found


# Bands, the recommended window, and where the rule comes from.
WINDOWS = {
    "FQ-11": ("BBNN", "2024-03-29", "2024-04-12", "article"),
    "FQ-12": ("NNNA", "2024-03-15", "2024-03-22", "article"),
    "FQ-13": ("BNNA", "2024-03-22", "2024-03-29", "own"),
}


@pytest.mark.parametrize(("bands", "start", "end", "source"), WINDOWS.values(), ids=WINDOWS)
def test_the_recommended_window(
    coach: Coach, bands: str, start: str, end: str, source: str
) -> None:
    report(coach, bands)
    retake = document(coach, "retake")
    window = retake["recommended"]
    assert (window["from"], window["to"], window["source"]) == (start, end, source)
    assert retake["earliest"] == "2024-03-02T10:00:00+01:00", "FQ-10: both dates, apart"


def test_fq_16_second_fail_mostly_near_both_dates_agree(coach: Coach) -> None:
    series(coach, (600, "NNNN"))
    report(coach, "NNNA")
    retake = document(coach, "retake")
    assert retake["earliest"] == "2024-03-15T10:00:00+01:00"
    assert retake["recommended"]["from"] == "2024-03-15"


# Topics that DM names, as words that the topics of a domain hold.
TOPICS = {
    "DM-01-02": (IAM, ("users and groups", "conditional access", "privileged identity",
                       "protection", "connect", "rbac", "mfa", "governance")),
    "DM-03-04": (NET, ("network security group", "firewall", "application gateway", "waf",
                       "virtual network", "monitoring", "filtering", "segmentation")),
    "DM-05-06": (CSD, ("defender for cloud", "key vault", "storage", "database", "compute",
                       "encryption", "baseline", "data protection")),
    "DM-07-08": (OPS, ("sentinel", "monitoring", "compliance", "automation", "log analysis",
                       "threat detection")),
}  # fmt: skip


@pytest.mark.parametrize(("domain", "words"), TOPICS.values(), ids=TOPICS)
def test_the_topics_of_the_articles_outline(
    coach: Coach, domain: str, words: tuple[str, ...]
) -> None:
    report(coach, "BBBB")
    rows = {row["name"]: row for row in document(coach, "heatmap")["domains"]}
    topics = " | ".join(topic["name"].casefold() for topic in rows[domain]["topics"])
    assert [word for word in words if word not in topics] == []
    shares = {row["domain"]: row for row in document(coach, "schedule")["allocation"]}
    assert len(shares[domain]["topics"]) == 3, "SP-05"
    assert set(shares[domain]["topics"]) <= {topic["name"] for topic in rows[domain]["topics"]}


# A flag as typed, the domain it belongs to, and a word of its first topic.
TOPIC_FLAGS = {
    "NI-02": ("Conditional Access", IAM, "conditional access"),
    "NI-03": ("Key Vault", CSD, "key vault"),
    "DM-11": ("Azure AD Conditional Access", IAM, "conditional access"),
    "DM-11-sentinel": ("Azure Sentinel", OPS, "sentinel"),
}


@pytest.mark.parametrize(("flag", "domain", "word"), TOPIC_FLAGS.values(), ids=TOPIC_FLAGS)
def test_a_flagged_topic_comes_first(coach: Coach, flag: str, domain: str, word: str) -> None:
    report(coach, "NNNN", "--flag", flag)
    rows = {row["name"]: row for row in document(coach, "heatmap")["domains"]}
    first = rows[domain]["topics"][0]
    assert first["flagged"] is True
    assert word in first["name"].casefold()
    assert "azure ad" not in first["name"].casefold()
    assert [t for row in rows.values() for t in row["topics"] if t["flagged"]] == [first]
    shares = {row["domain"]: row for row in document(coach, "schedule")["allocation"]}
    assert shares[domain]["topics"][0] == first["name"], "NI-04"


def test_ni_07_needs_improvement_is_below_and_the_word_is_kept(coach: Coach) -> None:
    report(coach, "?NNN", "--band", "1=Needs Improvement")
    cell = document(coach, "heatmap")["domains"][0]["cells"][0]
    assert cell["band"] == "below"
    assert (cell["origin"], cell["value"]) == ("word", "Needs Improvement")


def test_ni_08_a_flag_in_an_above_domain_gives_a_light_task_and_no_tier(coach: Coach) -> None:
    report(coach, "ANNN", "--flag", "Conditional Access")
    schedule = document(coach, "schedule")
    assert schedule["allocation"][0]["tier"] is None
    assert schedule["allocation"][0]["share"] == 0
    blocks = [block for week in schedule["weeks"] for block in week["blocks"]]
    assert [b["activity"] for b in blocks if b["topic"] == "Conditional Access"] == ["review"]


# Bars and words, and the band behind them.
BARS = {
    "XC-03": ("0", "below"), "RP-15-below": ("40", "below"), "bar-49": ("49", "below"),
    "bar-50": ("50", "near"), "RP-15-near": ("60", "near"), "bar-74": ("74", "near"),
    "bar-75": ("75", "above"), "RP-15-above": ("80", "above"), "bar-100": ("100", "above"),
}  # fmt: skip


@pytest.mark.parametrize(("bar", "band"), BARS.values(), ids=BARS)
def test_the_band_of_a_bar(coach: Coach, bar: str, band: str) -> None:
    report(coach, "", "--bar", f"identity={bar}")
    cell = document(coach, "heatmap")["domains"][0]["cells"][0]
    assert (cell["band"], cell["origin"], cell["value"]) == (band, "bar", int(bar))


SPELLINGS = {
    "RP-04": ("near target", "near"), "RP-04-dash": ("Near-Target", "near"),
    "upper": ("ABOVE", "above"), "target": ("Below Target", "below"),
    "unknown": ("unknown", "unknown"),
}  # fmt: skip


@pytest.mark.parametrize(("word", "band"), SPELLINGS.values(), ids=SPELLINGS)
def test_the_spellings_of_a_band(coach: Coach, word: str, band: str) -> None:
    report(coach, "", "--band", f"NETWORKING={word}")
    assert document(coach, "heatmap")["domains"][1]["cells"][0]["band"] == band


def test_sc_01_02_the_pass_mark_and_the_scale(coach: Coach) -> None:
    for score, passed in ((1, False), (699, False), (700, True), (1000, True)):
        at = f"2022-0{1 + score % 7}-0{1 + score % 9}T10:00"
        coach("report", "add", "AZ-500", "--at", at, "--score", str(score), now=NOW)
        rows = document(coach, "timeline")["attempts"]
        assert next(row["passed"] for row in rows if row["score"] == score) is passed


@pytest.mark.parametrize("command", ["retake", "timeline", "heatmap", "advice", "schedule"])
def test_sc_03_16_xc_08_dr_12_rs_10_words_that_are_never_used(coach: Coach, command: str) -> None:
    """RS-10: what counts is skill, so nothing is to be learnt by heart."""
    series(coach, (610, "BBNN"), (650, "BNNN"))
    for ran in (coach(command, now=NOW), coach(command, "--json", now=NOW)):
        text = ran.out.casefold()
        for word in ("65 %", "65%", "adaptive", "cannot pass", "azure ad ", "azure sentinel",
                     "memoris", "memoriz", "by heart"):  # fmt: skip
            assert word not in text


def test_rs_10_skill_is_asked_for_and_not_memory(coach: Coach) -> None:
    report(coach, "BNNA")
    tip = insights(coach)["no-dumps"]
    assert tip["text"].endswith("train memory; the exam asks for skill.")
    assert tip["action"].startswith("Build the thing in a lab")


def test_lm_02_the_same_score_with_other_bands_is_another_plan(coach: Coach) -> None:
    report(coach, "NNNN", score=650)
    first = [row["share"] for row in document(coach, "schedule")["allocation"]]
    coach("undo", now=NOW)
    report(coach, "BAAB", score=650)
    assert [row["share"] for row in document(coach, "schedule")["allocation"]] != first


def test_lm_10_the_distance_on_the_scale(coach: Coach) -> None:
    report(coach, "NNNN", score=650)
    assert insights(coach)["score-gap"]["text"].startswith("50 points short of 700")


def test_xc_02_long_bars_and_a_fail_are_no_contradiction(coach: Coach) -> None:
    bars = [word for n in range(1, 5) for word in ("--bar", f"{n}=78")]
    report(coach, "", *bars, score=690)
    assert "all-above-failed" in insights(coach)


def test_xc_04_the_articles_outline_says_what_it_is(coach: Coach) -> None:
    report(coach, "NNNN")
    heatmap = document(coach, "heatmap")
    assert heatmap["outline"] == "seed"
    assert "outline-article" in {note["code"] for note in heatmap["notes"]}
    assert sum(row["weight"] for row in heatmap["domains"]) == pytest.approx(100)


def test_practice_goes_to_the_outline_of_the_newest_report(coach: Coach) -> None:
    report(coach, "NNNN", outline="seed")
    ran = coach("practice", "add", "--domain", OPS, "--correct", "7", "--total", "10", now=NOW)
    assert ran.code == 0, ran.err
    practice = document(coach, "heatmap")["domains"][3]["practice"]
    assert (practice["correct"], practice["total"], practice["results"]) == (7, 10, 1)
    assert practice["level"] == 66.7  # (7+1)/(10+2)
