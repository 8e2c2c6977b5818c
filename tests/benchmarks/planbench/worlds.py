"""Worlds and candidates: who fails the exam, and what the report shows of it.

Everything about people in here is an assumption. The assumptions are the fields of `World`; no
number describes a real person. Memory fades by the formula of FSRS-6, learning is concave.
"""

from dataclasses import dataclass

import numpy as np

AZ500 = (0.30, 0.25, 0.25, 0.20)
SIX = tuple(w / 0.95 for w in (0.225, 0.175, 0.075, 0.125, 0.175, 0.175))
WEEK_8H = {
    "mon": "19:00-20:00",
    "tue": "19:00-20:00",
    "wed": "19:00-20:00",
    "thu": "19:00-20:00",
    "sat": "09:00-13:00",
}
WEEK_4H = {"mon": "19:00-20:00", "wed": "19:00-20:00", "sat": "09:00-11:00"}
WEEK_12H = {
    "mon": "18:00-20:00",
    "tue": "18:00-20:00",
    "wed": "18:00-20:00",
    "thu": "18:00-20:00",
    "sat": "09:00-13:00",
}


@dataclass(frozen=True)
class World:
    """One set of assumptions. Mastery is a part (0-1), times are days, lengths hours."""

    name: str = "base"
    weights: tuple = AZ500
    topics: int = 40  # what there is to know, spread over the domains by weight
    named: int | None = None  # topics per domain that the outline names; None: all of them
    flags: int = 0  # weakest topics that the report lists (seen with noise)
    items: int = 56  # scored questions of a form
    cut: float = 0.66  # part of the questions that maps to the scaled score 700
    guess: float = 0.22  # chance of a question on an unknown topic
    ceil: float = 0.96  # chance of a question on a mastered topic
    equating_sd: float = 0.015
    mu: float = 0.45  # mean logit mastery of all who sit the exam
    sd_general: float = 0.80
    sd_domain: float = 0.55
    sd_topic: float = 0.80
    rate: float = 0.28  # part of a topic's gap that a focused hour closes
    sd_rate_person: float = 0.30
    sd_rate_domain: float = 0.25
    relearn: float = 0.85  # part of what was forgotten that a session brings back
    s_new: float = 4.0  # stability (days) of new knowledge
    s_old: float = 60.0  # stability of what was known at the first sitting
    prereq: float = 0.0  # 0: none; else the rate in other domains at no mastery of the first
    below: float = -0.12  # limits of the bands around the cut
    above: float = 0.06
    week: tuple = tuple(WEEK_8H.items())
    weeks: int = 5
    miss: float = 0.15  # chance that a planned hour does not happen
    skew: float = 1.0  # how much more the first three topics of a domain count each
    active: float = 1.0  # learning rate of lab and practice against plain learning


def _specialists(**more):
    return dict(sd_general=0.40, sd_domain=1.20, **more)


WORLDS = {
    w.name: w
    for w in (
        World(),
        World(name="20 h", week=tuple(WEEK_4H.items())),
        World(name="60 h", week=tuple(WEEK_12H.items())),
        World(name="specialists", **_specialists()),
        World(name="100 topics", topics=100, rate=0.65),
        World(name="spec+100", **_specialists(topics=100, rate=0.65)),
        World(name="six domains", weights=SIX),
        World(name="prerequisite", prereq=0.35),
        World(name="catalogue", named=3),
        World(name="4 flags", flags=4),
        World(name="first three count double", skew=2.0),
        World(name="30 % missed", miss=0.30),
        World(name="labs teach more", active=1.4),
    )
}
# For checking a rule, never for choosing it.
HIDDEN = {
    w.name: w
    for w in (
        World(
            name="h1 six spec 25 h",
            weights=SIX,
            week=tuple(WEEK_4H.items()),
            weeks=6,
            **_specialists(),
        ),
        World(name="h2 slow 60 h", rate=0.18, week=tuple(WEEK_12H.items())),
        World(name="h3 three weeks", weeks=3, week=tuple(WEEK_12H.items())),
        World(name="h4 catalogue spec", named=3, sd_general=0.40, sd_domain=1.0),
    )
}


