"""A forecast is stored before its result with what it rests on, and never changed: invariant 37."""

from pathlib import Path

import pytest

from coach.model.forecast import Forecast
from coach.service import AttemptDraft, PracticeDraft, Service
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
    done(service.add_report(az104()))
    done(service.add_practice(QUIZ))
    done(service.add_attempt(booking()))
    return service


def test_invariant_37_a_date_that_is_planned_for_gets_its_forecast(booked: Service) -> None:
    found = forecasts(booked)[f"AZ-104-{BOOKED}"]
    plan = [block for block in booked.state.facts.blocks.values() if block.activity != "buffer"]

    assert found.made == booked.state.now < found.target
    assert (found.model, found.reports, found.practice) == ("1", 1, 1)
    assert (found.done_minutes, found.planned_minutes) == (0, sum(block.minutes for block in plan))
    assert found.low < found.p < found.high


def test_invariant_37_nothing_that_comes_later_changes_it(booked: Service, clock: Clock) -> None:
    key = f"AZ-104-{BOOKED}"
    first = forecasts(booked)[key]
    clock.set("2026-11-24T21:00")
    for block in sorted(booked.state.facts.blocks.values(), key=lambda block: block.start)[:2]:
        done(booked.block_done(block.id))
    done(booked.add_practice(QUIZ))
    done(booked.set_target("AZ-104", "2027-01-15"))
    done(booked.set_target("AZ-104", "auto"))
    assert forecasts(booked)[key] == first
    clock.set("2026-12-16T18:00")
    done(booked.add_report(az104(score="710", at="2026-12-16 10:00")))
    assert forecasts(booked)[key] == first
    assert forecasts(Service(booked.folder, BERLIN, clock))[key] == first


def test_invariant_37_every_date_has_one_of_its_own(booked: Service) -> None:
    before = set(forecasts(booked))
    done(booked.set_target("AZ-104", "2027-01-15"))
    assert set(forecasts(booked)) - before == {"AZ-104-2027-01-15"}
    done(booked.set_target("AZ-104", BOOKED))
    assert set(forecasts(booked)) - before == {"AZ-104-2027-01-15"}


def test_invariant_37_none_is_made_once_the_sitting_has_begun(
    service: Service, clock: Clock
) -> None:
    done(service.add_report(az104()))
    done(service.add_attempt(booking("2026-12-04")))
    made = forecasts(service)
    done(service.undo())
    clock.set("2026-12-04T18:00")
    done(service.add_report(az104(score="690", at="2026-12-04 10:00")))
    assert f"AZ-104-{BOOKED}" not in forecasts(service)
    assert "AZ-104-2026-12-04" in made
    assert "AZ-104-2026-12-04" not in forecasts(service)


def test_after_a_pass_there_is_nothing_to_guess(service: Service) -> None:
    done(service.add_report(az104(score="700")))
    assert forecasts(service) == {}


def test_undoing_a_booking_takes_its_forecast_back(booked: Service) -> None:
    done(booked.undo())
    assert f"AZ-104-{BOOKED}" not in forecasts(booked)


def test_a_first_sitting_is_guessed_from_the_prior(service: Service) -> None:
    done(service.add_attempt(booking()))
    found = forecasts(service)[f"AZ-104-{BOOKED}"]
    assert (found.reports, found.practice, found.planned_minutes) == (0, 0, 0)
    assert found.p == pytest.approx(0.5, abs=0.02)


def test_a_forecast_survives_the_way_to_another_folder(
    booked: Service, tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "export.json"
    file.write_bytes(booked.export("json"))
    other = Service(tmp_path / "other", BERLIN, clock)
    other.care().import_file(file)
    other.refresh()
    assert forecasts(other) == forecasts(booked)
