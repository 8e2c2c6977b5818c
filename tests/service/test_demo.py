"""The sample data is what the demo promises, on any day of the week and of the year."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach.service.service import Service
from coach.storage.repository import Repository
from tests.service.conftest import BERLIN

STARTS = [datetime(2026, 11, 21, 9, tzinfo=BERLIN) + timedelta(days=n * 19 + n) for n in range(12)]


@pytest.mark.parametrize("now", STARTS, ids=lambda now: f"{now:%a-%d-%b}")
def test_it_has_three_sittings_a_booking_and_a_week_in_progress(
    tmp_path: Path, now: datetime
) -> None:
    service = Service(tmp_path, BERLIN, lambda zone: now.astimezone(zone))
    state = service.load_sample()
    assert state.timeline is not None
    assert state.heatmap is not None
    assert state.advice is not None
    statuses = [attempt.status for attempt in state.timeline.attempts]
    assert statuses == ["delivered", "delivered", "delivered", "booked"]
    assert len(state.heatmap.reports) == 3
    assert any(row.practice.total for row in state.heatmap.domains)
    assert state.advice.insights
    found = {b.status for b in state.facts.blocks.values()}
    assert found == {"planned", "done"}
    weeks = service.view().schedule.weeks
    assert len(weeks) >= 4
    assert sum(week.capacity_minutes for week in weeks) > 0
    assert Repository(tmp_path).load() == state.facts
    assert service.keep_up() is None, "the demo opens without a notice of its own"
