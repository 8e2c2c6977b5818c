"""How numbers and names are written, the same in every sentence of every layer, and the sentence of
every reason that the planner gives."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any

from coach.model.answers import Note, Source
from coach.model.phrase import Part, Phrase, Range
from coach.model.plan import Because, Reason


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """A number with its noun, `nouns` where an s does not do: `1 report`, `2 reports`."""
    return f"{number} {noun if number == 1 else nouns or noun + 's'}"


def listed(names: Iterable[str]) -> str:
    """Names in a row: `A, B and C`, or `A; B; C` where a name has a comma or "and" of its own."""
    every = tuple(names)
    if any("," in name or " and " in name for name in every):
        return "; ".join(every)
    return " and ".join(part for part in (", ".join(every[:-1]), *every[-1:]) if part)


def other_plans(made: Iterable[tuple[str, int]]) -> str:
    """The exams that were re-planned beside the one in hand, each with its changes."""
    said = listed(f"{code} ({counted(changes, 'change')})" for code, changes in made)
    return f"Also re-planned: {said}."


def duration(minutes: int) -> str:
    """`45 min`, `2h`, `1h 05m`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours}h {rest:02}m" if rest else f"{hours}h"


TREND_WORD = {
    "improved": "better",
    "declined": "worse",
    "stuck": "no change",
    "steady": "strong",
    "unknown": "",
}
"""What the trend of a domain is called."""


RETAKE_WORD: Mapping[str, str] = {
    "open": "you may sit it now",
    "waiting": "you have to wait",
    "capped": "no attempt left",
    "passed": "passed",
    "retired": "retired, no longer offered",
    "pending": "result pending",
    "unknown": "the vendor's rule is not known",
}
"""What the status of a retake is called."""
_MARK_WORD: Mapping[str, str] = {
    "window-start": "limit begins",
    "window-end": "limit resets",
    "earliest": "you may sit from",
    "recommended-from": "best time from",
    "recommended-to": "best time until",
    "change-deadline": "reschedule by",
    "reschedule-deadline": "reschedule by",
    "result-limit": "result at last",
    "report-mail": "report by mail",
    "profile": "report from",
    "profile-limit": "report by",
    "certificate-from": "certificate",
    "certificate-to": "certificate by",
    "beta-result-from": "beta result",
    "beta-result-to": "beta result by",
}


def mark_word(kind: str) -> str:
    """What a kind of mark on the timeline is called: `limit resets`."""
    return _MARK_WORD.get(kind, spoken(kind))


def work_word(activity: str) -> str:
    """What a kind of session is called in a list: `lab`, `catch-up`."""
    return {"buffer": "catch-up", "assessment": "practice test"}.get(activity, activity)


def spoken(word: str) -> str:
    """A code word as people say it: `case study` for `case-study`."""
    return word.replace("-", " ")


def day_and_time(at: datetime) -> str:
    """A time in the near future or past, in its own zone: `2 Dec 19:45`."""
    return f"{at.day} {at:%b %H:%M}"


AT_PLACE = {"centre": " at a test centre", "online": " online", None: ""}
"""Where an exam is sat, as the end of a sentence."""


def money(amount: float) -> str:
    """An amount in the user's own currency: `660`, `82.50`."""
    return f"{amount:.2f}".removesuffix(".00")


def percent(part: float) -> str:
    """A part (0-1) in whole percent: `38 %`."""
    return f"{100 * part:.0f} %"


def in_ten(part: float) -> str:
    """A chance (0-1) that is enough: `6 in 10`, `8.5 in 10`."""
    return f"{10 * part:g} in 10"


def odds(of_ten: tuple[int, int, int]) -> str:
    """A chance with its range, low, middle and high in tenths: `5 in 10, range 2 to 8`."""
    low, about, high = of_ten
    return f"{about} in 10" + (f", range {low} to {high}" if low < high else "")


def published_weight(low: float | None, high: float | None) -> Phrase:
    """The published share of a domain: "30 %", "17.5 %" or "20-25 %"."""
    if low is None or high is None:
        return Phrase("share not published")
    return Phrase(f"{low:g} %" if low == high else Range(low, high))


