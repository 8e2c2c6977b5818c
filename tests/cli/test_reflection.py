"""The reflect command, and what ticked sessions and logged results add to it."""

import pytest

from tests.cli.conftest import Coach

IDENTITY = "Manage Azure identities and governance"
BANDS = ("below", "near", "near", "below", "near")


def _report(coach: Coach, at: str, *bands: str, score: int = 600) -> None:
    given = [word for n, band in enumerate(bands, 1) for word in ("--band", f"{n}={band}")]
    ran = coach("report", "add", "AZ-104", "--at", at, "--score", str(score), *given)
    assert ran.code == 0, ran.err


def _advice(coach: Coach) -> dict[str, dict[str, str]]:
    return {i["code"]: i for i in coach("advice", "--json").json["insights"]}


def test_a_view_is_kept_added_to_and_taken_back(coach: Coach) -> None:
    _report(coach, "2026-11-20T10:00", *BANDS)
    coach("reflect", "--hard", "case-study", "--lacking", "practice")
    kept = coach("reflect", "AZ-104", "--method", "1=labs,reading", "--json").json
    assert kept["hard_formats"] == ["case-study"]
    assert (kept["lacking"], kept["methods"]) == ("practice", {IDENTITY: ["labs", "reading"]})
    assert {"own-view", "hard-formats"} <= set(_advice(coach))
    assert coach("reflect", "--method", "1=", "--json").json["methods"] == {}
    coach("undo")
    assert coach("reflect", "--json").json["methods"] == {IDENTITY: ["labs", "reading"]}
    cleared = coach("reflect", "--clear", "--json").json
    assert (cleared["hard_formats"], cleared["lacking"], cleared["methods"]) == ([], None, {})


def test_undo_names_the_day_of_the_sitting_and_a_format_may_have_its_space(coach: Coach) -> None:
    _report(coach, "2026-11-20T10:00", *BANDS)
    kept = coach("reflect", "--hard", "Case study", "--method", "1=study partner", "--json").json
    assert kept["hard_formats"] == ["case-study"]
    assert kept["methods"] == {IDENTITY: ["study-partner"]}
    assert coach("undo").out == "Undone: AZ-104 how the sitting of 2026-11-20 felt: kept.\n"


def test_a_corrected_report_keeps_the_view(coach: Coach) -> None:
    _report(coach, "2026-11-20T10:00", *BANDS)
    report = coach("reflect", "--lacking", "both", "--json").json["report"]
    assert coach("report", "edit", report, "--score", "610").code == 0
    assert coach("reflect", report, "--json").json["lacking"] == "both"


def test_a_topic_counts_for_its_domain(coach: Coach) -> None:
    _report(coach, "2026-10-01T10:00", *BANDS)
    _report(coach, "2026-11-10T10:00", "near", *BANDS[1:])
    topic = "Manage Microsoft Entra users and groups"
    kept = coach("reflect", "--method", f"{topic}=videos", "--json").json
    assert kept["methods"] == {topic: ["videos"]}
    assert "What you did there worked: videos." in _advice(coach)["improved"]["text"]


def test_mu_03_logged_practice_is_a_method(coach: Coach) -> None:
    _report(coach, "2026-10-01T10:00", *BANDS)
    for day, domain in (("2026-10-20", "1"), ("2026-09-01", "2")):
        coach("practice", "add", "--domain", domain, "--correct", "8", "--total", "10", "--at", day)
    _report(coach, "2026-11-10T10:00", "near", "above", *BANDS[2:])
    text = _advice(coach)["improved"]["text"]
    assert "What you did there worked: practice questions." in text


def test_practice_after_the_sitting_is_no_method_of_it(coach: Coach) -> None:
    _report(coach, "2026-10-01T10:00", *BANDS)
    _report(coach, "2026-11-10T10:00", "near", *BANDS[1:])
    coach("practice", "add", "--domain", "1", "--correct", "8", "--total", "10")
    assert _advice(coach)["improved"]["text"].endswith("What you did there worked.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--hard", "essay"), 'hard: "essay" is not one of the accepted'),
        (("--lacking", "luck"), 'lacking: "luck" is not one of the accepted'),
        (("--method", "1=osmosis"), 'method: "osmosis" is not one of the accepted'),
        (("--method", "9=labs"), '"9" is not one domain'),
        (("SC-500", "--lacking", "both"), "SC-500 has none yet"),
        (("zzz", "--lacking", "both"), "is no report"),
    ],
)
def test_a_wrong_word_is_refused(coach: Coach, words: tuple[str, ...], said: str) -> None:
    _report(coach, "2026-11-20T10:00", *BANDS)
    ran = coach("reflect", *words)
    assert (ran.code, said in ran.err) == (1, True), ran.err
