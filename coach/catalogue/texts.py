"""The packaged texts: kinds of topics, questions and answers, and the rules behind insights.

Each file is read when it is first asked for, and kept.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

import msgspec

from coach.catalogue.lookup import DATA
from coach.model.answers import InsightRule, Question
from coach.model.exam import TopicKind

T = TypeVar("T")


@lru_cache(maxsize=1)
def topic_kinds() -> tuple[TopicKind, ...]:
    """The kinds of topics, the more telling ones first and the one for any other name last."""
    return tuple(_read("kinds", dict[str, list[TopicKind]])["kind"])


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """What people ask about scores and score reports, with answers."""
    return tuple(_read("faq", dict[str, list[Question]])["question"])


@lru_cache(maxsize=1)
def insight_rules() -> Mapping[str, InsightRule]:
    """The rule behind each insight by code; `CODE/case` has the words for another case of it."""
    return _read("insights", dict[str, InsightRule])


def _read(name: str, kind: type[T]) -> T:
    return msgspec.toml.decode((DATA / "texts" / f"{name}.toml").read_bytes(), type=kind)
