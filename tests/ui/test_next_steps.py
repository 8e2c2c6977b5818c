"""What happens next, for a result that does not come: each text once its time is past."""

from datetime import datetime

import pytest

from coach.service.attempts import add_attempt
from coach.service.drafts import AttemptDraft
from coach.ui.widgets.rows import row_width
from coach.ui.widgets.timeline.next_steps import answers, next_steps, strip_rows
from tests.ui import desk

SAT = AttemptDraft(exam="AZ-104", at="2026-11-20 10:00", status="pending", place="online")


def texts(folder, now):
    """Label to value and text, for an online sitting that ended on 20 November at 11:40."""
    at = datetime.fromisoformat(now).replace(tzinfo=desk.ZONE)
    service = desk.service_in(folder, at)
    desk.done(service.act(add_attempt, SAT))
    state = service.state
    steps = next_steps(state.retake, state.view("AZ-104").timeline, at)
    return {step.label: f"{step.value}: {step.text}" for step in steps}


@pytest.mark.parametrize("width", [59, 79, 98, 100, 104, 118, 158, 198])
def test_nothing_of_an_answer_is_cut(tmp_path, width):
    """Four answers of two reasons each: labels, values and first reasons at every width."""
    state = desk.failed_twice(tmp_path).state
    told = answers(
        state.retake, state.timeline, state.now, guess=state.guess, when=state.when_to_sit
    )
    assert len(told) == 4
    for chosen in (None, 2):
        rows = strip_rows(told, width, chosen)
        shown = "\n".join("".join(seg.text for seg in row) for row in rows)
        assert "…" not in shown
        assert max(map(row_width, rows)) <= width
        for step in told:
            assert step.label in shown
            assert step.value in shown


@pytest.mark.parametrize(
    ("now", "label", "words"),
    [
        pytest.param("2026-11-20T16:00", "Report by mail", "no cause for alarm", id="TL-04"),
        pytest.param("2026-11-21T13:00", "Result at last", "does not mean a fail", id="TL-05-06"),
        pytest.param("2026-11-21T13:00", "Result at last", "noise or for looking away", id="TL-07"),
        pytest.param("2026-11-21T13:00", "Report by mail", "spam folder", id="TL-08"),
        pytest.param("2026-11-21T13:00", "Report by mail", "pass or fail", id="TL-09"),
        pytest.param("2026-11-22T13:00", "Report by", "contact Microsoft", id="TL-15"),
    ],
)
def test_what_to_do_about_a_late_result(tmp_path, now, label, words):
    told = texts(tmp_path, now)[label]
    assert ", past: " in told
    assert words in told


def test_a_time_ahead_is_not_past(tmp_path):
    assert texts(tmp_path, "2026-11-20T13:00")["Report by mail"].startswith("Fri 20 Nov 15:40: ")
