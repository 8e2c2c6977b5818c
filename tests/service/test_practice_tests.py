"""Whole practice tests: typed, pasted, and what they add to the heatmap and the forecast."""

import pytest

from coach.exchange.practice_list import read_practice_list
from coach.service.drafts import PracticeTestDraft
from coach.service.forecast import evidence_of
from coach.service.outcome import Refused
from coach.service.practice import add_practice, add_practice_test, practice_test_of
from coach.service.reports import add_report
from coach.service.service import Service
from tests.service.conftest import az104, done

ALL_FIVE = (("1", "14/20"), ("2", "70%"), ("3", "8/10"), ("4", "6/10"), ("5", "9/10"))


@pytest.fixture
def failed(service: Service) -> Service:
    done(service.act(add_report, az104()))
    return service


def log(service: Service, *results: tuple[str, str], overall: str = "", source: str = "") -> None:
    draft = PracticeTestDraft(exam="", results=results, overall=overall, source=source)
    done(service.act(add_practice_test, draft))


def test_a_test_counts_in_its_domains_and_once_in_the_forecast(failed: Service) -> None:
    log(failed, *ALL_FIVE[:2], overall="40/50", source="MeasureUp")
    rows = [(row.practice.correct, row.practice.total) for row in failed.view().heatmap.domains]
    # Percent has no number of items and counts as 20.
    assert rows == [(14, 20), (14, 20), (0, 0), (0, 0), (0, 0)]
    seen = evidence_of(failed.view())
    assert seen.practice == ()
    assert [(t.part, t.questions, t.source) for t in seen.tests] == [(0.8, 50, "measureup")]


def test_domains_of_nearly_all_the_weight_stand_for_the_whole(failed: Service) -> None:
    log(failed, *ALL_FIVE)
    (test,) = evidence_of(failed.view()).tests
    # Midpoints 22.5, 17.5, 22.5, 17.5 and 12.5 of 92.5.
    right = 22.5 * 0.7 + 17.5 * 0.7 + 22.5 * 0.8 + 17.5 * 0.6 + 12.5 * 0.9
    assert test.part == pytest.approx(right / 92.5)
    assert test.questions == 20 + 20 + 10 + 10 + 10


def test_a_few_domains_speak_for_themselves_alone(failed: Service) -> None:
    log(failed, *ALL_FIVE[:2])
    seen = evidence_of(failed.view())
    assert seen.tests == ()
    assert [(entry.correct, entry.total) for entry in seen.practice] == [(14, 20), (14, 20)]


def test_a_mixed_quiz_has_no_domain(failed: Service) -> None:
    log(failed, overall="8 / 10")
    (entry,) = failed.state.facts.practice.values()
    assert (entry.domain, entry.correct, entry.total) == (None, 8, 10)
    assert all(not row.practice.total for row in failed.view().heatmap.domains)
    assert len(evidence_of(failed.view()).tests) == 1


def test_a_quiz_on_a_topic_does_not_speak_for_its_domain(failed: Service) -> None:
    from coach.service.drafts import PracticeDraft

    before = evidence_of(failed.view())
    done(
        failed.act(
            add_practice,
            PracticeDraft(exam="", domain="", topic="Azure Files", correct="1", total="20"),
        )
    )
    assert evidence_of(failed.view()) == before


@pytest.mark.parametrize(
    ("tests", "words"),
    [
        ([("50%", "A")], "50 % right, is under the mark"),
        ([("80%", "A")], "a second one in a row, from another bank, would say more"),
        ([("80%", "A"), ("50%", "B")], "50 % right, is under the mark"),
        ([("80%", "A"), ("82%", "a")], "both of one bank"),
        ([("80%", "A"), ("82%", "B")], "no sign before a sitting says more"),
        ([("66%", "A"), ("66%", "B")], "no sign before a sitting says more"),
        ([("65%", "A"), ("66%", "B")], "a second one in a row, from another bank"),
    ],
    ids=["under", "one", "then-under", "one-bank", "two-banks", "at-the-mark", "just-under"],
)
def test_the_forecast_says_what_tests_add(failed: Service, clock, tests, words) -> None:
    for day, (overall, source) in enumerate(tests, 22):
        clock.set(f"2026-11-{day}T09:00")
        log(failed, overall=overall, source=source)
    notes = {note.code: note.text for note in failed.view().forecast.notes}
    assert words in notes["TESTS"]


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (PracticeTestDraft(exam="AZ-104"), ["overall"]),
        (PracticeTestDraft(exam="AZ-104", overall="55/50"), ["overall"]),
        (PracticeTestDraft(exam="AZ-104", overall="101%"), ["overall"]),
        (PracticeTestDraft(exam="AZ-104", overall="0/0"), ["overall"]),
        (
            PracticeTestDraft(exam="AZ-104", results=(("1", "x"), ("9", "1/2"))),
            ["domain:1", "domain:9"],
        ),
        (
            PracticeTestDraft(exam="AZ-104", results=(("1", "1/2"), ("identities", "1/2"))),
            ["domain:identities"],
        ),
    ],
    ids=["nothing", "more-than-all", "over-100", "of-none", "two-problems", "twice"],
)
def test_a_bad_test_is_refused_whole(service: Service, draft, fields) -> None:
    outcome = service.act(add_practice_test, draft)
    assert isinstance(outcome, Refused)
    assert [problem.field for problem in outcome.problems] == fields
    assert service.state.facts.practice == {}


@pytest.mark.parametrize(
    ("text", "results", "overall"),
    [
        ("Networking, 14/20\nStorage: 70 %", [("Networking", "14/20"), ("Storage", "70 %")], ""),
        ("Domain;Right;Total\nCompute;7;10\nOverall;41;50", [("Compute", "7/10")], "41/50"),
        ('"Plan, and secure",8/10\r\nTOTAL = 80%', [("Plan, and secure", "8/10")], "80%"),
        ("1,14,20\nStorage,70%,", [("1", "14/20"), ("Storage", "70%")], ""),
        ("Storage: 7 of 10\nOverall 40 out of 50", [("Storage", "7/10")], "40/50"),
        ("| Storage | 7/10 |", [("Storage", "7/10")], ""),
        ('Storage;62,5 %\n"Compute","61.4%"', [("Storage", "62,5 %"), ("Compute", "61.4%")], ""),
        ("Domain 1,70%", [("Domain 1", "70%")], ""),
        ("Storage (7 out of 10)\nOverall score: 82%", [("Storage", "7/10")], "82%"),
    ],
    ids=[
        "list",
        "csv",
        "quoted",
        "empty-cell",
        "in-words",
        "table",
        "decimals",
        "two-cells",
        "parentheses",
    ],
)
def test_a_pasted_list_is_read(text, results, overall) -> None:
    read = read_practice_list(text)
    assert (list(read.results), read.overall, read.unread) == (results, overall, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "there is no result"), ("Storage 70%\nNetworking\nCompute: 12", "lines 2 and 3 have no")],
)
def test_a_line_without_a_result_is_named(text, words) -> None:
    from coach.service.refusal import Refusal

    with pytest.raises(Refusal) as refused:
        practice_test_of("AZ-104", text)
    assert words in refused.value.problems[0].text


def test_a_percent_with_decimals_is_so_many_of_a_hundred(service: Service) -> None:
    done(service.act(add_practice_test, PracticeTestDraft(exam="AZ-104", overall="61,6 %")))
    (result,) = service.state.facts.practice.values()
    assert (result.correct, result.total) == (62, 100)
