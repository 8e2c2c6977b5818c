"""Use cases around pasted outlines: make an exam of one, or see what changed in the stored one."""

import re
import tempfile
from pathlib import Path

from msgspec.structs import replace

from coach.catalogue import exam_toml, normalise_code
from coach.exchange.outline_text import compare
from coach.exchange.outline_text import read_outline as read_outline
from coach.exchange.plain import quoted
from coach.model.exam import Exam, Outline
from coach.model.material import OutlineCheck, OutlineDraft
from coach.model.policy import UNKNOWN_POLICY
from coach.reading.outlines import outline_in_force
from coach.service import exams
from coach.service.context import World
from coach.service.refusal import Problem, Refusal

_CODE = re.compile(r"\b(?:[A-Z]{2,3}-\d{3}|[A-Z]{2}\d-\d{3}|[A-Z]{3}-[A-Z]\d\d|\d{3}-\d{3,4})\b")
_READABLE = "lines such as `Manage storage (15-20%)`, each with its topics under it"


def check(world: World, text: str, code: str | None = None) -> OutlineCheck:
    """What a pasted outline says otherwise than the one in force today."""
    draft = _read(text)
    exam = world.exam(_code(text, code))
    stored, _ = outline_in_force(exam, world.now.date())
    return OutlineCheck(
        exam=exam.code,
        outline=stored.id if stored else None,
        as_of=draft.as_of,
        domains=tuple(domain.name for domain in draft.domains),
        changes=compare(stored, draft.domains) if stored else (),
        not_understood=draft.not_understood,
    )


def save(
    world: World, folder: Path, text: str, code: str | None, vendor: str | None, policy: str | None
) -> Exam:
    """Keep a pasted outline as a file of the user's own: a new exam, or the newest outline of one
    that the catalogue has. Without its own day the outline is dated today.

    Raises `Refusal` where no domain or no code was found, or the file would not be valid.
    """
    draft = _read(text)
    rules = [UNKNOWN_POLICY.id, *(each.id for each in world.catalogue.policies())]
    if policy and policy not in rules:
        said = f"{quoted(policy)} is no rule that is known; accepted are {', '.join(rules)}."
        raise Refusal(Problem("policy", said))
    known = world.catalogue.exam(_code(text, code))
    day = draft.as_of or world.now.date()
    outline = Outline(
        id=day.isoformat(),
        as_of=day,
        checked=world.now.date(),
        source="pasted text",
        confidence="own",
        domains=draft.domains,
    )
    if known is None:
        exam = _new_exam(draft, normalise_code(_code(text, code)), vendor, policy, outline)
    else:
        older = tuple(one for one in known.outlines if one.id != outline.id)
        exam = replace(
            known,
            vendor=vendor or known.vendor,
            policy=policy or known.policy,
            outlines=(outline, *older),
        )
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"{exam.code.replace('/', '-')}.toml"
        path.write_text(exam_toml(exam), encoding="utf-8")
        return exams.add(world, folder, path)


def _new_exam(
    draft: OutlineDraft, code: str, vendor: str | None, policy: str | None, outline: Outline
) -> Exam:
    lines = [lost.text for lost in draft.not_understood]
    # "Skills measured" and "Skills at a glance" stand above every outline of Microsoft.
    titles = [x for x in lines if len(x) <= 120 and not x.casefold().startswith("skills ")]
    microsoft = (vendor or "").casefold() == "microsoft"
    exam = Exam(
        code=code,
        title=titles[0] if titles else code,
        vendor=vendor or policy or "unknown",
        policy=policy or ("microsoft" if microsoft else "unknown"),
        outlines=(outline,),
    )
    if microsoft:
        return exam
    return replace(exam, passing_score=None, score_low=None, score_high=None)


def _read(text: str) -> OutlineDraft:
    draft = read_outline(text)
    if not draft.domains:
        raise Refusal(Problem("file", f"no domain with a percentage was found; {_READABLE}."))
    return draft


def _code(text: str, code: str | None) -> str:
    """The code that was given, else the first one in the text."""
    if code:
        return code
    found = _CODE.search(text)
    if found is None:
        raise Refusal(Problem("code", "the text names none; give it, such as XY-100."))
    return found[0]
