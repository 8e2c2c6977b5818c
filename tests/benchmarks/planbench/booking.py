"""When to book: the regret of rules in fees and weeks against the best schedule of all.

A candidate studies the same hours every week (the tilt, topics in turn), sits when the rule says
so, waits 14 days after each failed retake, and has so many retakes left. Costs: the fee of each
sitting, a price for every week, and for those who have not passed after the last one more weeks and
a fee. Regret is the cost above the best schedule if everything about the candidate were known.
"""

from itertools import product

import numpy as np

from coach.reading.forecast import belief, chance
from coach.reading.priority import readiness
from coach.reading.when_to_sit import enough
from tests.benchmarks.planbench import references
from tests.benchmarks.planbench.desk import Desk, exam_of, hours_of
from tests.benchmarks.planbench.forecast import evidence_of
from tests.benchmarks.planbench.worlds import Learner

WEEKS, LATEST = 30, 16
FEE, WEEK_PRICE = 165, 30
# First retake in week w, then every g weeks: all schedules that keep the 14 days.
SCHEDULES = tuple(product(range(1, LATEST + 1), (2, 3, 4, 6)))


def curves(pop, hours):
    """The true chance to pass at the end of every week (n, WEEKS)."""
    state, out = Learner(pop), []
    shares, used, rows = references.tilt(pop) + 1e-6, np.zeros((pop.n, pop.d)), np.arange(pop.n)
    for week in range(WEEKS):
        for j in range(hours):
            k = ((2 * used + 1) / shares).argmin(1)
            used[rows, k] += 1
            topic = np.where(pop.dom[None, :] == k[:, None], state.seen, np.inf).argmin(1)
            state.study(rows, topic, np.full(pop.n, 7 * week + 7 * (j + 0.5) / hours), 1.0)
        out.append(pop.pass_prob(state.know(7 * (week + 1))))
    return np.stack(out, 1)


def cost(p, first, gap, left, stuck):
    """The expected cost of a schedule by candidate."""
    n = len(p)
    alive, fees, weeks = np.ones(n), np.zeros(n), np.zeros(n)
    at = np.broadcast_to(np.array(first, int), n)
    for _ in range(left):
        at = np.minimum(at, WEEKS)
        fees += alive * FEE
        passed = p[np.arange(n), at - 1]
        weeks += alive * passed * at
        alive = alive * (1 - passed)
        last, at = at, at + gap
    return fees + alive * FEE + WEEK_PRICE * (weeks + alive * (last + stuck))


def regrets(pop, hours, left):
    """Regret by candidate: the end of the article's window, and the week that Coach advises."""
    stuck = 12 if left > 2 else 40  # the next try is a year away
    p = curves(pop, hours)
    best = np.stack([cost(p, w, g, left, stuck) for w, g in SCHEDULES], 1).min(1)
    exam, week = exam_of(pop), hours_of(pop.world)
    known = [(np.zeros(pop.n), pop.bands, pop.raw)]
    ends, advised = [], []
    for i in range(pop.n):
        ends.append(readiness(Desk(pop, i, exam, week, "auto").readings())[0][1])
        held = belief(evidence_of(pop, i, known))
        good = (
            w for w in range(1, LATEST + 1) if round(chance(held, hours * w).p, 2) >= enough(left)
        )
        advised.append(next(good, LATEST))
    return {
        "end of the article's window": cost(p, ends, 2, left, stuck) - best,
        "the week that Coach advises": cost(p, advised, 2, left, stuck) - best,
    }
