"""A forecast is stored before its result with what it rests on, and never changed: invariant 37."""

import json
from datetime import date

import pytest

from coach.model.plan import Forecast
from coach.service.attempts import add_attempt
from coach.service.blocks import block_done
from coach.service.drafts import AttemptDraft, HoursDraft, PracticeDraft, ReportDraft
from coach.service.forecast import evidence_of, study_until
from coach.service.practice import add_practice
from coach.service.reports import add_report
from coach.service.service import Service
from coach.service.settings import set_hours, set_target
from tests.service.conftest import BERLIN, Clock, az104, done

BOOKED = "2026-12-16"
QUIZ = PracticeDraft(exam="", domain="2", correct="9", total="10")


def booking(day: str = BOOKED) -> AttemptDraft:
    return AttemptDraft(exam="AZ-104", at=f"{day} 10:00", status="booked")


def forecasts(service: Service) -> dict[str, Forecast]:
    return service.state.facts.forecasts


@pytest.fixture
def booked(service: Service) -> Service:
    """A report of yesterday with 640 points, a quiz, and a booking."""
    done(service.act(add_report, az104()))
    done(service.act(add_practice, QUIZ))
    done(service.act(add_attempt, booking()))
    return service


def test_invariant_37_a_date_that_is_planned_for_gets_its_forecast(booked: Service) -> None:
    found = forecasts(booked)[f"AZ-104-{BOOKED}"]
    plan = [block for block in booked.state.facts.blocks.values() if block.activity != "buffer"]

    assert found.made == booked.state.now < found.target
    assert (found.model, found.reports, found.practice) == ("2", 1, 1)
    assert (found.done_minutes, found.planned_minutes) == (0, sum(block.minutes for block in plan))
    assert found.low < found.p < found.high


def test_invariant_37_nothing_that_comes_later_changes_it(booked: Service, clock: Clock) -> None:
    key = f"AZ-104-{BOOKED}"
    first = forecasts(booked)[key]
    clock.set("2026-11-24T21:00")
    for block in sorted(booked.state.facts.blocks.values(), key=lambda block: block.start)[:2]:
        done(booked.act(block_done, block.id))
    done(booked.act(add_practice, QUIZ))
    done(booked.act(set_target, "AZ-104", "2027-01-15"))
    done(booked.act(set_target, "AZ-104", "auto"))
    assert forecasts(booked)[key] == first
    clock.set("2026-12-16T18:00")
    done(booked.act(add_report, az104(score="710", at="2026-12-16 10:00")))
    assert forecasts(booked)[key] == first
    assert forecasts(Service(booked.folder, BERLIN, clock))[key] == first


def test_invariant_37_every_date_has_one_of_its_own(booked: Service) -> None:
    before = set(forecasts(booked))
    done(booked.act(set_target, "AZ-104", "2027-01-15"))
    assert set(forecasts(booked)) - before == {"AZ-104-2027-01-15"}
    done(booked.act(set_target, "AZ-104", BOOKED))
    assert set(forecasts(booked)) - before == {"AZ-104-2027-01-15"}


@pytest.mark.parametrize(("now", "is_made"), [("09:59", True), ("10:00", False)])
def test_invariant_37_none_is_made_once_the_sitting_has_begun(
    booked: Service, clock: Clock, now: str, *, is_made: bool
) -> None:
    # A file from before there were forecasts, opened on the day of the exam at 10:00.
    file = booked.folder / "coach.json"
    stored = json.loads(file.read_bytes())
    del stored["forecasts"]
    file.write_text(json.dumps(stored), encoding="utf-8")
    clock.set(f"{BOOKED}T{now}")
    service = Service(booked.folder, BERLIN, clock)
    done(service.act(add_practice, QUIZ))
    assert (f"AZ-104-{BOOKED}" in forecasts(service)) is is_made


def test_after_a_pass_there_is_nothing_to_guess(service: Service) -> None:
    done(service.act(add_report, az104(score="700")))
    assert forecasts(service) == {}


def test_undoing_a_booking_takes_its_forecast_back(booked: Service) -> None:
    done(booked.undo())
    assert f"AZ-104-{BOOKED}" not in forecasts(booked)


def test_a_first_sitting_is_guessed_from_the_prior(service: Service) -> None:
    done(service.act(add_attempt, booking()))
    found = forecasts(service)[f"AZ-104-{BOOKED}"]
    plan = [block for block in service.state.facts.blocks.values() if block.activity != "buffer"]
    assert (found.reports, found.practice) == (0, 0)
    assert found.planned_minutes == sum(block.minutes for block in plan) > 0
    assert 0.5 < found.p < 0.9


