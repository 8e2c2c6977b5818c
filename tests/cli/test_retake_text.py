"""What `retake` and `timeline` say in words, for every status."""

import pytest

from tests.cli.conftest import Coach

FIVE = ("02-10", "02-12", "03-01", "04-02", "05-20")


def fail(coach: Coach, *days: str, score: int = 640, code: str = "AZ-104") -> None:
    for day in days:
        assert coach("report", "add", code, "--at", day, "--score", str(score)).code == 0


def lines(coach: Coach, *words: str) -> list[str]:
    return coach(*(words or ("retake",))).out.splitlines()


def test_waiting(coach: Coach) -> None:
    fail(coach, "2026-11-20T10:00")
    shown = lines(coach)
    assert shown[:2] == [
        "AZ-104: you have to wait",
        "You may sit it  from Sat 2026-11-21 10:00  (24-hour rule)",
    ]
    assert "Attempts        1 of 5 used; the limit resets Sat 2027-11-20 10:00" in shown
    assert shown[-1] == (
        "Rules: Microsoft Certification exams, as of 2026-09-26; "
        "learn.microsoft.com/credentials/support/retake-policy"
    )


def test_rt_25_no_time_is_shown_that_was_not_typed(coach: Coach) -> None:
    fail(coach, "2026-11-20")
    for words in (("retake",), ("timeline",)):
        assert "00:00" not in coach(*words).out.replace("23:59", "")
    assert lines(coach)[1:3] == [
        "You may sit it  from Sat 2026-11-21, the same time of day  (24-hour rule)",
        "Certain from    Sun 2026-11-22",
    ]


def test_capped(coach: Coach) -> None:
    fail(coach, *(f"2026-{day}T10:00" for day in FIVE))
    shown = lines(coach)
    assert shown[:2] == [
        "AZ-104: no attempt left",
        "You may sit it  from Wed 2027-02-10 10:00  (At most 5 attempts in 12 months)",
    ]
    assert shown[2].startswith("Best time       Wed 2027-02-10  (")
    assert "only after that" in shown[2]


def test_passed(coach: Coach) -> None:
    fail(coach, "2026-11-20T10:00", score=720)
    assert lines(coach)[:3] == [
        "AZ-104: passed, no retake",
        "Attempts  1 used",
        "If the certification expires without a renewal: Sat 2027-11-20 10:00",
    ]


def test_passed_where_the_vendor_lets_one_sit_it_again(coach: Coach) -> None:
    """AWS: the same exam opens again after 24 months."""
    coach("report", "add", "AIF-C01", "--at", "2026-11-20T10:00", "--score", "900")
    assert lines(coach, "retake", "AIF-C01")[:2] == [
        "AIF-C01: passed",
        "You may sit it  from Mon 2028-11-20 10:00  (Passed)",
    ]


def test_retired(coach: Coach) -> None:
    fail(coach, "2024-03-01T10:00", code="AZ-500")
    assert lines(coach)[:2] == [
        "AZ-500: retired, no longer offered",
        "Retires  Mon 2026-08-31, successor SC-500",
    ]


def test_pending(coach: Coach) -> None:
    coach("attempt", "add", "AZ-104", "--at", "2026-11-20T10:00", "--status", "pending")
    assert lines(coach)[3:5] == [
        "If the result is a fail: Sat 2026-11-21 10:00",
        "If the result is a pass: none",
    ]


@pytest.mark.parametrize(
    ("code", "first", "mark"),
    [
        ("CLF-C02", "Rules: AWS Certification exams, as of 2026-02-10;", "  After a pass"),
        ("CISSP", "Rules: ISC2 exams, undated;", "  The waits are test-free days"),
    ],
)
def test_another_vendors_rules_are_named_with_their_age(
    coach: Coach, code: str, first: str, mark: str
) -> None:
    shown = lines(coach, "retake", code)
    assert shown[-2].startswith(first)
    assert shown[-1].startswith(mark)
    policy = coach("retake", code, "--json").json["policy"]
    assert set(policy) == {"id", "name", "source", "as_of", "verified", "note"}
