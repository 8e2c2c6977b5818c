"""Questions that people ask about scores and reports."""

import msgspec

from coach.model.documents.retake import Source


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question with its answer and where the answer comes from."""

    code: str
    question: str
    answer: str
    source: Source


class Faq(msgspec.Struct, frozen=True, kw_only=True):
    """The questions, what people ask first standing first."""

    questions: tuple[Question, ...]