_GENERIC = (
    "No domain has a band, so this plan is generic: it reads all as near until a report or a "
    "rating of your own says more."
)
_AVOIDS = " The priority strategy avoids this."
_SPLIT = "The three strategies differ on {part:part} of the study time: the choice matters "
_TIGHT = "No time is kept free for missed sessions in the week of {week}"
_WAITS = ": what you miss there waits for another week."
_LABS = "The week of {week} has no lab for {weak:names}"
_OUTLINE = "Planned on the outline of {as_of}, in force on the day you plan for."
_SHARE = "{name} is {band:band} and {weight:weight} of the exam"
_LAB = "Every weak domain has a lab each week, because doing shows more than reading."
_GAP = "{topic} was last studied {ago}; this far from the exam about {good:day} is good."
REASONS: Mapping[str, str] = {
    # What a plan says of itself.
    "AIM": "The aim is to be competent in every area, not perfect in one.",
    "OWN-WORK": "Practise with labs, documentation and official questions; leaked questions break "
    "the exam agreement and teach nothing you can use.",
    "BUFFER/learned": "{percent} % of every week is kept free, by what you got done of late.",
    "MISSED/unplaced": "{count:session} you missed ({minutes:time}) found no room.",
    "SHORT": "By Coach's own estimate this needs {need:time}, and there is {room}: move the date "
    "by {later:week}, add {more}, or accept less time for {lacks:lacks}.",
    "SHORT/room": "room for {minutes:time}",
    "SHORT/no-room": "no room",
    "SHORT/weekly": "{minutes:time} a week",
    "SHORT/before": "{minutes:time} before then",
    "CHECK": "Every domain is above, so the plan is mixed practice by weight. "
    "After a failed sitting that is unlikely: check the bands.",
    "GENERIC": _GENERIC,
    "GENERIC/two-tier": _GENERIC + " The priority strategy spreads the time by weight.",
    "ALL-NEAR": "Every domain is near, and tier 1 holds a single one: "
    "the priority strategy spreads the time by weight.",
    "INVERSION": "Tier 2 has few domains, so {most:ranked} gets more time than {over:ranked}."
    + _AVOIDS,
    "MAINTENANCE": "A quarter of the time keeps strong areas fresh, so {name} gets more of it than "
    "{over:ranked}." + _AVOIDS,
    "AUTO/near": "Split chosen by Coach: priority holds, because no domain is below.",
    "AUTO/inverted": "Split chosen by Coach: priority holds, because two tiers would give "
    "{more:ranked} more time than {less:ranked}.",
    "AUTO/tiers": "Split chosen by Coach: two-tier holds: 70 % for tier 1 and 30 % for tier 2, "
    "a study heuristic from an article.",
    "AUTO/tier-1": "Split chosen by Coach: two-tier holds: 75 % for tier 1 as tier 2 is empty, "
    "a study heuristic from an article.",
    "HEURISTIC/tiers": "70 % for tier 1 and 30 % for tier 2 is a study heuristic from an article, "
    "not a vendor's rule.",
    "HEURISTIC/tier-1": "75 % for tier 1 where tier 2 is empty is a study heuristic from an "
    "article, not a vendor's rule.",
    "TIE": "{tied:names} have the same priority ({priority:.1f}): they stand in the order of the "
    "outline.",
    "SPLIT/little": _SPLIT + "little here.",
    "SPLIT/much": _SPLIT + "here, so compare them.",
    "TIGHT": _TIGHT + _WAITS,
    "TIGHT/more": _TIGHT + " and {more:later one}" + _WAITS,
    "LABS": _LABS + ".",
    "LABS/more": _LABS + "; {more:later week lacks|later weeks lack} one too.",
    "OUTLINE": _OUTLINE,
    "OUTLINE/report": _OUTLINE + " Your report is on the one of {newest}.",
    "HOURS": "Your study hours are not set. Until then: Mon-Thu 19:00-20:30 and Sat 09:00-13:00.",
    # Why there is no plan.
    "CLOSED": "{why}",
    "NO-PLAN/areas": "There is no report with its areas yet: add the report first, the plan "
    "follows.",
    "NO-PLAN/hours": "No study hours are set: add some, the plan follows.",
    "NO-PLAN/past": "The date that the plan leads to has passed: set a new one.",
    "NO-PLAN/full": "There is no free time before the date of the exam.",
    # Why a session is there.
    "SHARE/session": _SHARE + ": session {number} of {count} on this domain.",
    "SHARE/sessions": _SHARE + ": {count} of {total} sessions.",
    "SPARE": "Optional: you set {minutes:time} of a week aside for strong areas, after the rest.",
    "FLOOR": "A strong area gets a light review, so that it does not fade.",
    "PRIORITY": "Its priority is {priority:.1f}, and the strategy {strategy} goes by that.",
    "TIER/2": "Tier 2: near target, and not the heaviest of those.",
    "TIER/below": "Tier 1, because it is below target.",
    "TIER/heaviest": "Tier 1, because it is the heaviest of those near target.",
    "FOUNDATION": "Other areas build on this one, so it comes early in a week.",
    "FLAG": "{topic} was marked as needing improvement: it is a core task of the role.",
    "FLAG/strong": "{topic} was marked as needing improvement in an area that is strong "
    "otherwise: one light task.",
    "TOPIC": "{topic} is one of the first {count} topics to master here.",
    "SLOT/lab": _LAB,
    "SLOT/long-lab": "The session is long enough for a lab. " + _LAB,
    "SLOT/short": "The session is short, so it is practice from memory.",
    "COMBINE/also": "Also covers {also:pair}; exam questions combine them.",
    "COMBINE/review": "Mixed review keeps every area fresh at the same time.",
    "COMBINE/practice": "Questions on all areas in turn, as in the exam.",
    "GAP": _GAP,
    "GAP/waits": _GAP + " It comes before {waits} has had its turn: "
    "sessions keep their topics when a plan changes.",
    "GAP/early": _GAP + " It comes back early, as every topic here would.",
    "GAP/days": "{days:day} before",
    "GAP/same-day": "earlier the same day",
    "BUFFER": "Kept free: a session you miss moves here first.",
    "SHARE/buffer": "About {percent} % of every week is kept free like this.",
    "EXAM/whole": "A whole practice exam shows how ready you are before the date.",
    "LAST/third": "It lies in the last third of the plan, and never in the final 48 hours.",
    "LAST/days": "The last days before the exam stay light.",
    "SHARE/mixed": "No tier 2 and no strong area: a quarter of the time is mixed practice.",
    "TOPICS": "About {minutes} minutes each: {topics:names}.",
    "FIRST": "Begin by reading your report once more, area by area.",
    "REST": "Holds the rest of the session of {at:when}.",
    "MISSED/made-up": "Makes up for the session missed on {at:when}.",
    "MISSED/later": "Missed; the session on {at:when} makes up for it.",
    "MISSED/mixed": "Missed; work on all areas together is let go.",
    "MISSED/dropped": "Missed; {name} gets no time any more, so it is let go.",
    "MISSED/waits": "Missed; re-planning gives it catch-up time, else a free place where there is "
    "one.",
    "KEPT/pinned": "You pinned it: re-planning leaves it here.",
    "KEPT/moved": "You moved it here: re-planning leaves it.",
    # Why a session is another one than before.
    "ADDED": "There is free time in your week here.",
    "MISSED": "Makes up for a missed session.",
    "MOVED": "Its earlier time is no longer free, so it moved to the next free time.",
    "SHARE": "The shares of the domains have changed.",
    "BAND": "The band of this area has changed, and with it the kind of work.",
    "ORDER": "Its learning was missed, so the work on this topic begins there again.",
    "UNUSED": "Last week's catch-up time was not needed, so this is study.",
    "DONE": "What it made up for was done after all.",
    "FRESH": "A fresh start: what was missed is written off, and this is planned by what was done.",
    "EXAM": "The date of the exam has moved, and with it the last part of the plan.",
    "LAST": "The last week leans to mixed review.",
    "EXAM/past": "It lay after the new date, and there was no free time before that.",
    "DROPPED/taken": "This catch-up time went to another session.",
    "DROPPED/gone": "Its time is gone and no other free time was found.",
    "DROPPED/closed": "{why}",
    "REBUILD": "Nothing of the earlier plan had begun, so it was made anew from all reports.",
    "SHARED": "Another exam needs this time; both plans share the week.",
    "SHARE/own": "{domain} {moved} and now has {part}: {gained}.",
    "SHARE/other": "{other} {moved}; {domain} gets {gained}.",
    "SHARE/part": "{domain} now has {part}: {gained}.",
    "SHARE/short": "{domain} was short of its {share:part}: {gained}.",
    "ADDED/own": "{domain} {moved} and still has {part}: {gained}.",
    "ADDED/part": "{domain} now has {part}: {gained}.",
    "ADDED/band": "{domain} is {band:target} and has {part}: {gained}.",
    "BAND/fell": "fell from {old} to {new}",
    "BAND/rose": "rose from {old} to {new}",
    "BAND/went": "went from {old} to {new}",
    "PART": "{share:part} of the time",
    "PART/new": "{share:part} of the time ({old:part} before)",
    "GAINED": "{count:session}",
    "GAINED/more": "{count:more session}",
}
"""The sentence of every reason by code and case. Behind the colon of a value stands how it is
written: one of `_WAYS`, the noun to count, or the format of a number."""

