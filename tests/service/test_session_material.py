"""Sessions name official material, and material never moves a session."""

from coach.service import Service
from tests.service.conftest import az104, done


def test_labs_and_reading_of_a_plan_name_material_that_fits(service: Service) -> None:
    done(service.add_report(az104()))
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
    done(service.add_report(az104()))
    before = service.view("AZ-104").schedule
    first = next(
        block
        for week in before.weeks
        for block in week.blocks
        if block.activity == "lab" and block.resource
    )
    marked = done(service.mark_resource(first.resource.id, done=True))
    assert marked.changes == ()
    after = service.view("AZ-104").schedule
    blocks = {block.id: block for week in after.weeks for block in week.blocks}
    assert after.revision == before.revision
    assert blocks[first.id].start == first.start
    assert blocks[first.id].resource != first.resource
