"""A score report through the command line: what goes in and what comes back, RP and LM by id."""

from typing import Any

import pytest

from coach.service.drafts import ReportDraft
from tests.cli.conftest import Coach

SAT = "2026-11-20T10:00"
STORAGE = "Implement and manage storage"
LAST = "Secure Azure using Microsoft Defender for Cloud and Microsoft Sentinel"
SOURCES = ("screen", "pdf", "profile")


def report(coach: Coach, bands: str, *more: str, code: str = "AZ-104", score: int = 640) -> Any:
    """Add a report; bands are letters in outline order, `?` leaves a domain out."""
    words = {"B": "below", "N": "near", "A": "above"}
    given = [("--band", f"{n}={words[band]}") for n, band in enumerate(bands, 1) if band != "?"]
    ran = coach("report", "add", code, "--at", SAT, "--score", str(score),
                *(word for pair in given for word in pair), *more)  # fmt: skip
    assert ran.code == 0, ran.err
    return ran


def insights(coach: Coach) -> dict[str, Any]:
    return {i["code"]: i for i in coach("advice", "--json").json["insights"]}


@pytest.mark.parametrize("source", SOURCES)
def test_rp_11_a_report_keeps_where_it_was_seen(coach: Coach, source: str) -> None:
    report(coach, "NBNAN", "--source", source.upper())
    (row,) = coach("timeline", "--json").json["attempts"]
    assert row["source"] == source
    assert coach("report", "edit", row["report"], "--score", "641").code == 0
    assert coach("timeline", "--json").json["attempts"][0]["source"] == source
    # The copy in the profile may hold more, so it is not asked to be compared with itself.
    assert ("profile-copy" in insights(coach)) is (source != "profile")


def test_rp_11_a_report_may_not_say_where_and_nowhere_else_is_accepted(coach: Coach) -> None:
    refused = coach("report", "add", "AZ-104", "--at", SAT, "--score", "640", "--source", "fax")
    assert refused.code == 1
    assert 'source: "fax" is not one of the accepted screen, pdf, profile.' in refused.err
    report(coach, "NBNAN")
    assert coach("timeline", "--json").json["attempts"][0]["source"] is None
    assert "profile-copy" not in insights(coach)


def test_tl_03_what_the_screen_showed_is_preliminary(coach: Coach) -> None:
    report(coach, "NBNAN", "--source", "screen")
    assert "preliminary" in insights(coach)["profile-copy"]["text"]


def test_rp_01_07_a_report_has_a_score_domains_and_topics_and_no_questions() -> None:
    fields = ReportDraft.__struct_fields__
    assert {"score", "observations", "flags"} <= set(fields)
    assert not [field for field in fields if "question" in field or "item" in field]


def test_rp_08_tp_06_ai_102_is_entered_by_its_six_areas(coach: Coach) -> None:
    for area in range(1, 7):
        report(coach, "N" * (area - 1) + "B", code="AI-102")
        rows = coach("heatmap", "AI-102", "--json").json["domains"]
        assert [row["gap"] for row in rows] == [1] * (area - 1) + [2] + [1] * (6 - area)
        coach("undo")
    refused = coach("report", "add", "AI-102", "--at", SAT, "--score", "640", "--band", "7=near")
    assert "type a number from 1 to 6" in refused.err


def test_rp_06_09_14_lm_06_a_saved_fail_shows_its_domains_and_what_is_next(coach: Coach) -> None:
    shown = report(coach, "NBNAN").out.splitlines()
    # Storage is 17.5 x 2; identity and compute 22.5 each, in outline order; monitoring 12.5.
    assert shown[:3] == [
        "Report of 2026-11-20 added.",
        f"Weak    {STORAGE}; Manage Azure identities and governance; Deploy and manage Azure "
        "compute resources; Monitor and maintain Azure resources",
        "Strong  Implement and manage virtual networking",
    ]
    # On the default hours a plan begins with the next full day, which is a Sunday.
    assert shown[3].startswith("Next    Mon 2026-11-23 19:00 learn: ")
    assert shown[-1].startswith("`coach reflect` keeps how the sitting felt")


def test_rp_09_14_both_lists_as_a_document(coach: Coach) -> None:
    saved = report(coach, "NBNAN", "--json").json
    assert saved["weak"][0] == STORAGE
    assert saved["strong"] == ["Implement and manage virtual networking"]
    assert saved["next"]
    booked = coach("attempt", "add", "AZ-104", "--at", "2026-12-30T10:00", "--status", "booked",
                   "--json").json  # fmt: skip
    assert (booked["weak"], booked["strong"], booked["next"]) == ([], [], None)


def test_a_domain_without_a_band_is_neither_weak_nor_strong(coach: Coach) -> None:
    saved = report(coach, "B", "--json").json
    assert (saved["weak"], saved["strong"]) == (["Manage Azure identities and governance"], [])


def test_rp_14_a_fail_without_a_plan_has_a_next_action_too(coach: Coach) -> None:
    assert "Look at AI-103" in report(coach, "NNNNNN", code="AI-102").out
    coach("hours", "--clear")
    assert "Next    No domain of this report has a band" in report(coach, "").out


def test_rp_10_a_name_of_another_edition_points_there(coach: Coach) -> None:
    given = ("--at", "2024-03-01T10:00", "--score", "640", "--outline", "seed")
    refused = coach("report", "add", "AZ-500", *given, "--band", f"{LAST}=near")
    assert refused.code == 1
    assert "outline 2026-01-22 has it; in this one type a number from 1 to 4" in refused.err
    nowhere = coach("report", "add", "AZ-500", *given, "--band", "Quilting=near")
    assert "has it" not in nowhere.err
