"""The mapping command, and practice in topics, through the command line."""

import pytest

from tests.cli.conftest import Coach

NOW = "2026-02-15T18:00"
IDENTITY = "Secure identity and access"


@pytest.fixture
def two_outlines(coach: Coach) -> Coach:
    """AZ-500 sat once on the outline of 2023 and once on that of 2026."""
    for at, bands in (("2024-12-01T10:00", "below"), ("2026-02-10T10:00", "near")):
        given = [word for n in range(1, 5) for word in ("--band", f"{n}={bands}")]
        ran = coach("report", "add", "AZ-500", "--at", at, "--score", "620", *given, now=NOW)
        assert ran.code == 0, ran.err
    return coach


def _domains(coach: Coach, *words: str) -> dict[str, str | None]:
    ran = coach("mapping", *words, "--json", now=NOW)
    assert ran.code == 0, ran.err
    (one,) = ran.json["maps"]
    assert (one["earlier"], one["outline"]) == ("2023-10-31", "2026-01-22")
    return {domain["name"]: domain["to"] for domain in one["domains"]}


def test_nothing_is_mapped_unasked(two_outlines: Coach) -> None:
    assert set(_domains(two_outlines).values()) == {None}
    shown = two_outlines("heatmap", "--json", now=NOW).json
    assert [group["outline"] for group in shown["groups"]] == ["2023-10-31"]


def test_pairs_are_kept_and_taken_back(two_outlines: Coach) -> None:
    mapped = _domains(two_outlines, "AZ-500", "1=1", "networking=2")
    assert list(mapped.values()) == [IDENTITY, "Secure networking", None, None]
    shown = two_outlines("heatmap", "--json", now=NOW).json
    assert shown["groups"] == []
    assert [row["trend"] for row in shown["domains"]] == ["improved"] * 2 + ["unknown"] * 2
    assert _domains(two_outlines, "1=")["Manage identity and access"] is None
    assert two_outlines("undo", now=NOW).code == 0
    assert _domains(two_outlines)["Manage identity and access"] == IDENTITY
    assert set(_domains(two_outlines, "--clear").values()) == {None}


def test_suggestions_are_taken_over_where_nothing_is_mapped(two_outlines: Coach) -> None:
    mapped = _domains(two_outlines, "1=4", "--suggested")
    assert mapped["Secure networking"] == "Secure networking"
    assert (mapped["Manage identity and access"] or "").startswith("Secure Azure using")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("9=1",), '"9" is not one domain of outline 2023-10-31'),
        (("1=9",), '"9" is not one domain of outline 2026-01-22'),
        (("1=1", "--from", "1999"), "outlines to map from are 2023-10-31"),
    ],
)
def test_a_wrong_pair_is_refused(two_outlines: Coach, words: tuple[str, ...], said: str) -> None:
    ran = two_outlines("mapping", *words, now=NOW)
    assert (ran.code, said in ran.err) == (1, True), ran.err
    assert set(_domains(two_outlines).values()) == {None}


def test_one_outline_leaves_nothing_to_map(coach: Coach) -> None:
    coach("report", "add", "AZ-104", "--at", "2026-11-20", "--score", "640")
    assert coach("mapping", "--json").json == {
        "exam": "AZ-104",
        "outline": "2026-04-17",
        "maps": [],
    }
    assert "nothing to map" in coach("mapping").out
    ran = coach("mapping", "1=1")
    assert (ran.code, "there is nothing to map" in ran.err) == (1, True), ran.err


def test_practice_in_a_topic_finds_its_domain_and_moves_it_forward(two_outlines: Coach) -> None:
    ran = two_outlines("practice", "add", "--topic", "private access", "--correct", "3",
                       "--total", "8", now=NOW)  # fmt: skip
    assert ran.code == 0, ran.err
    row = two_outlines("heatmap", "--json", now=NOW).json["domains"][1]
    first = row["topics"][0]
    assert first["name"] == "Plan and implement security for private access to Azure resources"
    assert first["level"] == 40.0  # (3+1)/(8+2)
    assert row["practice"]["total"] == 8
    assert row["practice"]["status"] == "needs practice"
    assert row["gap"] == 1  # the band's own gap stays
    # 37.5 % right is a gap of 1.5: (20x1 + 8x1.5) / 28.
    assert row["practice"]["gap"] == 1.14


def test_practice_in_an_unknown_topic_needs_a_domain(two_outlines: Coach) -> None:
    wrong = ("practice", "add", "--topic", "Quilting", "--correct", "3", "--total", "8")
    assert "domain: missing" in two_outlines(*wrong, now=NOW).err
    assert two_outlines(*wrong, "--domain", "1", now=NOW).code == 0