# FSRS-6 default parameters that are used here
W8, W9, W10, DECAY = 1.8722, 0.1666, 0.796, 0.1542
FACTOR = 0.9 ** (-1.0 / DECAY) - 1.0
DIFFICULTY = 5.0


def retrievability(days, stability):
    """The part of what was known that is still there after so many days."""
    return (1.0 + FACTOR * np.maximum(days, 0.0) / stability) ** (-DECAY)


def phi(x):
    """Standard normal distribution (Abramowitz-Stegun 7.1.26, error < 2e-7)."""
    x = np.asarray(x, float)
    z = np.abs(x) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * z)
    poly = t * (
        0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
    )
    return np.where(x >= 0, 1 - 0.5 * poly * np.exp(-z * z), 0.5 * poly * np.exp(-z * z))


def scaled(raw, cut):
    """Assumed report scale: 0 -> 1, cut -> 700, 1 -> 1000, straight between."""
    raw = np.asarray(raw, float)
    return np.where(raw < cut, 1 + 699 * raw / cut, 700 + 300 * (raw - cut) / (1 - cut))


def apportion(shares, total):
    """Rows of whole numbers by largest remainder."""
    shares = np.asarray(shares, float)
    quota = shares / shares.sum(-1, keepdims=True) * total
    base = np.floor(quota + 1e-12).astype(int)
    left = total - base.sum(-1)
    rank = np.argsort(np.argsort(-(quota - base), -1, kind="stable"), -1, kind="stable")
    return base + (rank < left[..., None])


class Population:
    """Candidates who failed their first sitting, with its report. `n` rows."""

    def __init__(self, world: World, n: int, seed: int, keep: str = "failed"):
        self.world, self.w = world, np.array(world.weights)
        self.per = apportion(self.w[None], world.topics)[0]
        self.d = len(self.w)
        self.dom = np.repeat(np.arange(self.d), self.per)
        counts = np.ones(len(self.dom))
        for k in range(self.d):
            counts[np.flatnonzero(self.dom == k)[:3]] = world.skew
        self.tw = counts * self.w[self.dom] / np.bincount(self.dom, counts)[self.dom]
        self.n_items = apportion(self.w[None], world.items)[0]
        self.groups = self._groups()
        rng = np.random.default_rng(seed)
        got = []
        while sum(len(g[0]) for g in got) < n:
            got.append(self._draw(rng, max(2 * n, 400), keep))
        rows = [np.concatenate(c)[:n] for c in zip(*got, strict=True)]
        self.m0, self.s0, self.r, self.p, self.x, self.raw, self.tie, weak = rows
        self.n = n
        self.bands = (self.x >= world.cut + world.below).astype(int) + (
            self.x >= world.cut + world.above
        )
        self.score = np.clip(np.round(scaled(self.raw, world.cut)), 1, 1000).astype(int)
        self.flagged = np.argsort(weak, 1)[:, : world.flags]

    FIELDS = ("m0", "s0", "r", "p", "x", "raw", "tie", "bands", "score", "flagged")

    def _groups(self):
        """Latent topics by the names that the outline has for them, in outline order."""
        out = []
        for k in range(self.d):
            own = np.flatnonzero(self.dom == k)
            out.append([list(g) for g in np.array_split(own, self.world.named or len(own))])
        return out

    def _draw(self, rng, m, keep):
        c = self.world
        g = rng.normal(c.mu, c.sd_general, (m, 1))
        dd = rng.normal(0, c.sd_domain, (m, self.d))
        z = g + dd[:, self.dom] + rng.normal(0, c.sd_topic, (m, len(self.dom)))
        m0 = 1 / (1 + np.exp(-z))
        s0 = c.s_old * np.exp(rng.normal(0, 0.4, m0.shape))
        r = c.rate * np.exp(
            rng.normal(0, c.sd_rate_person, (m, 1)) + rng.normal(0, c.sd_rate_domain, (m, self.d))
        )
        r = np.clip(r[:, self.dom], 0.02, 0.95)
        p = self.domain_p(m0)
        x = rng.binomial(self.n_items, p) / self.n_items
        raw = x @ self.w + rng.normal(0, c.equating_sd, m)
        ok = raw < c.cut if keep == "failed" else np.ones(m, bool)
        weak = m0 + rng.normal(0, 0.15, m0.shape)
        return [a[ok] for a in (m0, s0, r, p, x, raw, rng.random(m0.shape), weak)]

    def item_p(self, know):
        return self.world.guess + (self.world.ceil - self.world.guess) * know

    def domain_p(self, know):
        pt = self.item_p(know)
        return np.stack(
            [pt[:, self.dom == k] @ self.tw[self.dom == k] / self.w[k] for k in range(self.d)], 1
        )

    def pass_prob(self, know):
        """The exact chance to pass a parallel form, by normal approximation of the raw score."""
        p = self.domain_p(know)
        var = (self.w**2 * p * (1 - p) / self.n_items).sum(1) + self.world.equating_sd**2
        return phi((p @ self.w - self.world.cut) / np.sqrt(var))

    def rows(self, index):
        """The population of these rows (an index or a slice)."""
        q = Population.__new__(Population)
        q.__dict__.update(self.__dict__)
        for name in self.FIELDS:
            setattr(q, name, getattr(self, name)[index])
        q.n = len(q.m0)
        return q


