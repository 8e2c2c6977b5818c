"""Is the chance that Coach shows right, and does its range hold what it says?

Histories of one, two or three failed sittings with study between them; the product's own belief and
chance are asked about the next one. Truth is the exact chance to pass of the simulated candidate.
"""

import numpy as np

from coach.reading.forecast import Evidence, SeenReport, belief, chance
from tests.benchmarks.planbench import references
from tests.benchmarks.planbench.desk import BANDS, domain_name
from tests.benchmarks.planbench.follow import Sessions
from tests.benchmarks.planbench.worlds import Learner, Population, scaled


class Histories:
    """Candidates with so many failed sittings and a plan for the next: what is known, the truth."""

    def __init__(self, world, reports, n, seed):
        rng = np.random.default_rng([seed, reports])
        pop = Population(world, n * (1, 3, 8)[reports - 1], seed)
        state, day = Learner(pop), np.zeros(pop.n)
        known = [(day, pop.bands, pop.raw)]
        for _ in range(reports - 1):
            hours, weeks = rng.integers(5, 41, pop.n), rng.integers(2, 7, pop.n)
            state = _study(state, day, hours, weeks.astype(float))
            day = day + 7 * weeks
            p = pop.domain_p(state.know(day[:, None]))
            x = rng.binomial(pop.n_items, p) / pop.n_items
            raw = x @ pop.w + rng.normal(0, world.equating_sd, pop.n)
            cuts = (world.cut + world.below, world.cut + world.above)
            known.append((day, sum((x >= cut).astype(int) for cut in cuts), raw))
            keep = np.flatnonzero(raw < world.cut)
            pop, state, day = pop.rows(keep), _rows(state, pop, keep), day[keep]
            known = [tuple(a[keep] for a in row) for row in known]
        pick = np.arange(min(n, pop.n))
        self.pop, state, day = pop.rows(pick), _rows(state, pop, pick), day[pick]
        self.known = [tuple(a[pick] for a in row) for row in known]
        self.hours = rng.integers(0, 49, len(pick))
        weeks = np.clip(np.ceil(self.hours / 8), 1, 6)
        after = _study(state, day, self.hours, weeks)
        self.truth = self.pop.pass_prob(after.know((day + 7 * weeks)[:, None]))

    def forecasts(self):
        """Coach's chance, low and high for every candidate."""
        found = []
        for i, hours in enumerate(self.hours):
            known = chance(belief(evidence_of(self.pop, i, self.known)), float(hours))
            found.append((known.p, known.low, known.high))
        return np.array(found).T


def evidence_of(pop, i, known):
    """What the product knows of a candidate: rows of day, bands and raw score, the newest last."""
    newest = known[-1][0][i]
    return Evidence(
        shares={domain_name(k): float(w) for k, w in enumerate(pop.w)},
        reports=tuple(
            SeenReport(
                points=float(np.round(scaled(raw[i], pop.world.cut)) - 700),
                passed=False,
                bands={domain_name(k): BANDS[b] for k, b in enumerate(bands[i])},
                days=float(newest - day[i]),
            )
            for day, bands, raw in known
        ),
    )


def _study(state, start, hours, weeks):
    """Hours by the tilt, topics in turn, evenly over the weeks; all by candidate."""
    j = np.arange(int(hours.max()) or 1)[None, :]
    day = start[:, None] + (j + 0.5) * 7 * weeks[:, None] / np.maximum(hours[:, None], 1)
    done, ones = j < hours[:, None], np.ones(day.shape)
    sessions = Sessions(day, ones, np.zeros(day.shape, bool), ones, done)
    return references.play(state.pop, sessions, references.tilt(state.pop) + 1e-6, state=state)


def _rows(state, pop, keep):
    new = Learner(pop.rows(keep))
    for name in ("m", "s", "last", "seen"):
        setattr(new, name, getattr(state, name)[keep])
    return new
