"""Reports of a pasted text on their way to a form: nothing is stored, nothing typed is lost."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coach.exchange.report_file import read_reports
from coach.service.importing import for_a_form, import_outcome, import_reports, review
from coach.service.outcome import Done
from coach.service.reports import add_report
from coach.service.service import Service
from tests.cli.reports import AZ104, PASTED
from tests.service.conftest import Clock


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path, ZoneInfo("Europe/Berlin"), Clock("2026-11-21T09:00"))


def test_a_paste_fills_the_form(service: Service) -> None:
    (found,), problems = review(service, PASTED.encode(), "pasted")
    assert (problems, found.problems, found.notes) == ((), (), ())
    draft = for_a_form(service, found)
    assert (draft.exam, draft.at, draft.score) == ("AZ-104", "2026-11-20T10:00", "640")
    assert [name for name, _ in draft.observations] == [*AZ104]
    assert draft.flags == ("Conditional Access",)
    assert isinstance(service.preview(add_report, draft), Done)
    assert service.state.facts.reports == {}


def test_what_can_be_read_fills_the_form_in_spite_of_a_problem(service: Service) -> None:
    text = PASTED.replace("November 20, 2026 10:00 AM", "11/12/2026")
    (found,), _ = review(service, text.encode(), "pasted")
    assert [problem.field for problem in found.problems] == ["at"]
    assert (found.exam, found.at, found.score) == ("AZ-104", "", "640")
    assert len(found.observations) == 5


def test_a_conflict_is_named_before_saving(service: Service) -> None:
    (found,), _ = review(service, PASTED.replace("640", "720").encode(), "pasted")
    (conflict,) = found.problems
    assert (conflict.line, conflict.field) == (7, "result")


def test_a_conflict_with_the_mark_that_the_report_itself_names(service: Service) -> None:
    text = PASTED.replace("score: 700", "score: 650").replace("640", "660")
    (found,), _ = review(service, text.encode(), "pasted")
    (conflict,) = found.problems
    assert conflict.field == "result"
    assert "a score of 660 where 650 passes" in conflict.text


def test_a_twin_within_a_file_is_named_before_saving(service: Service) -> None:
    one = {"exam": "AZ-104", "at": "2026-11-20T10:00", "score": 640}
    text = json.dumps([one, {**one, "at": "2026-11-20"}])
    (first, second), problems = review(service, text.encode(), "pasted")
    assert (problems, first.problems) == ((), ())
    assert [problem.field for problem in second.problems] == ["at"]
    assert service.state.facts.reports == {}


def test_every_field_of_a_file_is_stored(service: Service) -> None:
    sat = {"exam": "AZ-500", "at": "2026-06-20T10:00", "score": 640, "place": "centre", "fee": 165}
    read = {
        "outline": "2023-10-31",
        "source": "profile",
        "note": "Hard labs.",
        "flags": ["Key Vault"],
    }
    (done,) = import_reports(service, json.dumps(sat | read).encode(), "report.json").saved
    (attempt,), (report,) = done.state.facts.attempts.values(), done.state.facts.reports.values()
    assert (attempt.exam, attempt.place, attempt.fee) == ("AZ-500", "centre", 165.0)
    assert (report.score, report.outline, report.source) == (640, "2023-10-31", "profile")
    assert (report.note, report.flags) == ("Hard labs.", ("Key Vault",))


def test_many_reports_are_told_as_a_number(service: Service) -> None:
    many = [{"exam": "AZ-104", "at": f"2026-11-{day:02}", "score": 640} for day in range(1, 7)]
    outcome = import_outcome(service, json.dumps(many).encode(), "pasted")
    assert isinstance(outcome, Done)
    assert outcome.message == "6 reports added."
    assert len(service.state.facts.reports) == 6


def test_a_title_becomes_a_code_only_with_the_catalogue(service: Service) -> None:
    text = PASTED.replace("AZ-104: ", "").replace("Exam Mic", "Exam: Mic").encode()
    (with_catalogue,), _ = review(service, text, "pasted")
    (without,), _ = read_reports(text, "pasted")
    assert with_catalogue.exam == "AZ-104"
    assert without.exam == "Microsoft Azure Administrator"


def test_a_text_without_a_report_gives_no_draft(service: Service) -> None:
    found, (problem,) = review(service, b"Nothing to see.", "pasted")
    assert found == ()
    assert problem.field == "file"
