"""One simulated user's copy of Coach: an exam made for a world, and plans by the real planner.

`Desk` does what `coach.service.replanning` does for one exam: the same request from the same facts,
without the file. `check.py` shows that both give the same plans.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from coach.model.attempt import Observation, Report
from coach.model.exam import Domain, Exam, Outline
from coach.model.plan import Practice
from coach.model.settings import Hours, Window
from coach.planning.content import mixed_topics
from coach.planning.draft_plan import PlanRequest, buffer_percent
from coach.planning.replan import replan_all
from coach.reading.practice import topic_levels
from coach.reading.priority import read_domains
from tests.benchmarks.planbench.worlds import apportion

ZONE = ZoneInfo("UTC")
START = datetime(2026, 1, 4, 12, 0, tzinfo=ZONE)  # a Sunday noon: the report
SITTING = datetime(2026, 1, 5, 10, 0, tzinfo=ZONE)  # and so many weeks
BANDS = ("below", "near", "above")
CODE = "SIM-100"


def day_of(moment):
    """Days since the report."""
    return (moment - START) / timedelta(days=1)


def domain_name(k):
    return f"Domain {chr(65 + k)}"


def topic_name(k, j):
    return f"{chr(65 + k)} topic {j + 1:02d}"


def exam_of(pop):
    """An exam whose outline has the world's weights and the names of its topics."""
    whole = [int(w) for w in apportion(pop.w[None], 100)[0]]
    domains = tuple(
        Domain(
            name=domain_name(k),
            weight_low=whole[k],
            weight_high=whole[k],
            topics=tuple(topic_name(k, j) for j in range(len(pop.groups[k]))),
        )
        for k in range(pop.d)
    )
    outline = Outline(id="sim-1", as_of=None, source="planbench", confidence="own", domains=domains)
    return Exam(code=CODE, title="A simulated exam", outlines=(outline,))


def hours_of(world):
    def window(text):
        a, b = (time.fromisoformat(t) for t in text.split("-"))
        return (Window(start=a, end=b),)

    return Hours(windows={day: window(text) for day, text in world.week})


class Desk:
    """One candidate's report, practice and plan."""

    def __init__(self, pop, i, exam, hours, strategy):
        self.hours, self.strategy = hours, strategy
        self.outline, self.dependent = exam.outlines[0], pop.world.prereq > 0
        place = {
            t: (k, j)
            for k, groups in enumerate(pop.groups)
            for j, g in enumerate(groups)
            for t in g
        }
        flags = tuple(dict.fromkeys(topic_name(*place[t]) for t in pop.flagged[i]))
        self.report = Report(
            id="r1",
            attempt="a1",
            exam=CODE,
            outline="sim-1",
            score=int(pop.score[i]),
            flags=flags,
            observations=self._observations(pop.bands[i]),
        )
        self.start, self.end = START, SITTING + timedelta(weeks=pop.world.weeks)
        self.blocks, self.practice = (), []
        self.shares, self.bands, self.previous_end, self.number = {}, {}, None, 0
        self.last, self.order = None, {}

    @staticmethod
    def _observations(bands):
        return tuple(
            Observation(domain=domain_name(k), origin="band", word=BANDS[b])
            for k, b in enumerate(bands)
        )

    def rate(self, ratings):
        """The candidate's own word on every topic becomes the order inside the domains."""
        self.order = {
            d.name: tuple(sorted(d.topics, key=lambda t, d=d: ratings[d.name, t]))
            for d in self.outline.domains
        }

    def readings(self):
        return read_domains(
            self.outline,
            self.report,
            topic_order=self.order,
            topic_levels=topic_levels(self.practice),
            foundations=(domain_name(0),) if self.dependent else (),
        )

    def new_report(self, bands, at):
        """Another sitting while the plan runs: the plan counts from there."""
        self.start = at
        self.report = replace(self.report, id="r2", observations=self._observations(bands))

    def log(self, k, j, correct, total, at, source="quiz"):
        """A practice result of a topic, or of a domain where `j` is None."""
        self.practice.append(
            Practice(
                id=f"p{len(self.practice):03d}",
                exam=CODE,
                domain=domain_name(k),
                correct=int(correct),
                total=int(total),
                at=at,
                source=source,
                topic=None if j is None else topic_name(k, j),
            )
        )

    def plan(self, now):
        """Plan again at `now`; the result is the product's own."""
        domains = self.readings()
        result = replan_all(
            [
                PlanRequest(
                    exam=CODE,
                    now=now,
                    zone=ZONE,
                    domains=domains,
                    strategy=self.strategy,
                    hours=self.hours,
                    start=self.start,
                    end=self.end,
                    exam_start=self.end,
                    revision=self.number + 1,
                    existing=self.blocks,
                    taken=frozenset(b.id for b in self.blocks),
                    previous_bands=self.bands,
                    previous_shares=self.shares,
                    previous_end=self.previous_end,
                    buffer_percent=buffer_percent(self.blocks, now),
                )
            ]
        )[0]
        self.number += 1
        self.bands = {a.domain: a.band for a in result.allocation}
        self.shares = {a.domain: a.share for a in result.allocation}
        self.previous_end, self.blocks, self.last = self.end, result.blocks, result
        live = [b for b in self.blocks if b.status_at(now) in ("done", "planned")]
        self.mixed = mixed_topics(live, domains)
        return result
