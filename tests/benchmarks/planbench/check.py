"""The benchmark checks itself: models hold, runs repeat, its plans are the product's own."""

import tempfile
from dataclasses import replace as variant
from datetime import timedelta
from itertools import product
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from coach.service import exams
from coach.service.attempts import add_attempt
from coach.service.drafts import AttemptDraft, HoursDraft, PracticeDraft, ReportDraft
from coach.service.outcome import Done
from coach.service.practice import add_practice
from coach.service.reports import add_report
from coach.service.service import Service
from coach.service.settings import set_hours, set_strategy
from tests.benchmarks.planbench import references
from tests.benchmarks.planbench.desk import BANDS, CODE, START, ZONE, Desk, domain_name, exam_of
from tests.benchmarks.planbench.desk import hours_of as week_of
from tests.benchmarks.planbench.follow import follow
from tests.benchmarks.planbench.rules import RULES
from tests.benchmarks.planbench.worlds import WORLDS, Population, phi

SAME = ("base", "six domains", "catalogue", "prerequisite")
REPLANS = (timedelta(days=3, hours=10), timedelta(days=7, hours=8))


def main():
    models()
    repeats()
    cases = product(SAME, range(3), ("auto", "balanced"))
    equal = [same_plans(*case) for case in cases]
    print(f"all checks pass; {sum(equal)} plans are those of the whole product, block by block")


def models():
    """The normal distribution is one, and more knowledge never hurts."""
    pop = Population(WORLDS["base"], 12, 3)
    assert abs(float(phi(1.0)) - 0.841345) < 1e-5
    assert (pop.pass_prob(np.minimum(pop.m0 + 0.1, 1)) >= pop.pass_prob(pop.m0)).all()


def repeats():
    """The same seed gives the same run, nothing happens twice, and a rule is gone afterwards."""
    pop = Population(variant(WORLDS["base"], miss=0.0), 12, 3)
    one, two = follow(pop, "two-tier", 5), follow(pop, "two-tier", 5)
    assert (one.know == two.know).all()
    assert (one.churn[:, 0] == one.churn[:, 1]).all(), "only free catch-up time changes hands"
    for in_force in RULES.values():
        with in_force():
            follow(pop, "two-tier", 5)
    assert (follow(pop, "two-tier", 5).know == one.know).all()
    best = pop.pass_prob(references.play(pop, one.sessions, None, "oracle")).mean()
    even = pop.pass_prob(references.play(pop, one.sessions, references.uniform(pop))).mean()
    assert best > even


def same_plans(name, i, strategy):
    """The plans of a candidate by the bench and by the service, file and all: at the report and
    after two half weeks of ticks and a quiz. Returns how many were compared."""
    pop = Population(WORLDS[name], 8, 5)
    now = [START]
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder) / "data", ZONE, lambda zone: now[0])
        desk = Desk(pop, i, exam_of(pop), week_of(pop.world), strategy)
        _set_up(service, desk, pop, i, Path(folder) / "exam.toml")
        desk.plan(START)
        _compare(service, desk)
        for step, at in enumerate(REPLANS):
            now[0] = START + at
            _half_a_week(service, desk, now[0], step)
            _compare(service, desk)
    return 1 + len(REPLANS)


def _set_up(service, desk, pop, i, file):
    file.write_text(_toml(exam_of(pop), desk.dependent))
    _done(service.extend_catalogue(exams.add, file))
    _done(service.act(set_hours, HoursDraft(windows=pop.world.week, clear=True)))
    _done(
        service.act(add_attempt, AttemptDraft(exam=CODE, at=desk.end.isoformat(), status="booked"))
    )
    _done(service.act(set_strategy, CODE, desk.strategy))
    bands = tuple((domain_name(k), BANDS[b]) for k, b in enumerate(pop.bands[i]))
    _done(
        service.act(
            add_report,
            ReportDraft(
                exam=CODE, at=START.isoformat(), score=str(pop.score[i]), observations=bands
            ),
        )
    )


def _half_a_week(service, desk, now, step):
    """Every other session is ticked late, a quiz is logged, and both plan again."""
    past = sorted(
        (b for b in desk.blocks if b.end <= now and b.status == "planned" and b.domain),
        key=lambda b: b.start,
    )
    done = {b.start for b in past[::2]}
    desk.log(0, step, 3, 10, now)
    desk.blocks = tuple(replace(b, status="done") if b.start in done else b for b in desk.blocks)
    desk.plan(now)
    draft = PracticeDraft(exam=CODE, domain=domain_name(0), correct="3", total="10", source="quiz",
                          topic=f"A topic {step + 1:02d}")  # fmt: skip
    ticks = [b.id for b in service.state.facts.blocks.values() if b.start in done]
    facts = service.state.facts
    ticked = {key: replace(facts.blocks[key], status="done") for key in ticks}
    with service._repository.transaction() as transaction:
        transaction.commit(replace(facts, blocks={**facts.blocks, **ticked}), "ticked", now)
    _done(service.act(add_practice, draft))


def _compare(service, desk):
    own, other = (_rows(blocks) for blocks in (desk.blocks, service.state.facts.blocks.values()))
    assert own == other, f"plans differ: {set(own) ^ set(other)}"


def _rows(blocks):
    ordered = sorted(blocks, key=lambda b: b.start)
    return [(b.start.isoformat(), b.minutes, b.domain, b.topic, b.activity, b.also, b.status)
            for b in ordered]  # fmt: skip


def _done(outcome):
    assert isinstance(outcome, Done), outcome


def _toml(exam, dependent):
    rows = [f'code = "{CODE}"', f'title = "{exam.title}"', "", "[[outline]]", 'id = "sim-1"',
            "as_of = 2025-01-01", 'source = "planbench"', 'confidence = "own"']  # fmt: skip
    for domain in exam.outlines[0].domains:
        topics = ", ".join(f'"{topic}"' for topic in domain.topics)
        rows += ["", "[[outline.domain]]", f'name = "{domain.name}"',
                 f"weight_low = {domain.weight_low}", f"weight_high = {domain.weight_high}",
                 f"topics = [{topics}]"]  # fmt: skip
    if dependent:
        rows += ["", "[[pattern]]", 'kind = "foundation"', f'domains = ["{domain_name(0)}"]',
                 'text = "x"', 'action = "x"', 'source = "own"']  # fmt: skip
    return "\n".join(rows) + "\n"
