"""A plan from day zero: exams tracked and rated without a report, dropped and taken back."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.model.answers import Rating
from coach.service.drafts import PracticeDraft, RatingDraft, ReportDraft
from coach.service.outcome import Refused
from coach.service.practice import add_practice
from coach.service.rating import rate
from coach.service.reports import add_report
from coach.service.service import Service
from coach.service.settings import replan, select, set_target, track_successor, untrack
from tests.service.conftest import BERLIN, Clock, az104, done

IDENTITY = "Manage Azure identities and governance"
BANDS = ("below", "near", "above", "unknown")


def rated(service: Service, code: str = "AZ-104", **fields: object) -> Rating:
    done(service.act(rate, RatingDraft(exam=code, **fields)))
    return service.view(code).rating


def test_a_tracked_exam_has_a_plan_by_weight_for_six_weeks(service: Service) -> None:
    done(service.act(select, "AZ-104"))
    plan = service.view("AZ-104").schedule
    assert plan.basis == "weights"
    assert plan.target == date(2026, 11, 21) + timedelta(weeks=6)
    assert {row.band for row in plan.allocation} == {"unknown"}
    assert any(week.blocks for week in plan.weeks)


def test_the_plan_keeps_its_end_for_six_weeks_and_then_looks_two_ahead(
    service: Service, clock: Clock
) -> None:
    done(service.act(select, "AZ-104"))
    clock.set("2026-12-10T09:00")
    done(service.act(add_practice, PracticeDraft(exam="", domain="1", correct="5", total="10")))
    assert service.view().schedule.target == date(2027, 1, 2)
    clock.set("2027-01-04T09:00")
    done(service.act(replan))
    # The Sunday of the week after the next one.
    assert service.view().schedule.target == date(2027, 1, 24)


def test_a_goal_date_stands_before_the_six_weeks(service: Service) -> None:
    done(service.act(set_target, "AZ-104", "2027-02-01"))
    assert service.view().schedule.target == date(2027, 2, 1)


def test_a_goal_date_without_a_rating_is_a_goal_date_alone(service: Service) -> None:
    done(service.act(select, "AZ-104"))
    unrated = tuple((str(n), "unknown") for n in range(1, 6))
    outcome = service.act(rate, RatingDraft(exam="AZ-104", bands=unrated, target="2027-02-01"))
    assert done(outcome).message.startswith("AZ-104: target 2027-02-01.")
    assert service.view().schedule.trigger == "target 2027-02-01"
    assert service.view().rating.at is None


def test_a_rating_shares_out_the_hours_until_the_first_report(service: Service) -> None:
    assert rated(service, bands=(("1", "below"), ("compute", "above"))).basis == "self-rating"
    rows = {row.domain: row for row in service.view().schedule.allocation}
    assert (rows[IDENTITY].band, rows[IDENTITY].tier) == ("below", 1)
    done(service.act(add_report, az104()))
    view = service.view()
    assert (view.schedule.basis, view.rating.basis) == ("report", "report")
    assert {row.domain: row.band for row in view.schedule.allocation}[IDENTITY] == "near"
    assert all(cell.origin == "band" for row in view.heatmap.domains for cell in row.cells)


def test_what_is_not_named_stays_and_unknown_takes_it_back(service: Service) -> None:
    rated(service, bands=(("1", "b"), ("2", "near")))
    found = rated(service, bands=(("2", "unknown"), ("3", "ABOVE")))
    assert [row.band for row in found.domains] == ["below", "unknown", "above", *2 * ("unknown",)]
    assert rated(service, bands=(("5", "near"),), clear=True).domains[0].band == "unknown"
    gone = rated(service, clear=True)
    assert (gone.at, gone.basis) == (None, "weights")


def test_a_rated_topic_is_named_by_the_outline(service: Service) -> None:
    found = rated(service, topics=(("azure files", "below"),))
    assert [row.name for row in found.topics] == ["Configure Azure Files and Azure Blob Storage"]


@pytest.mark.parametrize(
    ("draft", "field", "words"),
    [
        (RatingDraft(exam="AZ-104", bands=(("9", "near"),)), "domain:9", "a number from 1 to 5"),
        (
            RatingDraft(exam="AZ-104", bands=(("1", "80"),)),
            "domain:1",
            "type one of below, near, above, unknown.",
        ),
        (
            RatingDraft(exam="AZ-104", topics=(("quilting", "near"),)),
            "topic:quilting",
            '"quilting" is no topic of the outline',
        ),
        (
            RatingDraft(exam="AZ-104", from_predecessor=True),
            "from-predecessor",
            "no exam that AZ-104 succeeds has a report here",
        ),
        (RatingDraft(exam="AZ-999", bands=(("1", "near"),)), "exam", "is not in the catalogue"),
    ],
    ids=["no-domain", "a-bar", "no-topic", "no-predecessor", "no-exam"],
)
def test_a_bad_rating_is_refused_and_nothing_is_stored(service, draft, field, words) -> None:
    outcome = service.act(rate, draft)
    assert isinstance(outcome, Refused)
    assert [problem.field for problem in outcome.problems] == [field]
    assert words in outcome.problems[0].text
    assert service.state.facts.tracked == {}


def test_a_successor_takes_over_what_the_old_report_suggests(service: Service) -> None:
    bands = (("1", "below"), ("2", "near"), ("3", "above"), ("4", "near"))
    done(
        service.act(
            add_report,
            ReportDraft(exam="AZ-500", at="2026-02-03 10:00", score="600", observations=bands),
        )
    )
    done(service.act(track_successor, "AZ-500"))
    before = service.view("SC-500").rating
    assert (before.predecessor, before.at, before.basis) == ("AZ-500", None, "weights")
    assert before.offered
    after = rated(service, "SC-500", from_predecessor=True)
    assert (after.from_predecessor, after.basis) == ("AZ-500", "self-rating")
    assert {row for row in after.domains if row.band != "unknown"} == set(before.offered)


def test_an_exam_that_is_dropped_keeps_its_history_and_comes_back_by_undo(
    service: Service,
) -> None:
    done(service.act(add_report, az104()))
    done(service.act(select, "AZ-900"))
    before = service.state.facts
    done(service.act(untrack, "az104"))
    after = service.state.facts
    assert (set(after.tracked), after.reports) == ({"AZ-900"}, before.reports)
    assert {block.exam for block in after.blocks.values()} == {"AZ-900"}
    assert after.tracked["AZ-900"].selected
    assert isinstance(service.act(untrack, "AZ-104"), Refused)
    done(service.undo())
    assert service.state.facts == before


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    bands=st.dictionaries(st.integers(1, 5).map(str), st.sampled_from(BANDS)),
    scores=st.lists(st.sampled_from(["560", "640", "690"]), max_size=2),
)
def test_a_self_rating_never_touches_retake_dates_attempts_or_trends(
    tmp_path_factory, bands, scores
) -> None:
    service = Service(tmp_path_factory.mktemp("data"), BERLIN, Clock("2026-11-21T09:00"))
    for day, score in zip(("2026-10-01 10:00", "2026-11-10 10:00"), scores, strict=False):
        done(service.act(add_report, az104(score=score, at=day)))
    done(service.act(select, "AZ-104"))
    before = service.view()
    done(service.act(rate, RatingDraft(exam="AZ-104", bands=tuple(bands.items()))))
    after = service.view()
    assert (after.retake, after.timeline) == (before.retake, before.timeline)
    assert after.heatmap.reports == before.heatmap.reports
    assert [row.trend for row in after.heatmap.domains] == [
        row.trend for row in before.heatmap.domains
    ]
    assert (after.facts.attempts, after.facts.reports) == (
        before.facts.attempts,
        before.facts.reports,
    )
    if scores:
        assert after.heatmap == before.heatmap
        assert after.domains == before.domains
