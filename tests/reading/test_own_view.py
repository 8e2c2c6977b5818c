"""How a person studied and what they say about a sitting: MU-03, MU-14 and LM-05 to LM-09."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from coach.catalogue.texts import insight_rules
from coach.model.answers import Insight, Note, Retake
from coach.model.attempt import Method, Reflection
from coach.reading.heatmap import heatmap
from coach.reading.insights import InsightContext, ReadReport, insights
from coach.reading.priority import read_report

SAT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
VERDICT = Retake(
    exam="AZ-500",
    status="waiting",
    earliest=SAT,
    certain_from=SAT,
    rule="14-days",
    attempts_used=2,
    attempts_left=3,
    window_start=None,
    window_end=None,
    recommended=None,
    retires=None,
    successor=None,
)
Methods = dict[str, tuple[Method, ...]]


@pytest.fixture
def advise(make_report, az500):
    """`advise("B N N A", "N N N A", methods=..., reflection=...)`: what two failed reports say."""

    def found(
        *bands: str,
        scores: tuple[int, ...] = (600, 600),
        methods: Methods | None = None,
        reflection: Reflection | None = None,
        verdict: Retake = VERDICT,
    ) -> dict[str, Insight]:
        reports = [
            make_report(letters, id=f"r{n}", score=score, reflection=reflection)
            for n, (letters, score) in enumerate(zip(bands, scores, strict=False))
        ]
        history = tuple(
            ReadReport(
                report=report,
                at=SAT,
                passed=False,
                domains=read_report(az500, report),
                methods=methods or {},
            )
            for report in reports
        )
        context = InsightContext(
            rules=insight_rules(),
            exam=az500,
            outline=az500.outlines[-1],
            history=history,
            heatmap=heatmap(az500, reports, on=date(2026, 11, 21)),
            verdict=verdict,
            now=SAT,
            strategy="two-tier",
            status="active",
        )
        return {insight.code: insight for insight in insights(context)}

    return found


def test_mu_03_the_logged_methods_are_carried_to_the_rest(advise, f500) -> None:
    iam, net, csd, _ = (domain.name for domain in f500.domains)
    known: Methods = {iam: ("labs", "questions"), net: ("reading",)}
    found = advise("B B N A", "N B N A", methods=known)["improved"]
    assert "What you did there worked: labs and practice questions." in found.text
    assert found.action == f"Study the same way with {net}; {csd}: labs and practice questions."


def test_without_methods_only_the_domains_are_named(advise) -> None:
    found = advise("B B N A", "N B N A")["improved"]
    assert found.text.endswith("What you did there worked.")


LABS = "labs instead of reading"
COURSE = "a course or study partner instead of studying alone"


@pytest.mark.parametrize(
    ("used", "offered", "dropped"),
    [
        pytest.param((), (LABS, COURSE), (), id="MU-14"),
        pytest.param(("reading",), (LABS, COURSE), (), id="MU-14-reading"),
        pytest.param(("labs",), (COURSE,), (LABS,), id="MU-14-labs"),
        pytest.param(("course",), (LABS,), (COURSE,), id="MU-14-course"),
        pytest.param(("study-partner",), (LABS,), (COURSE,), id="MU-14-partner"),
        pytest.param(("labs", "course"), ("scenarios that combine",), (LABS, COURSE),
                     id="MU-14-both"),
    ],
)  # fmt: skip
def test_what_was_done_is_not_offered_again(advise, f500, used, offered, dropped) -> None:
    known = {f500.domains[0].name: used} if used else {}
    action = advise("N N N A", "N N N A", methods=known)["score-flat"].action
    assert all(option in action for option in offered)
    assert not any(option in action for option in dropped)
    assert ("You have worked with" in action) is bool(used)


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        pytest.param("practice", "Trade reading for labs", id="LM-07"),
        pytest.param("frameworks", "Trade labs for reading", id="LM-08"),
        pytest.param("concepts", "Read first", id="concepts"),
        pytest.param("both", "in two steps", id="both"),
    ],
)
def test_what_seemed_missing_shifts_the_work(advise, f500, lacking, said) -> None:
    found = advise("B N N A", reflection=Reflection(lacking=lacking))["own-view"]
    assert said in found.action
    assert found.source == "own"
    assert found.domains == tuple(domain.name for domain in f500.domains[:3])


def test_lm_05_09_hard_formats_bring_practice_in_them(advise) -> None:
    view = Reflection(hard_formats=("case-study", "drag-and-drop"))
    found = advise("B N N A", reflection=view)["hard-formats"]
    assert "case study; drag and drop" in found.text
    assert "Case study: read the requirements" in found.action
    assert "drag and drop: write the order" in found.action


def test_without_an_own_view_nothing_is_said_about_it(advise) -> None:
    assert not {"own-view", "hard-formats"} & set(advise("B N N A"))


def test_every_insight_says_what_triggered_it(advise) -> None:
    found = advise("B N N A", "B N B N", scores=(600, 640))
    worst = found["heaviest-below"]
    assert worst.facts == (
        "Manage identity and access: below target, then below target; weight 30 %, priority 60",
    )
    assert worst.rule == insight_rules()["heaviest-below"].applies
    assert worst.plan == "It is in tier 1 and takes the largest part of its time."
    assert found["score-up"].facts == ("Scores: 600, then 640; 700 passes",)
    assert all(insight.rule for insight in found.values())


def test_a_retired_exam_leads_with_that_and_has_no_plan(advise) -> None:
    verdict = msgspec.structs.replace(VERDICT, status="retired", rule="retired", earliest=None)
    found = advise("B B N A", verdict=verdict)
    assert next(iter(found)) == "retired"
    assert [code for code, insight in found.items() if insight.plan] == ["retired"]


def test_a_rule_that_could_not_be_verified_is_called_so(advise) -> None:
    note = Note(code="policy-unverified", text="The rules are unverified.", source="own")
    last = msgspec.structs.replace(VERDICT, attempts_left=1)
    sure = advise("B N N A", verdict=last)["last-attempt"]
    unsure = advise("B N N A", verdict=msgspec.structs.replace(last, notes=(note,)))["last-attempt"]
    assert (sure.source, unsure.source) == ("official", "own")
    assert "unverified" not in sure.text
    assert unsure.text.endswith("The rule is unverified.")
