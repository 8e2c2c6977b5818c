"""How to study a topic: what to read, build and decide, by subject (own)."""

import msgspec

from coach.model.attempt import Band
from coach.model.plan import Activity
from coach.reading.subjects import subjects_of

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
        "Solid: the core concepts are there.",
        "Keep it warm with a light review; it is not a priority.",
    ),
    "unknown": (
        "The report did not show this domain, so it counts as near target.",
        "Add the band when you know it.",
    ),
}
"""What a band says about a domain, and what to do about it [DR-01-08]."""


class _Subject(msgspec.Struct, frozen=True):
    read: str
    build: str
    decide: str


_SUBJECTS: dict[str, _Subject] = {
    "identity": _Subject(
        "how a request is authenticated, then authorised, and where each policy applies",
        "users, groups, a role at two scopes and a Conditional Access policy; sign in to test it",
        "which identity a workload should use and the smallest role that lets it work",
    ),
    "network": _Subject(
        "how a packet is routed and filtered, and which rule wins when several match",
        "two peered networks with filter rules and a private endpoint; prove what is blocked",
        "which service filters, routes or balances the traffic, and where it has to sit",
    ),
    "security operations": _Subject(
        "how signals become alerts, alerts become incidents, and who responds",
        "a data connector, a detection rule and an automated response; trigger it yourself",
        "what to contain first in an incident and what to automate afterwards",
    ),
    "governance": _Subject(
        "at which level a rule is set, what inherits it and how exceptions work",
        "a policy that audits, then one that denies; break both and read the compliance result",
        "which control meets a written requirement with the least effort to run",
    ),
    "ai": _Subject(
        "which service or model does which task, its inputs and limits, and responsible use",
        "a small app that calls the service with a managed identity, and measure its answers",
        "which service fits the data, the accuracy needed and the cost",
    ),
    "compute": _Subject(
        "the hosting options, how each scales, and how each is secured and updated",
        "the same workload on two hosting options; scale both and lock both down",
        "which hosting option meets the availability, control and cost asked for",
    ),
    "storage": _Subject(
        "access tiers, redundancy, keys and tokens, and what encryption covers",
        "a storage account with private access, a lifecycle rule and a restore that you test",
        "which redundancy and access method satisfy the requirement",
    ),
    "data": _Subject(
        "how the data is modelled, loaded, secured and queried, and what makes it slow",
        "a small load from source to query; add access rules and tune one slow query",
        "which store and which load pattern fit the volume, the freshness and the budget",
    ),
    "monitoring": _Subject(
        "which signals each resource emits, where they go and how long they stay",
        "a workspace, one query that finds a fault you made, and an alert on it",
        "which signal answers the question, and who should hear of it",
    ),
    "development": _Subject(
        "the calls, the authentication they need and the errors they return",
        "a small program against the API; deploy it by a pipeline and make it fail safely",
        "which integration or release method keeps the risk smallest",
    ),
}
_ANY = _Subject(
    "the study guide's entry and the vendor's pages behind it, and note what is new to you",
    "the smallest working example of it in a test environment, then change one setting at a time",
    "which option you would choose, and why each of the others is worse",
)
_MIXED: dict[Activity, str] = {
    "practice": "Answer questions on {}; for each one say why the wrong options are wrong.",
    "review": "Write down what you remember of {} first, then check it and mend the gaps.",
    "assessment": "Take a whole practice exam at one sitting, on the clock, and log each domain.",
    "buffer": "Time kept free: catch up on a missed session, or stop early.",
}


def guidance(topic: str, activity: Activity) -> str:
    """What to do in a session on `topic`, in one or two sentences.

    `topic` is a topic's or a domain's name; it may be empty for mixed work.
    """
    name = topic or "the weak domains"
    if activity in _MIXED:
        return _MIXED[activity].format(name)
    subject = next((_SUBJECTS[found] for found in subjects_of(topic)), _ANY)
    if activity == "learn":
        return f"Read up on {name}: {subject.read}."
    if activity == "lab":
        return f"Build it for {name}: {subject.build}."
    return f"Work scenarios on {name}: decide {subject.decide}."
