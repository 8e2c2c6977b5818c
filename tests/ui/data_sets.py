"""The seven states that every screen must tell honestly, from nothing at all to two exams."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from coach.service import exams
from coach.service.drafts import HoursDraft, RatingDraft
from coach.service.rating import rate
from coach.service.service import Service
from coach.service.settings import select, set_hours, set_target
from tests.ui import histories
from tests.ui.desk import ZONE, done, report, service_in

NOW = datetime(2026, 11, 19, 18, 30, tzinfo=ZONE)
TWELVE = (
    "Plan and scope a programme",
    "Stakeholders and communication",
    "Requirements and acceptance",
    "Schedules and dependencies",
    "Cost, budget and earned value",
    "Quality planning and control",
    "Teams, leadership and conflict",
    "Risk and opportunity management",
    "Procurement and supplier contracts",
    "Change control and configuration",
    "Agile and hybrid delivery",
    "Benefits and handover to operations",
)
"""A made-up exam whose names share no first word with a catalogue one."""


def none(service: Service) -> None:
    """An exam, and not a word about the person."""
    done(service.act(select, "AZ-104"))


def self_rating(service: Service) -> None:
    """Five bands of one's own, and hours; no sitting yet."""
    done(service.act(select, "AZ-104"))
    bands = tuple(zip("12345", ("below", "near", "below", "near", "above"), strict=True))
    done(service.act(rate, RatingDraft(exam="AZ-104", bands=bands)))
    done(
        service.act(set_hours, HoursDraft(windows=(("mon", "19:00-20:30"), ("sat", "09:00-13:00"))))
    )
    done(service.act(set_target, "AZ-104", "2027-01-16"))


def one_report(service: Service) -> None:
    """The first try, twelve days ago."""
    report(service, "2026-11-07T10:00", 631, ("near", "below", "45", "52", "above"))


def three_reports(service: Service) -> None:
    """The sample data: three reports, a half-done week and a booking."""
    service.load_sample()


def seven_attempts(service: Service) -> None:
    """Seven over four years, the sixth a pass whose certificate has lapsed."""
    histories.seven_sittings(service)


def twelve_domains(service: Service) -> None:
    """Two reports of an exam with twelve domains."""
    domains = "".join(
        f'[[outline.domain]]\nname = "{name}"\nweight_low = {6 + n % 3 * 2}\n'
        f'weight_high = {8 + n % 3 * 2}\ntopics = ["Terms of {name.split()[0].lower()}", '
        f'"{name} in practice"]\n'
        for n, name in enumerate(TWELVE)
    )
    file = service.folder / "PG-12.toml"
    file.write_text(
        'code = "PG-12"\ntitle = "Programme Practitioner"\npolicy = "unknown"\n'
        "passing_score = 700\nscore_low = 0\nscore_high = 1000\n"
        '[[outline]]\nid = "2026-01-01"\nas_of = 2026-01-01\nsource = "own notes"\n'
        'confidence = "own"\n' + domains
    )
    done(service.extend_catalogue(exams.add, file))
    for at, score, shown in (
        ("2026-10-10T09:00", 604, "bnbnabnbnnba"),
        ("2026-11-12T09:00", 662, "bnnnabaanbba"),
    ):
        words = {"b": "below", "n": "near", "a": "above"}
        report(service, at, score, tuple(words[letter] for letter in shown), "PG-12")


def two_exams(service: Service) -> None:
    """The sample data beside a first AZ-305 on the same evenings."""
    service.load_sample()
    report(service, "2026-11-14T09:00", 640, ("near", "below", "near", "above"), "AZ-305")
    done(service.act(set_target, "AZ-305", "2027-01-23"))
    done(service.act(select, "AZ-104"))


SETS = (none, self_rating, one_report, three_reports, seven_attempts, twelve_domains, two_exams)


def filled(folder: Path, fill: Callable[[Service], None]) -> Service:
    """A service with that data at one moment of one evening."""
    service = service_in(folder, NOW)
    fill(service)
    return service