_BRIEF = {
    "SHARE/session": _SHARE + ".",
    "SHARE/sessions": _SHARE + ".",
    "SHARE/mixed": "No tier 2 and no strong area.",
    "BUFFER": "Kept free.",
}
"""The sentence of the same reason in fewer words."""

_TARGET = {
    "below": "below target",
    "near": "near target",
    "above": "above target",
    "unknown": "not known",
}
_WAYS: Mapping[str, Callable[[Any], str]] = {
    "time": duration,
    "when": day_and_time,
    "part": percent,
    "names": listed,
    "pair": " and ".join,
    "weight": lambda ends: published_weight(*ends),
    "band": lambda band: _TARGET[band] + (", so read as near target" if band == "unknown" else ""),
    "target": lambda band: _TARGET[band],
    "ranked": lambda rows: listed(f"{name} (priority {number:.1f})" for name, number in rows),
    "lacks": lambda rows: listed(f"{name} ({duration(minutes)} less)" for name, minutes in rows),
}


def phrased(template: str, *values: Any, **named: Any) -> Phrase:
    """The words of a template, in which `{}` stands for the next of the values and `{name}` for a
    named one: a date, a time or a phrase stays the value that it is. Behind a colon stands how it
    is written otherwise, as in `REASONS`."""
    parts, following = list[Part](), iter(values)
    for words, name, way, _ in Formatter().parse(template):
        parts.append(words)
        if name is not None:
            parts.append(_part(named[name] if name else next(following), way or ""))
    return Phrase(*parts)


