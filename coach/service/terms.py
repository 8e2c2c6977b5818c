"""What was agreed with the vendor of an exam: read from texts, kept, and given back as texts."""

import re
from datetime import date

import msgspec

from coach.exchange.plain import quoted
from coach.model.exam import Exam
from coach.model.facts import Facts
from coach.model.plan import Reason
from coach.model.policy import Notice, Policy, Terms
from coach.model.settings import Tracked
from coach.service.drafts import TermsDraft
from coach.service.reader import Reader, notice_text
from coach.service.world import Edit, World, tracked_code, tracking, with_entry

LONGEST_NOTICE = {"hours": 24 * 90, "business-days": 60}
_NOTICE = re.compile(r"(\d{1,4})\s*(h|hours?|bd|business[ -]days?)")


def terms_draft(facts: Facts, code: str) -> TermsDraft:
    """The stored terms of an exam as texts to edit."""
    terms = facts.tracked.get(code, Tracked(id=code)).terms
    notice = terms.change_notice
    return TermsDraft(
        purchased=_day_text(terms.purchased),
        voucher_expires=_day_text(terms.voucher_expires),
        change_notice=notice_text(notice) if notice else "",
        accommodations=_day_text(terms.accommodations),
        eligible_from=_day_text(terms.eligible_from),
        renewed_until=_day_text(terms.renewed_until),
    )


def _day_text(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def terms_fields(world: World, facts: Facts, code: str) -> tuple[str, ...]:
    """The names of the terms to ask for: those on which a date depends, and those that are
    stored all the same, so that they can be taken back."""
    exam = world.exam(code)
    idle = _without_effect(exam, world.policy(exam))
    stored = terms_draft(facts, code)
    return tuple(
        name for name in stored.__struct_fields__ if name not in idle or getattr(stored, name)
    )


def set_terms(world: World, facts: Facts, code: str, draft: TermsDraft) -> Edit:
    """Replace the terms of an exam, and plan again. A term on which no date of its vendor's
    policy depends is refused, so that none is kept in vain."""
    exam = world.exam(tracked_code(facts, code))
    reader = Reader(world.zone)
    terms = Terms(
        purchased=reader.day("purchased", draft.purchased),
        voucher_expires=reader.day("voucher_expires", draft.voucher_expires),
        change_notice=_notice(reader, draft.change_notice),
        accommodations=reader.day("accommodations", draft.accommodations),
        eligible_from=reader.day("eligible_from", draft.eligible_from),
        renewed_until=reader.day("renewed_until", draft.renewed_until),
    )
    for field, text in _without_effect(exam, world.policy(exam)).items():
        if getattr(terms, field):
            reader.refuse(field, f"{field}: {text}; leave it empty.")
    reader.finish()
    facts = tracking(facts, exam.code)
    entry = msgspec.structs.replace(facts.tracked[exam.code], terms=terms)
    return Edit(
        facts=with_entry(facts, entry),
        label=f"{exam.code} terms changed",
        message=f"Terms of {exam.code} saved.",
        trigger=Reason(code="terms", text="terms of the exam changed"),
        exam=exam.code,
    )


def _notice(reader: Reader, text: str) -> Notice | None:
    if not text.strip():
        return None
    match = _NOTICE.fullmatch(text.strip().casefold())
    if match:
        amount, unit = int(match[1]), "hours" if match[2].startswith("h") else "business-days"
        if amount <= LONGEST_NOTICE[unit]:
            return Notice(amount=amount, unit=unit)  # type: ignore[arg-type]
    reader.refuse(
        "change_notice",
        f"change_notice: {quoted(text)} is not a notice; type for example 72 hours or "
        "6 business days.",
    )
    return None


def _without_effect(exam: Exam, policy: Policy) -> dict[str, str]:
    """The terms that no rule of the policy looks at, and why."""
    found: dict[str, str] = {}
    if policy.included_retake_months is None:
        found["purchased"] = f"nothing of {policy.name} counts from the purchase"
    if policy.accommodation_days is None:
        found["accommodations"] = f"how long {policy.name} take to answer is not known"
    if policy.cap is None or policy.cap.anchor != "eligibility":
        found["eligible_from"] = f"{policy.name} do not count from an approval"
    if (exam.level or "") not in policy.validity_months:
        found["renewed_until"] = f"a certificate of {exam.code} does not expire"
    return found