class Learner:
    """What every candidate of a population knows, topic by topic."""

    def __init__(self, pop: Population):
        self.pop = pop
        self.m, self.s = pop.m0.copy(), pop.s0.copy()
        self.last = np.zeros_like(self.m)
        self.seen = pop.tie * 1e-3 - 1.0  # day of the last visit; ties by chance

    def know(self, day):
        return self.m * retrievability(day - self.last, self.s)

    def after(self, rows, topic, day, hours, gain=1.0):
        """Mastery and stability after `hours` on `topic` at `day` (all may be arrays)."""
        c, p = self.pop.world, self.pop
        m, s = self.m[rows, topic], self.s[rows, topic]
        ret = retrievability(day - self.last[rows, topic], s)
        eff = m * ret
        rate = p.r[rows, topic]
        if c.prereq:
            first = p.dom == 0
            since = np.reshape(day, (-1, 1)) - self.last[rows][:, first]
            held = (self.m[rows][:, first] * retrievability(since, self.s[rows][:, first])).mean(1)
            slow = np.clip(c.prereq + (1 - c.prereq) * held / 0.75, c.prereq, 1.0)
            rate = np.where(p.dom[topic] == 0, rate, rate * slow)
        r = 1 - (1 - np.clip(rate, 0, 0.95)) ** (hours * gain)
        m2 = np.minimum(
            eff + c.relearn * (m - eff) * np.minimum(1.0, hours * 1.5) + r * (1 - m), 0.999
        )
        grow = 1 + np.exp(W8) * (11 - DIFFICULTY) * s ** (-W9) * (np.exp(W10 * (1 - ret)) - 1)
        s2 = (eff * s * grow + (m2 - eff) * np.maximum(c.s_new, 0.3 * s)) / np.maximum(m2, 1e-9)
        return m2, s2

    def study(self, rows, topic, day, hours, gain=1.0):
        m2, s2 = self.after(rows, topic, day, hours, gain)
        self.m[rows, topic], self.s[rows, topic] = m2, s2
        self.last[rows, topic] = day
        self.seen[rows, topic] = day + self.pop.tie[rows, topic] * 1e-3
