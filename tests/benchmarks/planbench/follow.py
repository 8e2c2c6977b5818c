"""Candidates who follow Coach's plan, session by session, and what comes of it.

What a session does to a candidate (assumptions, the same for every strategy and every rule):

- learn, lab, practice: all of its time on one topic. Where the outline's topic holds several things
  to know, on the one seen longest ago. Lab and practice teach `World.active` times as fast.
- a scenario, or a lab into which other domains come: half of the time on its own topic, the rest
  on the longest unseen topic of each of the other domains.
- mixed review or practice: its time evenly on the topics that the plan names for it.
- assessment: half of the time answers questions, half goes over what was wrong: the two topics
  that the candidate knows least, as far as it shows (noise 0.15). It is logged by domain.
- buffer: nothing.
- after a practice session a quiz of ten questions on its topic is logged.

A session is missed with chance `World.miss`, by place in the calendar, the same for all strategies.
Coach plans again on Wednesday and Sunday night, which is when these users open it.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from msgspec.structs import replace

from tests.benchmarks.planbench import desk as desks_
from tests.benchmarks.planbench.desk import START, day_of, domain_name, topic_name
from tests.benchmarks.planbench.worlds import Learner, retrievability

QUIZ_ITEMS, ASSESSMENT_ITEMS, NOISE = 10, 40, 0.15
EVENINGS = (timedelta(days=3, hours=10), timedelta(days=7, hours=8))  # Wed 22:00, Sun 20:00


@dataclass
class Followed:
    """What came of it: `know` at the exam, `sessions` for a reference rule to fill, `shares` of the
    last plan, `visits` by topic, `churn` rows of (changed, fewest, open)."""

    know: np.ndarray
    sessions: "Sessions"
    shares: np.ndarray
    visits: np.ndarray
    churn: np.ndarray
    desks: list


@dataclass
class Sessions:
    """When, how long, whether wrong answers show what to look at. Rows are padded."""

    day: np.ndarray
    hours: np.ndarray
    shown: np.ndarray
    gain: np.ndarray
    done: np.ndarray

    @classmethod
    def of(cls, rows):
        grid = np.zeros((4, len(rows), max(map(len, rows))))
        done = np.zeros(grid.shape[1:], bool)
        for i, own in enumerate(rows):
            if own:
                grid[:, i, : len(own)] = np.array(own, float).T
                done[i, : len(own)] = True
        return cls(grid[0], grid[1], grid[2] > 0, grid[3], done)


class _Places:
    """Where the things to know stand in the outline."""

    def __init__(self, pop):
        self.things = {
            (domain_name(k), topic_name(k, j)): group
            for k, groups in enumerate(pop.groups)
            for j, group in enumerate(groups)
        }
        self.number = {domain_name(k): k for k in range(pop.d)}
        self.of = {k: np.flatnonzero(pop.dom == k) for k in range(pop.d)}
        self.topic = {
            (domain_name(k), topic_name(k, j)): (k, j)
            for k, groups in enumerate(pop.groups)
            for j in range(len(groups))
        }


def follow(pop, strategy, seed, *, rated=0.0, replans=True, keep=False):
    """Plays the whole preparation. With `rated` the candidates say at first how well they know each
    topic, with that error."""
    rng = np.random.default_rng([seed, 78])
    exam, hours, places = desks_.exam_of(pop), desks_.hours_of(pop.world), _Places(pop)
    desks = [desks_.Desk(pop, i, exam, hours, strategy) for i in range(pop.n)]
    if rated:
        _rate(pop, desks, rated, seed)
    free = _free_time(pop, seed)
    learner = Learner(pop)
    seen, visits = pop.tie * 1e-3 - 1.0, np.zeros(learner.m.shape, int)
    rows, churn = [[] for _ in range(pop.n)], []
    moments = _moments(pop.world, replans)
    for now, until in zip(moments, [*moments[1:], desks[0].end], strict=True):
        state = learner.know(day_of(now)) + rng.normal(0, NOISE, learner.m.shape)
        events = []
        for i, desk in enumerate(desks):
            before = [b for b in desk.blocks if b.start >= now]
            result = desk.plan(now)
            if now > START:
                churn.append(churn_of(before, [b for b in desk.blocks if b.start >= now], result))
            events.append(_studied(pop, desk, (now, until), free[i], seen[i], state[i], places))
            for day, parts, assessed, *_ in events[-1]:
                for t, h, gain in parts:
                    rows[i].append((day, h, assessed, gain))
                    visits[i, t] += 1
        _play(pop, learner, events, desks, rng)
    return Followed(
        know=learner.know(day_of(desks[0].end)),
        sessions=Sessions.of(rows),
        shares=np.array([[d.shares.get(name, 0) for name in places.number] for d in desks]),
        visits=visits,
        churn=np.array(churn).reshape(-1, 3),
        desks=desks if keep else [],
    )


def _moments(world, replans):
    weeks = range(world.weeks if replans else 0)
    evenings = [START + timedelta(weeks=w) + at for w in weeks for at in EVENINGS]
    return [START, *(at for at in evenings if at < START + timedelta(weeks=world.weeks))]


def _free_time(pop, seed):
    """Which quarter hours of which day a candidate really has (n, days, 96)."""
    rng = np.random.default_rng([seed, 77])
    return rng.random((pop.n, 7 * pop.world.weeks + 3, 96)) >= pop.world.miss


def _rate(pop, desks, error, seed):
    said = pop.m0 + np.random.default_rng([seed, 79]).normal(0, error, pop.m0.shape)
    places = _Places(pop)
    for i, desk in enumerate(desks):
        desk.rate({place: said[i, group].mean() for place, group in places.things.items()})


def churn_of(before, after, result):
    """Sessions that a re-plan changed, the fewest that the new counts need, and those open. Where
    learning was missed, the work on its topic is put back into order, which no count shows."""
    old, new = (Counter(b.domain or b.activity for b in blocks) for blocks in (before, after))
    changed = sum(c.kind != "added" and c.reason.code != "ORDER" for c in result.changes)
    return changed, (old - new).total(), len(before)


def _studied(pop, desk, span, free, seen, state, places):
    """The sessions of these days that are not missed: day, parts, assessed, quiz, end."""
    events, done = [], {}
    for block in desk.blocks:
        if not span[0] <= block.start < span[1] or block.status != "planned":
            continue
        at = block.start.hour * 4 + block.start.minute // 15
        if block.activity == "buffer" or not free[(block.start.date() - START.date()).days, at]:
            continue
        done[block.id] = replace(block, status="done")
        parts, day = _parts(pop, desk, block, seen, state, places), day_of(block.start)
        for t, *_ in parts:
            seen[t] = day
        quiz = block.activity == "practice" and places.topic.get((block.domain, block.topic))
        events.append((day, parts, block.activity == "assessment", quiz, block.end))
    desk.blocks = tuple(done.get(b.id, b) for b in desk.blocks)
    return events


def _parts(pop, desk, block, seen, state, places):
    """What a session is spent on: thing to know, hours, gain."""
    h = block.minutes / 60
    active = pop.world.active if block.activity in ("lab", "practice", "scenario") else 1.0

    def oldest(things):
        return min(things, key=lambda t: seen[t])

    if block.activity == "assessment":
        return [(t, h / 4, 1.0) for t in np.argsort(state)[:2]]
    if block.domain is None:
        named = desk.mixed.get(block.id) or [(name, block.topic) for name in block.also]
        groups = [places.things.get(p) for p in named]
        groups = [g for g in groups if g] or [places.of[k] for k in places.of]
        return [(oldest(g), h / len(groups), active) for g in groups]
    k = places.number[block.domain]
    own = oldest(places.things.get((block.domain, block.topic), places.of[k]))
    also = [places.number[name] for name in block.also]
    if not also:
        return [(own, h, active)]
    others = [(oldest(places.of[k]), h / 2 / len(also), active) for k in also]
    return [(own, h / 2, active), *others]


def _play(pop, learner, events, desks, rng):
    """All candidates at once, session by session; logs the quizzes."""
    for k in range(max(map(len, events))):
        rows = [i for i, own in enumerate(events) if len(own) > k]
        for j in range(max(len(events[i][k][1]) for i in rows)):
            some = np.array([i for i in rows if len(events[i][k][1]) > j])
            topic, hours, gain = (
                np.array(part) for part in zip(*(events[i][k][1][j] for i in some), strict=True)
            )
            day = np.array([events[i][k][0] for i in some])
            learner.study(some, topic.astype(int), day, hours, gain)
        for i in rows:
            day, _, assessed, quiz, at = events[i][k]
            know = learner.m[i] * retrievability(day - learner.last[i], learner.s[i])
            if assessed:
                items = np.maximum(1, np.round(pop.w * ASSESSMENT_ITEMS)).astype(int)
                for d, p in enumerate(pop.domain_p(know[None])[0]):
                    right = rng.binomial(items[d], p)
                    desks[i].log(d, None, right, items[d], at, "assessment")
            elif quiz:
                p = pop.item_p(know[pop.groups[quiz[0]][quiz[1]]].mean())
                desks[i].log(*quiz, rng.binomial(QUIZ_ITEMS, p), QUIZ_ITEMS, at)
