"""Histories of people at the Timeline, each in a folder of its own, at one fixed moment."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from coach.catalogue.lookup import DATA
from coach.service import exams
from coach.service.attempts import add_attempt
from coach.service.drafts import AttemptDraft, ReportDraft
from coach.service.reports import add_report
from coach.service.service import Service
from coach.service.settings import select
from coach.storage.files import catalogue_folder
from tests.ui.desk import ZONE, done, service_in

NOW = datetime(2026, 11, 19, 18, 30, tzinfo=ZONE)
BANDS = ("near", "below", "45", "52", "above")


def sat(service: Service, exam: str, at: str, score: int | None, **more: str) -> None:
    """Record a sitting with its report; AZ-104 gets bands, no other exam does."""
    observations = BANDS if exam == "AZ-104" else ()
    draft = ReportDraft(
        exam=exam,
        at=at,
        score="" if score is None else str(score),
        observations=tuple((str(number), band) for number, band in enumerate(observations, 1)),
        fee="165",
        **more,
    )
    done(service.act(add_report, draft))


def appointment(service: Service, exam: str, at: str, status: str, **more: str) -> None:
    """Record an appointment without a report."""
    draft = AttemptDraft(exam=exam, at=at, status=status, fee="165", **more)
    done(service.act(add_attempt, draft))


def failed_once(service: Service) -> None:
    """The first try, this morning."""
    sat(service, "AZ-104", "2026-11-19T10:00", 631, place="centre")


def booked_for_friday(service: Service) -> None:
    """Failed two weeks ago; the second try is tomorrow."""
    sat(service, "AZ-104", "2026-11-04T09:00", 655)
    appointment(service, "AZ-104", "2026-11-20T09:00", "booked", place="online")


def failed_five_times(service: Service) -> None:
    """Every attempt of the twelve months is used."""
    for at, score in (
        ("2026-06-01T09:00", 512),
        ("2026-06-20T09:00", 580),
        ("2026-07-20T09:00", 560),
        ("2026-09-01T09:00", 649),
        ("2026-10-12T09:00", 692),
    ):
        sat(service, "AZ-104", at, score)


def seven_sittings(service: Service) -> None:
    """Seven over four years, the sixth a pass whose certificate has lapsed."""
    for at, score in (
        ("2022-12-05T09:00", 480),
        ("2022-12-07T10:00", 505),
        ("2023-01-10T09:00", 620),
        ("2023-02-20T09:00", 655),
        ("2024-03-01T09:00", 688),
        ("2024-04-10T09:00", 742),
        ("2026-11-10T09:00", 671),
    ):
        sat(service, "AZ-104", at, score)


def two_on_one_day(service: Service) -> None:
    """Two tries a day apart: the axis is of hours once it is zoomed."""
    sat(service, "AZ-104", "2026-11-17T09:00", 640)
    sat(service, "AZ-104", "2026-11-18T10:30", 676)


def retired(service: Service) -> None:
    """An exam that is gone, with a successor."""
    sat(service, "AZ-500", "2026-06-10T09:00", 640)
    sat(service, "AZ-500", "2026-08-01T09:00", 688)


def troubled(service: Service) -> None:
    """Interrupted with a case, a granted waiver, a no-show."""
    sat(service, "AZ-104", "2026-09-01T09:00", 610)
    appointment(service, "AZ-104", "2026-09-20T09:00", "no-show")
    appointment(
        service, "AZ-104", "2026-11-14T09:00", "interrupted",
        case_number="08123456", reason="internet",
    )  # fmt: skip


def impossible(service: Service) -> None:
    """Two sittings closer than any rule allows, and none of them deniable."""
    sat(service, "AZ-104", "2026-11-02T09:00", 610)
    sat(service, "AZ-104", "2026-11-02T15:00", 650)


def passed(service: Service) -> None:
    """Passed at the second try."""
    sat(service, "AZ-104", "2026-10-01T09:00", 640)
    sat(service, "AZ-104", "2026-11-17T09:00", 764)


def nobody(service: Service) -> None:
    """An exam and nothing else."""
    done(service.act(select, "AZ-104"))


def at_aws(service: Service) -> None:
    """Another vendor, with another scale."""
    sat(service, "SAA-C03", "2026-10-20T09:00", 689)
    sat(service, "SAA-C03", "2026-11-12T09:00", 705)


def at_comptia(service: Service) -> None:
    """A vendor whose rules carry no date."""
    sat(service, "SY0-701", "2026-10-20T09:00", 689)
    sat(service, "SY0-701", "2026-11-12T09:00", 705)


def at_isc2(service: Service) -> None:
    """A vendor that prints no score."""
    sat(service, "CISSP", "2026-10-12T09:00", None, result="fail")


def at_cncf(service: Service) -> None:
    """An exam with a retake in its fee."""
    sat(service, "CKA", "2026-11-12T09:00", 60)


def unconfirmed(service: Service) -> None:
    """An exam of one's own under rules that no vendor page confirms."""
    rules = (DATA / "policies" / "hashicorp.toml").read_text()
    own = catalogue_folder(service.folder) / "policies" / "rumour.toml"
    own.parent.mkdir(parents=True)
    rules = rules.replace("verified = true", "verified = false")
    own.write_text(rules.replace('id = "hashicorp"', 'id = "rumour"'))
    file = service.folder / "TF-004.toml"
    file.write_text('code = "TF-004"\ntitle = "Terraform"\npolicy = "rumour"\n')
    done(service.extend_catalogue(exams.add, file))
    sat(service, "TF-004", "2026-11-17T09:00", 640)
    appointment(service, "TF-004", "2026-12-01T09:00", "booked", place="online")


HISTORIES: dict[str, Callable[[Service], None]] = {
    history.__name__: history
    for history in (
        nobody,
        failed_once,
        booked_for_friday,
        failed_five_times,
        seven_sittings,
        two_on_one_day,
        retired,
        troubled,
        impossible,
        passed,
        at_aws,
        at_comptia,
        at_isc2,
        at_cncf,
        unconfirmed,
    )
}


def history(folder: Path, name: str) -> Service:
    """A service with that history."""
    service = service_in(folder, NOW)
    HISTORIES[name](service)
    return service