def capital(words: str) -> Phrase:
    """The words with a capital first."""
    first, *others = Phrase(words).parts or ("",)
    return Phrase(first[:1].upper() + first[1:] if isinstance(first, str) else first, *others)


def _part(value: Any, way: str) -> Part:
    if isinstance(value, Because):
        return written(value)
    if way in _WAYS:
        return _WAYS[way](value)
    if way and isinstance(value, int):
        return counted(value, *way.split("|"))
    return value if isinstance(value, str | date) else format(value, way)


def note(code: str, source: Source, template: str, *values: Any) -> Note:
    """A coded remark in the words of a template, as `phrased` writes them."""
    return Note(code=code, text=phrased(template, *values), source=source)


def written(reason: Because | Reason, *, brief: bool = False) -> Phrase:
    """The sentence of a reason: the one it was stored with, else that of its code and case; the
    short one where there is one and `brief` is asked for."""
    if isinstance(reason, Reason):
        return reason.text
    key = f"{reason.code}/{reason.case}" if reason.case else reason.code
    sentence = _BRIEF.get(key) if brief else None
    return phrased(sentence or REASONS[key], **reason.values)


def reason_of(reason: Because | Reason) -> Reason:
    """The reason in words."""
    return Reason(code=reason.code, text=written(reason))
