"""Values of the right type that cannot be are refused when read and when saved."""

from datetime import UTC, date, datetime, time

import msgspec
import pytest

from coach.model.attempt import Attempt, Observation, Report
from coach.model.facts import Facts
from coach.model.plan import Allocation, Block, Change, Forecast, Practice, Reason, Revision
from coach.model.policy import Notice, Terms
from coach.model.settings import DEFAULT_HOURS, Hours, Tracked, Window
from coach.storage.files import StorageError
from coach.storage.repository import Repository
from coach.storage.validation import invalid_field

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NAIVE = datetime(2026, 11, 21, 12, 0)  # noqa: DTZ001 - what is to be refused
LATE = datetime(9999, 12, 31, tzinfo=UTC)
REASON = Reason(code="SHARE", text="Its share.")
ATTEMPT = Attempt(id="a", exam="X", at=NOON, status="delivered")
REPORT = Report(id="r", attempt="a", exam="X", outline=None, score=640)
PRACTICE = Practice(id="p", exam="X", domain="D", correct=0, total=1, at=NOON)
BLOCK = Block(id="b", exam="X", start=NOON, minutes=45, domain=None, topic=None, activity="review")
REVISION = Revision(
    id="X-1", exam="X", number=1, at=NOON, strategy="two-tier", trigger=REASON, target=None,
    study_minutes=0, shortfall_minutes=0,
)  # fmt: skip
FORECAST = Forecast(id="f", exam="X", target=NOON, made=NOON, model="1", p=0.5, low=0.0, high=1.0)
SHARE = Allocation(
    domain="D", band="near", weight=20, gap=1, priority=20, tier=2, share=0.5, minutes=60
)


def seen(value: int) -> tuple[Observation, ...]:
    fine = Observation(domain="C", origin="bar", value=0)
    return fine, Observation(domain="D", origin="bar", value=value)


def spans(*pairs: tuple[time, time]) -> Hours:
    return Hours(windows={"mon": tuple(Window(start=a, end=b) for a, b in pairs)})


CASES = {
    "tracked": (Tracked(id="X", target=NAIVE), "target"),
    "terms day": (
        Tracked(id="X", terms=Terms(renewed_until=date(1, 1, 1))),
        "terms.renewed_until",
    ),
    "terms notice": (
        Tracked(id="X", terms=Terms(change_notice=Notice(amount=2161, unit="hours"))),
        "terms.change_notice.amount",
    ),
    "attempt naive": (msgspec.structs.replace(ATTEMPT, at=NAIVE), "at"),
    "attempt late": (msgspec.structs.replace(ATTEMPT, at=LATE), "at"),
    "fee": (msgspec.structs.replace(ATTEMPT, fee=-1), "fee"),
    "score": (msgspec.structs.replace(REPORT, score=-1), "score"),
    "received": (msgspec.structs.replace(REPORT, received=date(1, 1, 1)), "received"),
    "bar": (msgspec.structs.replace(REPORT, observations=seen(101)), "observations[1].value"),
    "total": (msgspec.structs.replace(PRACTICE, total=0), "total"),
    "correct": (msgspec.structs.replace(PRACTICE, correct=-1), "correct"),
    "minutes": (msgspec.structs.replace(BLOCK, minutes=0), "minutes"),
    "a day and a minute": (msgspec.structs.replace(BLOCK, minutes=1441), "minutes"),
    "spent": (msgspec.structs.replace(BLOCK, spent=-5), "spent"),
    "start": (msgspec.structs.replace(BLOCK, start=NAIVE), "start"),
    "number": (msgspec.structs.replace(REVISION, number=-1), "number"),
    "share": (
        msgspec.structs.replace(REVISION, allocation=(msgspec.structs.replace(SHARE, share=1.5),)),
        "allocation[0].share",
    ),
    "no block": (
        msgspec.structs.replace(
            REVISION, changes=(Change(kind="added", before=None, after=None, reason=REASON),)
        ),
        "changes[0]",
    ),
    "block in a change": (
        msgspec.structs.replace(
            REVISION,
            changes=(
                Change(
                    kind="added",
                    before=None,
                    after=msgspec.structs.replace(BLOCK, start=LATE),
                    reason=REASON,
                ),
            ),
        ),
        "changes[0].start",
    ),
    "forecast made": (msgspec.structs.replace(FORECAST, made=NAIVE), "made"),
    "forecast high": (msgspec.structs.replace(FORECAST, high=1.1), "high"),
    "forecast minutes": (msgspec.structs.replace(FORECAST, done_minutes=-1), "done_minutes"),
    "span backwards": (spans((time(20), time(19))), "windows"),
    "span with a zone": (spans((time(19, tzinfo=UTC), time(20))), "windows"),
    "spans that overlap": (spans((time(9), time(12)), (time(11), time(13))), "windows"),
    "day off": (Hours(windows={}, off=(date(9999, 1, 1),)), "off[0]"),
}


@pytest.mark.parametrize(("record", "field"), CASES.values(), ids=CASES)
def test_an_impossible_value_is_named_by_its_field(record, field):
    fault = invalid_field(record)

    assert fault is not None
    assert fault.field == field


@pytest.mark.parametrize(
    "record",
    [
        Tracked(id="X"), Tracked(id="X", target=NOON), ATTEMPT, REPORT, PRACTICE, BLOCK, REVISION,
        FORECAST,
        DEFAULT_HOURS, spans((time(22), time(0))), spans((time(9), time(10)), (time(10), time(0))),
        msgspec.structs.replace(REVISION, allocation=(SHARE,)),
        msgspec.structs.replace(REPORT, observations=seen(100), received=date(2026, 11, 21)),
    ],
)  # fmt: skip
def test_a_value_that_can_be_is_let_pass(record):
    assert invalid_field(record) is None


def test_it_is_not_saved(repository: Repository, put, practice):
    put(repository, practice("p1"))
    before = repository.file.read_bytes()

    broken = Facts(blocks={"b": msgspec.structs.replace(BLOCK, minutes=0)})
    refused = pytest.raises(StorageError, match="cannot be saved in blocks: minutes is not between")
    with repository.transaction() as transaction, refused:
        transaction.commit(broken, "edit", NOON)

    assert repository.file.read_bytes() == before
