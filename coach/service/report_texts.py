"""What a report says, read from texts as typed: result, outline, domains, bands and flags."""

from datetime import date, timedelta

from coach.exchange.plain import quoted
from coach.model.attempt import Observation
from coach.model.exam import Exam, Outline
from coach.reading import bands, outlines
from coach.service.drafts import ReportDraft
from coach.service.reader import Moment, Reader
from coach.wording import listed

RESULTS = ("pass", "fail")


def result_of(reader: Reader, exam: Exam, draft: ReportDraft) -> tuple[int | None, bool | None]:
    """The score, or the outcome alone where the vendor prints no score; they must agree."""
    result = reader.choice("result", draft.result, RESULTS)
    if result and not draft.score.strip():
        return None, result == "pass"
    score = reader.whole("score", draft.score, exam.score_low, exam.score_high)
    if score is not None and result and (score >= exam.passing_score) != (result == "pass"):
        reader.refuse(
            "result",
            f"result: {result} does not fit a score of {score} where {exam.passing_score} passes; "
            "correct one of them.",
        )
    return score, None


def outline_of(reader: Reader, exam: Exam, asked: str, moment: Moment | None) -> Outline | None:
    """The outline that was asked for, else the one in force at the sitting."""
    if asked.strip():
        found = outlines.outline_by_id(exam, asked.strip())
        if found is None:
            known = ", ".join(outline.id for outline in exam.outlines) or "none"
            reader.refuse(
                "outline",
                f"outline: {quoted(asked)} is not an outline of {exam.code}; known are {known}.",
            )
        return found
    on: date = moment.at.date() if moment else date.max - timedelta(days=1)
    return outlines.outline_in_force(exam, on)[0]


def observations_of(
    reader: Reader,
    exam: Exam,
    outline: Outline | None,
    typed: tuple[tuple[str, str], ...],
    *,
    later_wins: bool,
) -> tuple[Observation, ...]:
    """What was typed per domain; correcting a report, a later word replaces an earlier one."""
    found: dict[str, Observation] = {}
    for domain_text, text in typed:
        if not text.strip():
            continue
        field = f"domain:{domain_text}"
        domain = match_domain(reader, exam, outline, domain_text, field)
        if domain is None:
            continue
        if domain in found and not later_wins:
            reader.refuse(field, f"domain: {quoted(domain)} is given twice; give each domain once.")
        elif seen := bands.observation(domain, text, exam.vendor):
            found[domain] = seen
        else:
            reader.refuse(
                field,
                f"domain: {quoted(text)} for {domain} is not accepted; {_percent_hint(text)}type "
                f"{', '.join(bands.ACCEPTED_WORDS)}, or a bar read by eye from 0 to 100.",
            )
    order = {domain.name: n for n, domain in enumerate(outline.domains)} if outline else {}
    return tuple(sorted(found.values(), key=lambda seen: order[seen.domain]))


def _percent_hint(text: str) -> str:
    """Asks what a percentage is that the vendor does not print."""
    if not text.strip().endswith("%"):
        return ""
    return "if it is a bar read by eye, leave out the % sign; otherwise "


def match_domain(
    reader: Reader, exam: Exam, outline: Outline | None, text: str, field: str = "domain"
) -> str | None:
    """The name of the domain that `text` means, a problem under `field` where it means none."""
    if outline is None:
        reader.refuse(
            field,
            f"domain: no outline of {exam.code} is known; leave the domains out, or add "
            "one with `coach exams add FILE.toml`.",
        )
        return None
    found = outlines.match_domain(outline, text)
    if isinstance(found, int):
        return outline.domains[found - 1].name
    others = [other.id for other in exam.outlines if other is not outline and _has(other, text)]
    elsewhere = f"outline {listed(others)} has it; in this one " if others else ""
    reader.refuse(
        field,
        f"domain: {quoted(text)} is not one domain of outline {outline.id}; {elsewhere}type a "
        f"number from 1 to {len(outline.domains)} or one of {'; '.join(found)}.",
    )
    return None


def _has(outline: Outline, text: str) -> bool:
    """Whether a text names one domain of an outline; a number is in all of them."""
    return not text.strip().isdecimal() and isinstance(outlines.match_domain(outline, text), int)


def flags_of(reader: Reader, outline: Outline | None, typed: tuple[str, ...]) -> tuple[str, ...]:
    """The flagged topics, once each, by the outline's own names where it knows them."""
    flags: dict[str, None] = {}
    for text in typed:
        topic = reader.line("flags", text)
        if not topic:
            continue
        match = outlines.match_topic(outline, topic) if outline else None
        flags[match[1] if match else topic] = None
    return tuple(flags)


def result_text(passed: bool | None) -> str:
    """An outcome that was typed without a score, empty where there was one."""
    return "" if passed is None else RESULTS[not passed]


def observed_text(seen: Observation) -> str:
    """An observation as it was typed."""
    return seen.word or ("" if seen.value is None else str(seen.value))
