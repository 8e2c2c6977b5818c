"""What a set of records holds, in numbers a person recognises their data by."""

import msgspec

from coach.model.facts import Facts


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """The tracked exams by code, and how many reports, appointments without a report, practice
    results and finished sessions there are."""

    exams: tuple[str, ...]
    reports: int
    appointments: int
    practice: int
    done: int


def contents(facts: Facts) -> Contents:
    """What these records hold."""
    reported = {report.attempt for report in facts.reports.values()}
    return Contents(
        exams=tuple(sorted(facts.tracked)),
        reports=len(facts.reports),
        appointments=sum(key not in reported for key in facts.attempts),
        practice=len(facts.practice),
        done=sum(block.status == "done" for block in facts.blocks.values()),
    )
