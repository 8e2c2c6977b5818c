"""Sessions name official material, and material never moves a session."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.service.drafts import ReportDraft
from coach.service.reports import add_report
from coach.service.resources import mark_resource
from coach.service.service import Service
from coach.service.settings import replan, select, set_target
from tests.service.conftest import BERLIN, Clock, az104, done


def test_labs_and_reading_of_a_plan_name_material_that_fits(service: Service) -> None:
    done(service.act(add_report, az104()))
    schedule = service.view("AZ-104").schedule
    blocks = [block for week in schedule.weeks for block in week.blocks]
    labs = [b.resource for b in blocks if b.activity == "lab" and b.resource]
    assert labs
    assert {lab.kind for lab in labs} == {"lab"}
    assert all(lab.url.startswith("https://") for lab in labs)
    once = [lab.id for lab in labs if lab.parts == 1]
    assert len(once) == len(set(once))
    assert all(b.resource is None for b in blocks if b.activity in ("review", "buffer"))


def test_a_mark_on_material_changes_the_next_lab_and_not_the_plan(service: Service) -> None:
    done(service.act(add_report, az104()))
    before = service.view("AZ-104").schedule
    first = next(
        block
        for week in before.weeks
        for block in week.blocks
        if block.activity == "lab" and block.resource
    )
    marked = done(service.act(mark_resource, first.resource.id, done=True))
    assert marked.changes == ()
    after = service.view("AZ-104").schedule
    blocks = {block.id: block for week in after.weeks for block in week.blocks}
    assert after.revision == before.revision
    assert blocks[first.id].start == first.start
    assert blocks[first.id].resource != first.resource


@settings(max_examples=8, deadline=None)
@given(marks=st.lists(st.tuples(st.integers(0, 24), st.booleans()), max_size=8))
def test_no_mark_on_material_ever_changes_a_plan(marks: list[tuple[int, bool]]) -> None:
    with TemporaryDirectory() as folder:
        service = Service(Path(folder), BERLIN, Clock("2026-11-21T09:00"))
        done(service.act(add_report, az104()))
        material = service.view("AZ-104").resources.resources
        before = service.state.facts
        for index, as_done in marks:
            marked = done(service.act(mark_resource, material[index % len(material)].id, as_done))
            assert (marked.changes, marked.churn) == ((), 0.0)
        assert service.state.facts.blocks == before.blocks
        assert done(service.preview(replan, "AZ-104")).changes == ()


def test_the_plan_follows_the_outline_of_the_day_aimed_at(service: Service) -> None:
    # 200-301 changes its outline on 2027-02-03.
    done(service.act(select, "200-301"))
    view = service.view("200-301")
    assert view.heatmap.outline == view.outline.id != "2027-02-03"
    done(service.act(set_target, "200-301", "2027-02-20"))
    view = service.view("200-301")
    new = {domain.name for domain in view.outline.domains}
    assert view.heatmap.outline == view.outline.id == "2027-02-03"
    planned = {b.domain for w in view.schedule.weeks for b in w.blocks if b.domain}
    assert planned <= new
    assert "OUTLINE" in {note.code for note in view.schedule.notes}
    sat = ReportDraft(exam="200-301", at="2026-11-20 10:00", score="780")
    done(service.act(add_report, sat))
    view = service.view("200-301")
    # The report keeps the outline of its sitting; what is ahead is planned on the later one.
    assert view.outline.id != "2027-02-03" == view.plan_outline.id
    ahead = {b.domain for w in view.schedule.weeks for b in w.blocks if b.domain}
    assert ahead
    assert ahead <= new
    done(service.act(set_target, "200-301", "2027-01-20"))
    view = service.view("200-301")
    assert view.plan_outline == view.outline
    ahead = {b.domain for w in view.schedule.weeks for b in w.blocks if b.domain}
    assert not ahead & new
