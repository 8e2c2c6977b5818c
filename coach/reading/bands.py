"""The band behind what a report showed for a domain, and the words people use for it."""

import re

from coach.model.attempt import Band, Observation, Origin
from coach.model.plan import Activity

GAP: dict[Band, int] = {"below": 2, "near": 1, "unknown": 1, "above": 0}
"""How far a band is from the target. Unknown counts as near (own)."""

BAND_PHRASE: dict[Band, str] = {
    "below": "below target",
    "near": "near target",
    "above": "above target",
    "unknown": "unknown",
}
"""A band in a sentence."""

ACCEPTED_WORDS: tuple[str, ...] = ("below", "near", "above", "unknown", "needs improvement")

ABOVE_FROM = 75
NEAR_FROM = 50

BAND_MEANING: dict[Band, tuple[str, str]] = {
    "below": (
        "A real gap in the fundamentals of this domain, not bad luck with single questions.",
        "Learn the services from the ground up, with a lab every week.",
    ),
    "near": (
        "Close, but key concepts are missing and could cost the same points again.",
        "Go over the details you passed by, and practise them in scenarios.",
    ),
    "above": (
        "Solid: the core concepts are there, and most answers were probably right.",
        "Keep it warm with a light review; it is not a priority.",
    ),
    "unknown": (
        "The report did not show this domain, so it counts as near target.",
        "Add the band when you know it.",
    ),
}
"""What a band says about a domain, and what to do about it [DR-01-08]."""

WAY: dict[Band, Activity] = {
    "below": "lab",
    "near": "scenario",
    "above": "review",
    "unknown": "scenario",
}
"""The way of working that suits a band: from the ground up, in scenarios, or a light review."""

_Entry = tuple[Origin, str, Band]


def _key(text: str) -> str:
    return "".join(ch for ch in text.casefold() if ch.isalnum() or ch == "?")


def _own(band: Band, *spellings: str) -> dict[str, _Entry]:
    return {_key(spelling): ("band", band, band) for spelling in spellings}


def _vendor(band: Band, *words: str) -> dict[str, _Entry]:
    return {_key(word): ("word", word, band) for word in words}


_WORDS: dict[str, _Entry] = {
    **_own("below", "b", "below", "below target"),
    **_own("near", "n", "near", "near target"),
    **_own("above", "a", "above", "above target"),
    **_own("unknown", "?", "unknown", "n/a"),
    **_vendor("below", "Needs Improvement", "Below Proficiency", "Needs Work"),
    **_vendor("near", "Near Proficiency", "Near Baseline"),
    **_vendor("above", "Meets", "Meets Competencies", "Above Proficiency", "Above Baseline"),
}
# PMI's scale has two steps above the line, so its "Below Target" sits where others have "near".
_PMI = {
    **_vendor("above", "Above Target", "Target", "AT", "T"),
    **_vendor("near", "Below Target", "BT"),
    **_vendor("below", "NI"),
}
_WORDS_OF: dict[str, dict[str, _Entry]] = {"pmi": _WORDS | _PMI}
_PRINT_PERCENT = ("anthropic", "cisco", "salesforce")
# Those of Cisco print one only for some exams.
_NEED_NO_SCORE = (
    *("cisco", "databricks", "ec", "google", "hashicorp", "isc2", "oracle", "pmi", "salesforce"),
    "unknown",
)
_NUMBER = r"(?a)(\d{1,3})(?:[.,](\d{1,2}))?"
_BAR: Origin = "bar"
_PERCENT: Origin = "percent"


def _family(policy: str) -> str:
    """The vendor part of a policy's id: `cisco` of `cisco-associate`."""
    return policy.casefold().partition("-")[0]


def _entry(text: str, policy: str) -> _Entry | None:
    return _WORDS_OF.get(_family(policy), _WORDS).get(_key(text))


def needs_score(policy: str) -> bool:
    """Whether a report has to show a score, and not only pass or fail."""
    return _family(policy) not in _NEED_NO_SCORE


def parse_band(text: str, policy: str = "microsoft") -> tuple[Origin, str] | None:
    """Read a band word in any case, spacing or hyphenation.

    Gives `("band", band)` for one of Coach's own words and `("word", the vendor's word)` for
    any other, None where the word is not known. `policy` settles words that mean different
    things on different reports.
    """
    found = _entry(text, policy)
    return found and found[:2]


def band_of(observation: Observation, policy: str = "microsoft") -> Band:
    """The band of an observation: a bar or percent of 75 or more is above, 50-74 near, less
    below (own); a word as its vendor means it. Unknown where neither can be read."""
    if observation.value is not None:
        if observation.value >= ABOVE_FROM:
            return "above"
        return "near" if observation.value >= NEAR_FROM else "below"
    found = _entry(observation.word or "", policy)
    return found[2] if found else "unknown"


def observation(domain: str, text: str, policy: str = "microsoft") -> Observation | None:
    """What was typed for a domain, or None where it is neither a word nor a number 0-100.

    A number is a bar read by eye. "80%" is understood only where reports print percentages:
    anywhere else the caller has to ask whether a bar was meant.
    """
    typed = text.strip()
    number, origin = typed, _BAR
    if _family(policy) in _PRINT_PERCENT and typed.endswith("%"):
        number, origin = typed[:-1].rstrip(), _PERCENT
    if found := re.fullmatch(_NUMBER, number):
        decimals = (found[2] or "").rstrip("0")
        value = float(f"{found[1]}.{decimals}") if decimals else int(found[1])
        return Observation(domain=domain, origin=origin, value=value) if value <= 100 else None
    parsed = parse_band(typed, policy)
    return parsed and Observation(domain=domain, origin=parsed[0], word=parsed[1])