def test_the_result_of_its_sitting_grades_it(booked: Service, clock: Clock) -> None:
    kept = booked.view().forecast.kept
    assert kept is not None
    clock.set("2026-12-16T18:00")
    done(booked.act(add_report, az104(score="710", at="2026-12-16 10:00")))
    found = booked.view().forecast
    assert [(past.made, past.words, past.passed) for past in found.past] == [
        (kept.made, kept.words, True)
    ]
    assert (found.guess, found.reason) == (None, "passed: no sitting is ahead")
    assert (found.brier, found.verdict) == (None, None)


def test_three_results_say_how_good_the_guesses_are(service: Service, clock: Clock) -> None:
    done(service.act(add_report, az104()))
    said = []
    for day, score in (("2026-12-10", "650"), ("2026-12-28", "660"), ("2027-01-15", "720")):
        done(service.act(set_target, "AZ-104", day))
        said.append(forecasts(service)[f"AZ-104-{day}"].p)
        clock.set(f"{day}T18:00")
        done(service.act(add_report, az104(score=score, at=f"{day} 10:00")))
    found = service.view().forecast
    assert [past.passed for past in found.past] == [False, False, True]
    assert found.brier == pytest.approx((said[0] ** 2 + said[1] ** 2 + (1 - said[2]) ** 2) / 3)
    assert found.verdict is not None
    assert "and there were 1;" in found.verdict


def test_the_dates_are_the_legal_one_some_weeks_later_and_the_planned_one(booked: Service) -> None:
    found = booked.view().forecast
    # 24 hours after the first fail of 20 November at 10:00.
    assert [(str(row.at), row.label) for row in found.dates] == [
        ("2026-11-21", "as soon as you may"),
        ("2026-12-05", "2 weeks later"),
        ("2026-12-16", "booked date"),
        ("2026-12-19", "4 weeks later"),
        ("2027-01-02", "6 weeks later"),
    ]
    assert found.guess == found.dates[2]
    hours = [row.hours for row in found.dates]
    assert hours == sorted(hours)
    # The plan has 26 days; 4 weeks and a day later come 17 of 26 of its hours more.
    assert hours[4] == pytest.approx(hours[2] * (1 + 17 / 26.0), rel=0.02)


def test_no_date_lies_behind_the_end_of_an_exam(service: Service) -> None:
    # MS-102 ends on 30 November 2026.
    done(service.act(add_report, ReportDraft(exam="MS-102", at="2026-11-20 10:00", score="640")))
    found = service.view().forecast
    assert max(row.at for row in found.dates) <= date(2026, 11, 30)
    assert "GUARD" in [note.code for note in found.notes]


def test_a_report_on_another_outline_tells_its_score_alone(service: Service) -> None:
    # Both outlines of AZ-500 have a domain of that name, with another weight.
    for at, outline in (("2026-02-03 10:00", "2026-01-22"), ("2025-02-03 10:00", "2023-10-31")):
        draft = ReportDraft(
            exam="AZ-500", at=at, score="600", outline=outline, observations=(("2", "near"),)
        )
        done(service.act(add_report, draft))
    old, new = evidence_of(service.view("AZ-500")).reports
    assert (old.points, old.bands) == (-100, {})
    assert new.bands["Secure networking"] == "near"


def test_hours_count_from_the_newest_report_until_a_result(booked: Service, clock: Clock) -> None:
    blocks = sorted(booked.state.facts.blocks.values(), key=lambda block: block.start)
    clock.set("2026-11-24T21:00")
    done(booked.act(block_done, blocks[0].id, "90"))
    done(booked.act(add_practice, QUIZ))
    first, second = sorted(evidence_of(booked.view()).practice, key=lambda seen: seen.hours)
    assert (first.hours, second.hours) == (0, 1.5)
    assert study_until(booked.view(), booked.state.now).done == 90


def test_without_study_one_date_is_like_another(service: Service) -> None:
    done(service.act(set_hours, HoursDraft(clear=True)))
    done(service.act(add_attempt, booking()))
    assert [row.label for row in service.view().forecast.dates] == ["booked date"]


def test_a_sitting_that_has_begun_waits_for_its_result(booked: Service, clock: Clock) -> None:
    clock.set(f"{BOOKED}T10:00")
    state = booked.refresh()
    assert state.guess is None
    assert state.forecast is not None
    assert state.forecast.reason == (
        "the exam has begun: enter the result, and the next estimate follows"
    )
