"""The benchmark's questions: python -m tests.benchmarks.planbench [QUESTION ...] [--n N] [--seed S]

Without a question all of them, at a size for half an hour; `--short` takes two minutes.
"""

import argparse
import time

import numpy as np

from tests.benchmarks.planbench import booking, check, references
from tests.benchmarks.planbench.follow import follow
from tests.benchmarks.planbench.forecast import Histories
from tests.benchmarks.planbench.rules import RULES
from tests.benchmarks.planbench.worlds import HIDDEN, WEEK_8H, WORLDS, Population, World

STRATEGIES = ("auto", "two-tier", "priority", "balanced")
DIFFERENT = ("base", "specialists", "100 topics")
MISSES = (0.0, 0.15, 0.30, 0.50)


def percent(x, unit=100):
    """Mean and standard error."""
    return f"{unit * np.mean(x):.1f} ±{unit * np.std(x) / np.sqrt(len(x)):.1f}"


def difference(x, y):
    """The mean difference of paired values and its standard error, in points."""
    d = np.asarray(x) - np.asarray(y)
    return f"{100 * d.mean():+.1f} ±{100 * d.std() / np.sqrt(len(d)):.1f}"


def brier(guess, truth):
    """The expected squared error of a chance, and its standard error."""
    error = (guess - truth) ** 2 + truth * (1 - truth)
    return f"{error.mean():.4f} ±{error.std() / np.sqrt(len(error)):.4f}"


def table(title, head, rows):
    print(f"\n## {title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |", flush=True)


def plans(names, n, seed):
    """Chance to pass, percent: every strategy against studying all domains evenly in turn."""
    rows = []
    for name in names:
        pop = Population(world_of(name), n, seed)
        followed = {s: follow(pop, s, seed) for s in STRATEGIES}
        auto = followed["auto"]

        def even(each, pop=pop):
            return pop.pass_prob(references.play(pop, each.sessions, references.uniform(pop)))

        starts = [references.uniform(pop), references.tilt(pop)]
        split = references.oracle_split(pop, auto.sessions, starts)
        best = references.play(pop, auto.sessions, split)
        oracle = references.play(pop, auto.sessions, None, "oracle")
        rated = follow(pop, "auto", seed, rated=0.3)
        rows.append(
            [name, percent(even(auto)), percent(pop.pass_prob(auto.know))]
            + [difference(pop.pass_prob(f.know), even(f)) for f in followed.values()]
            + [difference(pop.pass_prob(rated.know), pop.pass_prob(auto.know))]
            + [percent(pop.pass_prob(best)), percent(pop.pass_prob(oracle))]
            + [f"{(auto.visits > 0).sum(1).mean():.0f} of {len(pop.dom)}"]
        )
    table(
        f"Plans: chance to pass %, n = {n}, seed {seed}",
        ["world", "evenly", "auto"]
        + [f"{s} against evenly" for s in STRATEGIES]
        + ["auto, topics rated", "best split", "best topics", "things seen"],
        rows,
    )


def rules(names, n, seed):
    """What a rule in place of the product's own would change."""
    rows = []
    for label, in_force in RULES.items():
        cells = []
        for name in names:
            pop = Population(world_of(name), n, seed)
            own = pop.pass_prob(follow(pop, "auto", seed).know)
            with in_force():
                cells.append(difference(pop.pass_prob(follow(pop, "auto", seed).know), own))
        rows.append([label, *cells])
    table(f"Other rules against the product, n = {n}, seed {seed}", ["rule", *names], rows)


def stability(n, seed):
    """How much of a plan a re-plan changes, and what re-planning is worth."""
    rows = []
    for miss in MISSES:
        pop = Population(World(miss=miss, weeks=6, week=tuple(WEEK_8H.items())), n, seed)
        own, once = (follow(pop, "auto", seed, replans=again) for again in (True, False))
        changed, fewest, open_ = own.churn.sum(0)
        rows.append(
            [
                f"{miss:.0%}",
                f"{100 * changed / open_:.2f}",
                f"{100 * fewest / open_:.2f}",
                f"{changed / max(1, fewest):.2f}",
                difference(pop.pass_prob(own.know), pop.pass_prob(once.know)),
            ]
        )
    head = ["missed", "changed by a re-plan %", "fewest %", "ratio", "against never re-planning"]
    table(f"Stability over six weeks, n = {n}, seed {seed}", head, rows)


def forecast(names, n, seed):
    """The chance that Coach shows, and its range."""
    rows = []
    for name in names:
        for reports in (1, 2, 3):
            known = Histories(world_of(name), reports, n, seed)
            p, low, high = known.forecasts()
            inside = (known.truth >= low) & (known.truth <= high)
            cells = percent(p), percent(known.truth), brier(p, known.truth), percent(inside)
            rows.append([name, reports, *cells])
    head = ["world", "reports", "forecast %", "truth %", "Brier", "truth in the range %"]
    table(f"Forecast, n = {n}, seed {seed}", head, rows)


def when(n, seed):
    """Regret of the date of the sitting."""
    rows = []
    pop = Population(World(weeks=8), n, seed)
    for hours, left in ((8, 4), (4, 4), (8, 2), (8, 1)):
        found = booking.regrets(pop, hours, left)
        rows.append([hours, left, *(percent(regret, 1) for regret in found.values())])
    head = ["hours a week", "attempts left", *(f"regret: {rule}" for rule in found)]
    title = f"When to sit: fee {booking.FEE}, a week {booking.WEEK_PRICE}, n = {n}, seed {seed}"
    table(title, head, rows)


def world_of(name):
    return {**WORLDS, **HIDDEN}[name]


QUESTIONS = ("check", "plans", "rules", "stability", "forecast", "when")


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("questions", nargs="*", metavar="QUESTION", help=", ".join(QUESTIONS))
    ap.add_argument("--n", type=int, default=400, help="candidates in a world")
    ap.add_argument("--seed", type=int, default=11)
    ap.add_argument("--worlds", default="", help="names with commas; hidden ones only by name")
    ap.add_argument("--short", action="store_true", help="fewer candidates and worlds")
    asked = ap.parse_args()
    n, named = 40 if asked.short else asked.n, asked.worlds.split(",") if asked.worlds else None
    for question in asked.questions or QUESTIONS:
        begin = time.monotonic()
        if question == "check":
            check.main()
        elif question in ("plans", "rules", "forecast"):
            every = list(WORLDS) if question == "plans" and not asked.short else DIFFERENT
            globals()[question](named or every, n, asked.seed)
        else:
            globals()[question](n, asked.seed)
        print(f"\n{question}: {time.monotonic() - begin:.0f} s", flush=True)


if __name__ == "__main__":
    main()
