"""Reference rules on the same sessions, without product code: even shares, a tilt, oracles.

A rule splits the time over domains (`shares`: rows that sum to 1) and a chooser says which topic of
the domain is next. They get the same sessions as Coach and suffer the same missed hours.
"""

import numpy as np

from tests.benchmarks.planbench.worlds import Learner, retrievability


def uniform(pop):
    return np.full((pop.n, pop.d), 1 / pop.d)


def tilt(pop):
    """Weight x gap, tilted by the time there is: the best formula that was found."""
    world = pop.world
    hours = sum((_minutes(b) - _minutes(a)) / 60 for a, b in (w.split("-") for _, w in world.week))
    t = 2 * float(np.clip((hours * world.weeks / world.topics - 0.5) / 0.5, 0, 1))
    parts = np.array([2 + t, 1 + t, t])[pop.bands] * pop.w
    parts[parts.sum(1) <= 0] = pop.w
    return parts / parts.sum(1, keepdims=True)


def _minutes(text):
    return 60 * int(text[:2]) + int(text[3:])


def play(pop, sessions, shares, chooser="turn", state=None):
    """Knowledge at the exam when a rule fills these sessions (`follow.Sessions`).

    `chooser`: turn (longest unseen topic of the domain) or oracle (most exam-day gain of all).
    Where wrong answers show what to look at, every rule looks at the topic that seems weakest.
    """
    st = state or Learner(pop)
    end = 7 * pop.world.weeks + 22 / 24
    used = np.zeros((pop.n, pop.d))
    rng = np.random.default_rng(5)
    for s in range(sessions.day.shape[1]):
        rows = np.flatnonzero(sessions.done[:, s])
        if not len(rows):
            continue
        day, hours = sessions.day[rows, s], sessions.hours[rows, s]
        if chooser == "oracle":
            topic = _gains(st, rows, day, hours, end).argmax(1)
        else:
            behind = (2 * used[rows] + hours[:, None]) / np.maximum(shares[rows], 1e-12)
            k, shown = behind.argmin(1), sessions.shown[rows, s]
            inside = pop.dom[None, :] == k[:, None]
            topic = np.where(inside, st.seen[rows], np.inf).argmin(1)
            if shown.any():
                now = st.m[rows] * retrievability(day[:, None] - st.last[rows], st.s[rows])
                weak = now + rng.normal(0, 0.15, now.shape)
                topic = np.where(shown, weak.argmin(1), topic)
            used[rows, k] += np.where(shown, 0, hours)
        st.study(rows, topic, day, hours, sessions.gain[rows, s])
    return st.know(end) if state is None else st


def _gains(st, rows, day, hours, end):
    """Exam-day gain of a session on every topic, by weight."""
    now = st.m[rows] * retrievability(end - st.last[rows], st.s[rows])
    out = np.empty_like(now)
    for j in range(now.shape[1]):
        m2, s2 = st.after(rows, np.full(len(rows), j), day, hours)
        out[:, j] = (m2 * retrievability(end - day, s2) - now[:, j]) * st.pop.tw[j]
    return out


def oracle_split(pop, sessions, starts):
    """The best split for each candidate by exchange search on the true state."""

    def value(units):
        return pop.pass_prob(play(pop, sessions, units / units.sum(1, keepdims=True)))

    best, top = None, None
    for shares in starts:
        units = np.round(shares * 32)
        units[units.sum(1) == 0] = 1
        v = value(units)
        if best is None:
            best, top = units, v
        else:
            best[v > top], top = units[v > top], np.maximum(v, top)
    for step in (8, 4, 2):
        for a in range(pop.d):
            for b in range(pop.d):
                if a != b:
                    trial = best.copy()
                    amount = np.minimum(step, trial[:, a])
                    trial[:, a] -= amount
                    trial[:, b] += amount
                    v = value(trial)
                    take = v > top + 1e-9
                    best[take], top = trial[take], np.maximum(v, top)
    return best / best.sum(1, keepdims=True)
