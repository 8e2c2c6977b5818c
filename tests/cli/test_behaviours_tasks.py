"""What the plan makes of a failed report, through the command line: SP-01, 02, 06, 08, 09 and 15,
and TR-06.

The report is on the article's outline of AZ-500 while that exam was live: identity near, networking
below, compute near, operations below.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from coach.catalogue.texts import topic_kinds
from coach.reading.guidance import guidance
from tests.cli.conftest import Coach

IAM, NET, CSD, OPS = (
    "Manage identity and access",
    "Secure networking",
    "Secure compute, storage, and databases",
    "Manage security operations",
)
# A Friday evening; the sitting was that morning.
NOW = "2024-03-01T18:00"
BANDS = (f"{IAM}=near", f"{NET}=below", f"{CSD}=near", f"{OPS}=below")


def report(coach: Coach, *more: str, rated: tuple[str, ...] = BANDS) -> Any:
    bands = (word for band in rated for word in ("--band", band))
    ran = coach("report", "add", "AZ-500", "--at", "2024-03-01T10:00", "--score", "640",
                "--outline", "seed", *bands, *more, "--json", now=NOW)  # fmt: skip
    assert ran.code == 0, ran.err
    return ran.json


def schedule(coach: Coach) -> Any:
    return coach("schedule", "--json", now=NOW).json


def tasks(coach: Coach) -> list[Any]:
    """The blocks that belong to a domain."""
    weeks = schedule(coach)["weeks"]
    return [block for week in weeks for block in week["blocks"] if block["domain"]]


def test_sp_01_a_saved_fail_is_all_that_a_plan_needs(coach: Coach) -> None:
    answer = report(coach)
    assert answer["plan"]["revision"] == 1
    plan = schedule(coach)
    assert (plan["revision"], plan["strategy_setting"], plan["reason"]) == (1, "auto", None)
    # 30 + 2 x 25 + 25 + 2 x 20 points at ten minutes each.
    assert plan["shortfall_minutes"] == max(0, 1450 - plan["study_minutes"])
    assert {block["domain"] for block in tasks(coach)} == {IAM, NET, CSD, OPS}


@pytest.mark.parametrize(
    ("domain", "services"),
    [
        pytest.param(NET, ["Network security group rules", "Azure Firewall and traffic filtering",
                           "Virtual network security and segmentation"], id="SP-02"),
        pytest.param(OPS, ["Log analysis in Microsoft Sentinel",
                           "Threat detection with Microsoft Defender for Cloud",
                           "Incident response and workflow automation"], id="SP-02-operations"),
    ],
)  # fmt: skip
def test_a_weak_domain_leads_to_services(coach: Coach, domain: str, services: list[str]) -> None:
    report(coach)
    rows = {row["domain"]: row["topics"] for row in schedule(coach)["allocation"]}
    assert rows[domain] == services
    visited = [block["topic"] for block in tasks(coach) if block["domain"] == domain]
    assert visited[:3] == services


def test_sp_06_topics_come_from_the_outline(coach: Coach) -> None:
    report(coach)
    outlines = coach("exams", "show", "AZ-500", "--json", now=NOW).json["outlines"]
    (seed,) = [outline for outline in outlines if outline["id"] == "seed"]
    topics = {domain["name"]: set(domain["topics"]) for domain in seed["domains"]}
    assert all(block["topic"] in topics[block["domain"]] for block in tasks(coach))


def test_sp_08_operations_below_means_labs_that_set_investigate_and_respond(coach: Coach) -> None:
    report(coach)
    labs = [b["topic"] for b in tasks(coach) if b["domain"] == OPS and b["activity"] == "lab"]
    said = " ".join(guidance(topic, "lab", kinds=topic_kinds()) for topic in labs)
    assert [word for word in ("policy", "investigate", "response") if word not in said] == []


def test_sp_09_two_below_make_week_rows_to_the_end_of_six_weeks(coach: Coach) -> None:
    """Six weeks from Friday 1 March end on Friday 12 April: seven Mondays, 26 February first."""
    report(coach)
    plan = schedule(coach)
    assert plan["target"] == "2024-04-12"
    first = date(2024, 2, 26)
    mondays = [str(first + timedelta(weeks=number)) for number in range(7)]
    assert [week["start"] for week in plan["weeks"]] == mondays


def test_sp_15_a_domain_is_studied_as_a_whole_also_where_one_topic_was_flagged(
    coach: Coach,
) -> None:
    report(coach, "--flag", "DDoS protection")
    visited = [block["topic"] for block in tasks(coach) if block["domain"] == NET]
    assert visited[0] == "DDoS protection"
    assert set(visited) == {
        "DDoS protection", "Network security group rules", "Azure Firewall and traffic filtering",
        "Virtual network security and segmentation", "Application Gateway with WAF",
        "Network monitoring",
    }  # fmt: skip


def test_tr_06_a_strong_area_has_spare_time_only_and_is_listed_last_as_optional(
    coach: Coach,
) -> None:
    report(coach, rated=(f"{IAM}=above", f"{NET}=below", f"{CSD}=near", f"{OPS}=near"))
    before = {row["domain"]: row for row in schedule(coach)["allocation"]}
    assert (before[IAM]["minutes"], before[IAM]["optional"]) == (0, False)
    hours = coach("hours", "--spare", "120", "--json", now=NOW).json
    assert hours["spare_minutes"] == 120
    after = {row["domain"]: row for row in schedule(coach)["allocation"]}
    # 120 of 600 minutes, 85 % of which are study.
    assert after[IAM]["share"] == pytest.approx(120 / 510)
    assert after[IAM]["optional"] is True
    for name in (NET, CSD, OPS):
        assert after[name]["share"] == pytest.approx(before[name]["share"] * 390 / 510)
    lines = coach("schedule", now=NOW).out.splitlines()[1:5]
    assert lines[-1].startswith(IAM)
    assert lines[-1].endswith(", optional")
    assert "Spare time for strong areas: 2h a week" in coach("hours", now=NOW).out
    assert coach("hours", "--spare", "1500", now=NOW).code == 1
