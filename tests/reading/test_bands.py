"""Words and bars become bands the way the vendor means them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.model.attempt import Observation
from coach.reading.bands import ACCEPTED_WORDS, GAP, band_of, observation, parse_band


@pytest.mark.parametrize(
    ("text", "vendor", "origin", "word", "band"),
    [
        pytest.param("near target", "Microsoft", "band", "near", "near", id="RP-04-lower"),
        pytest.param("Near-Target", "Microsoft", "band", "near", "near", id="RP-04-hyphen"),
        pytest.param(" ABOVE  TARGET ", "Microsoft", "band", "above", "above", id="RP-04-spaces"),
        pytest.param("BelowTarget", "Microsoft", "band", "below", "below", id="RP-04-joined"),
        pytest.param("b", "Microsoft", "band", "below", "below", id="RP-04-b"),
        pytest.param("N", "Microsoft", "band", "near", "near", id="RP-04-n"),
        pytest.param("a", "Microsoft", "band", "above", "above", id="RP-04-a"),
        pytest.param("?", "Microsoft", "band", "unknown", "unknown", id="RP-05-unknown"),
        pytest.param(
            "needs  improvement", "Microsoft", "word", "Needs Improvement", "below", id="NI-07"
        ),
        pytest.param("meets competencies", "AWS", "word", "Meets Competencies", "above", id="AWS"),
        pytest.param("Needs Improvement", "AWS", "word", "Needs Improvement", "below", id="AWS-2"),
        pytest.param("near proficiency", "ISC2", "word", "Near Proficiency", "near", id="ISC2"),
        pytest.param("Above Target", "PMI", "word", "Above Target", "above", id="PMI-above"),
        pytest.param("Target", "PMI", "word", "Target", "above", id="PMI-target"),
        pytest.param("BT", "pmi", "word", "BT", "near", id="PMI-below-in-letters"),
        pytest.param("needs work", "hashicorp", "word", "Needs Work", "below", id="HashiCorp"),
        pytest.param("below target", "pmi", "word", "Below Target", "near", id="PMI-below"),
        pytest.param("needs improvement", "PMI", "word", "Needs Improvement", "below", id="PMI-ni"),
    ],
)
def test_a_word_is_read_and_kept(text: str, vendor: str, origin: str, word: str, band: str) -> None:
    assert parse_band(text, vendor) == (origin, word)
    seen = observation("Any", text, vendor)
    assert seen == Observation(domain="Any", origin=origin, word=word)
    assert band_of(seen, vendor) == band


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Great", id="RP-03"),
        pytest.param("80%", id="RP-02"),
        pytest.param("80 %", id="RP-02-space"),
        pytest.param("101", id="above-range"),
        pytest.param("9" * 5000, id="far-above-range"),
        pytest.param("-1", id="negative"),
        pytest.param("62.5.1", id="no-number"),
        pytest.param("100.5", id="just-above-range"),
        pytest.param("target", id="PMI-word-on-a-Microsoft-report"),
        pytest.param("", id="empty"),
        pytest.param("[/x]", id="markup"),
    ],
)
def test_anything_else_is_not_understood(text: str) -> None:
    assert observation("Any", text) is None


@pytest.mark.parametrize(
    ("text", "band"),
    [
        pytest.param("40", "below", id="RP-15-40"),
        pytest.param("60", "near", id="RP-15-60"),
        pytest.param("80", "above", id="RP-15-80"),
        pytest.param("0", "below", id="XC-03"),
        pytest.param("49", "below", id="under-50"),
        pytest.param("50", "near", id="from-50"),
        pytest.param("74", "near", id="under-75"),
        pytest.param("75", "above", id="from-75"),
        pytest.param("100", "above", id="full"),
    ],
)
def test_a_number_is_a_bar(text: str, band: str) -> None:
    seen = observation("Any", text)
    assert seen == Observation(domain="Any", origin="bar", value=int(text))
    assert band_of(seen) == band


def test_a_percentage_is_understood_where_the_vendor_prints_them() -> None:
    seen = observation("Any", "60 %", "Cisco")
    assert seen == Observation(domain="Any", origin="percent", value=60)
    assert band_of(seen, "Cisco") == "near"


def test_a_word_that_cannot_be_read_is_unknown() -> None:
    assert band_of(Observation(domain="Any", origin="word", word="Excellent")) == "unknown"
    assert band_of(Observation(domain="Any", origin="band")) == "unknown"


def test_gaps() -> None:
    assert GAP == {"below": 2, "near": 1, "unknown": 1, "above": 0}


def test_every_accepted_word_is_accepted() -> None:
    assert all(parse_band(word) for word in ACCEPTED_WORDS)


@given(st.integers(0, 99))
def test_a_longer_bar_is_never_a_worse_band(value: int) -> None:
    shorter, longer = (
        band_of(Observation(domain="Any", origin="bar", value=v)) for v in (value, value + 1)
    )
    assert GAP[longer] <= GAP[shorter]


@given(st.text(), st.sampled_from(["Microsoft", "AWS", "PMI", "ISC2", "Cisco"]))
def test_any_text_is_read_or_refused(text: str, vendor: str) -> None:
    seen = observation("Any", text, vendor)
    assert seen is None or band_of(seen, vendor) in GAP
