"""Study material and pasted outlines on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Coach

OUTLINE = """\
XY-300 Keeping bees
Hive care (40-50%)
Inspect a hive
Treat against mites
Honey (50-60%)
Extract honey
"""


@pytest.fixture
def pasted(tmp_path: Path) -> Callable[[str], str]:
    """The path of a file that holds a text."""

    def write(text: str) -> str:
        path = tmp_path / "outline.txt"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


Pasted = Callable[[str], str]


@pytest.fixture
def tracking(coach: Coach) -> Coach:
    assert coach("exams", "track", "AZ-104").code == 0
    return coach


def test_material_is_listed_by_domain_topic_and_kind(coach: Coach) -> None:
    every = coach("resources", "az104", "--json").json
    assert every["exam"] == "AZ-104"
    assert {row["kind"] for row in every["resources"]} == {"lab", "learn", "assessment"}
    assert len({row["id"] for row in every["resources"]}) == len(every["resources"])
    storage = coach("resources", "AZ-104", "--domain", "2", "--kind", "lab", "--json").json
    (lab,) = storage["resources"]
    assert (lab["title"], lab["minutes"]) == ("Lab 07: Manage Azure storage", 50)
    assert (lab["domain"], lab["topic"], lab["done"]) == (
        "Implement and manage storage", None, False,
    )  # fmt: skip
    topic = coach("resources", "AZ-104", "--topic", "virtual machines", "--json").json
    assert "Lab 08: Manage Virtual Machines" in {row["title"] for row in topic["resources"]}
    assert coach("resources", "CISSP", "--json").json["resources"] == []


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("resources", "AZ-104", "--domain", "quantum"), "quantum"),
        (("resources", "XX-999"), "XX-999"),
        (("resources", "done", "zzzz"), "is no resource of a tracked exam"),
    ],
)
def test_what_is_not_known_is_refused_in_one_line(
    tracking: Coach, args: tuple[str, ...], says: str
) -> None:
    refused = tracking(*args)
    assert refused.code == 1
    assert says in refused.err
    assert refused.err.count("\n") == 1


def test_material_is_marked_as_done_and_the_mark_taken_back(tracking: Coach) -> None:
    first = tracking("resources", "AZ-104", "--json").json["resources"][0]["id"]
    assert tracking("resources", "done", first[:6], "--json").json == {"id": first, "done": True}

    def done() -> list[str]:
        rows = tracking("resources", "AZ-104", "--json").json["resources"]
        return [row["id"] for row in rows if row["done"]]

    assert done() == [first]
    assert tracking("undo").code == 0
    assert done() == []
    assert tracking("resources", "done", first).code == 0
    assert tracking("resources", "done", first, "--clear").code == 0
    assert done() == []


def test_a_pasted_outline_becomes_an_exam_without_a_known_rule(
    coach: Coach, pasted: Pasted
) -> None:
    made = coach("exams", "import", pasted(OUTLINE), "--vendor", "Bee guild", "--json").json
    assert (made["code"], made["vendor"], made["policy"]) == ("XY-300", "Bee guild", "unknown")
    assert (made["passing_score"], made["title"]) == (None, "XY-300 Keeping bees")
    (outline,) = made["outlines"]
    assert [(d["name"], d["weight_low"], d["weight_high"]) for d in outline["domains"]] == [
        ("Hive care", 40, 50),
        ("Honey", 50, 60),
    ]
    assert outline["domains"][0]["topics"] == ["Inspect a hive", "Treat against mites"]
    assert coach("retake", "XY-300", "--json").json["status"] == "unknown"


@pytest.mark.parametrize("heading", ["Domain\tPercentage", "Skills at a glance"])
def test_the_heading_of_an_outline_is_no_title(coach: Coach, pasted: Pasted, heading: str) -> None:
    text = f"{heading}\nHive care\t40%\nHoney\t60%\nTotal\t100%\n"
    made = coach("exams", "import", pasted(text), "--code", "XY-300", "--vendor", "V", "--json")
    assert made.json["title"] == "XY-300"


def test_a_pasted_outline_is_compared_and_taken_over(coach: Coach, pasted: Pasted) -> None:
    assert coach("exams", "import", pasted(OUTLINE), "--vendor", "Bee guild").code == 0
    newer = OUTLINE.replace("40-50", "30-40").replace("50-60", "60-70")
    found = coach("exams", "check", pasted(newer), "--json").json
    assert [(c["kind"], c["domain"], c["from"], c["to"]) for c in found["changes"]] == [
        ("weight", "Hive care", "40-50", "30-40"),
        ("weight", "Honey", "50-60", "60-70"),
    ]
    dated = newer.replace("bees", "bees, as of 2026-10-01")
    assert coach("exams", "import", pasted(dated)).code == 0
    ids = [o["id"] for o in coach("exams", "show", "XY-300", "--json").json["outlines"]]
    assert "2026-10-01" in ids
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("text", "field"),
    [("no outline at all", "file"), ("Hives (100%)\n", "code")],
)
def test_a_text_that_cannot_be_an_exam_is_refused(
    coach: Coach, pasted: Pasted, text: str, field: str
) -> None:
    refused = coach("exams", "import", pasted(text))
    assert refused.code == 1
    assert refused.err.startswith(f"coach: {field}: ")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("sysops", "SOA-C03"),
        ("hashicorp vault", "VAULT-003"),
        ("aws developer", "DVA-C02"),
        ("adm-201", "PLAT-ADMN-201"),
        ("ccna", "200-301"),
        ("security+", "SY0-701"),
    ],
)
def test_exams_are_found_by_vendor_older_code_and_former_name(
    coach: Coach, query: str, code: str
) -> None:
    found = coach("exams", *query.split(), "--json").json["exams"]
    assert code in [row["code"] for row in found]


@pytest.mark.parametrize(
    ("now", "status"),
    [("2026-11-28T09:00", "announced"), ("2026-12-01T09:00", "active")],
)
def test_an_exam_is_announced_until_its_first_day(coach: Coach, now: str, status: str) -> None:
    assert coach("exams", "show", "DVA-C03", "--json", now=now).json["status"] == status


def test_a_tracked_exam_without_skill_areas_says_what_is_missing(coach: Coach) -> None:
    coach("exams", "track", "DVA-C03")
    assert coach("schedule", "DVA-C03", "--json").json["reason"].startswith("no outline: ")


def test_material_goes_with_the_card_of_an_exam(coach: Coach) -> None:
    shown = coach("exams", "show", "AZ-104").out
    assert "Lab 07: Manage Azure storage" in shown


def test_a_checked_outline_is_taken_over_on_request(coach: Coach, pasted: Pasted) -> None:
    assert (
        coach("exams", "import", pasted(OUTLINE), "--vendor", "Guild", "--policy", "unknown").code
        == 0
    )
    newer = pasted(OUTLINE.replace("(40-50%)", "(30-40%)").replace("(50-60%)", "(60-70%)"))
    checked = coach("exams", "check", newer, "--json").json
    assert not checked["taken_over"]
    assert {change["kind"] for change in checked["changes"]} == {"weight"}
    shown = coach("exams", "show", "XY-300", "--json").json["outlines"][0]["domains"]
    assert shown[0]["weight_low"] == 40
    assert coach("exams", "check", newer, "--take-over", "--json").json["taken_over"]
    shown = coach("exams", "show", "XY-300", "--json").json["outlines"][0]["domains"]
    assert [domain["weight_low"] for domain in shown] == [30, 60]


def test_an_exam_is_shown_with_its_material(coach: Coach) -> None:
    shown = coach("exams", "show", "AZ-104", "--json").json
    assert shown["resources"] == coach("resources", "AZ-104", "--json").json["resources"]
    told = coach("exams", "show", "AZ-104").out
    assert told.index("Lab 07: Manage Azure storage") > told.rindex(
        "Implement and manage storage\n"
    )
    assert coach("exams", "show", "CISSP", "--json").json["resources"] == []


def test_what_is_old_is_said_with_the_page_to_compare(coach: Coach) -> None:
    assert "Older than 180 days" not in coach("exams", "show", "AZ-104").out
    told = coach("exams", "show", "AZ-104", now="2027-06-01T09:00").out
    assert "Older than 180 days: compare the outline of 2026-09-28 with https://" in told


def test_the_lab_of_a_ticked_session_is_done_until_the_tick_is_undone(coach: Coach) -> None:
    coach("exams", "track", "AZ-104")
    plan = json.loads(coach("schedule", "--json").out)
    labs = [
        block
        for week in plan["weeks"]
        for block in week["blocks"]
        if block["activity"] == "lab" and block["domain"].startswith("Implement and manage storage")
    ]
    lab = labs[0]["resource"]

    def done() -> bool:
        listed = json.loads(coach("resources", "--json").out)
        return {row["id"]: row["done"] for row in listed["resources"]}[lab["id"]]

    assert lab["kind"] == "lab"
    assert (lab["part"], lab["parts"], done()) == (1, 1, False)
    coach("block", "done", labs[0]["id"])
    assert done()
    coach("undo")
    assert not done()
