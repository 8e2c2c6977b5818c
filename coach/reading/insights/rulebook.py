"""When each insight applies, and what the plan makes of it, by code."""

RULES: dict[str, tuple[str, str | None]] = {
    "heaviest-below": (
        "The domain with the highest weight in this outline is below target.",
        "It is in tier 1 and takes the largest part of its time.",
    ),
    "several-below": (
        "Two or more domains are below target.",
        "All of them are in tier 1, with a lab in each every week.",
    ),
    "resource-level": (
        "Domains that share their controls are below target together.",
        "They are in tier 1 together, and scenarios combine them.",
    ),
    "operations-only": (
        "Operations are above target and every other domain is near or below.",
        "Operations get no time of their own; the others have a lab every week.",
    ),
    "all-near": (
        "Every domain is near target and the exam was failed.",
        "Blocks turn between scenarios that combine domains and practice.",
    ),
    "persistent-flag": (
        "A topic listed as needing improvement was listed on an earlier report too.",
        "It stands first among the topics of its domain.",
    ),
    "retired": (
        "The exam has ended, or ends before another sitting is legal.",
        "Nothing is planned any more.",
    ),
    "retires-soon": (
        "The exam ends within 90 days; within 42 it is severe.",
        "No date is recommended after the last day.",
    ),
    "last-attempt": ("One sitting is left before the cap of the retake rules is reached.", None),
    "capped": ("The cap of the retake rules is reached.", None),
    "report-missing": (
        "The newest report has no band at all.",
        "Time goes by the published weights until bands are known.",
    ),
    "no-outline": (
        "The catalogue has no outline of this exam.",
        "No plan follows until there is one.",
    ),
    "unknown-bands": (
        "Some domains of the newest report have no band.",
        "They count as near target until then.",
    ),
    "all-above-failed": (
        "Every domain is above target and the exam was failed.",
        "Time goes by the published weights, as mixed practice.",
    ),
    "persistent-weakness": (
        "A domain is below target on the last two reports that show it.",
        "It is in tier 1.",
    ),
    "declined": ("A domain's band is lower than on the report before.", None),
    "stuck-near": (
        "A domain is near target on the last two reports that show it.",
        "Near domains alternate between scenarios and practice.",
    ),
    "score-up": ("The score is more than 20 points above the one before.", None),
    "score-flat": ("The score is within 20 points of the one before.", None),
    "score-down": ("The score is more than 20 points below the one before.", None),
    "improved": ("A domain's band is higher than on the report before.", None),
    "steady-strength": (
        "A domain is above target on the last two reports that show it.",
        "It gets a light review at most.",
    ),
    "same-score": ("The last two scores are the same.", None),
    "outline-changed": ("Reports are on different outlines and are not mapped.", None),
    "passed": ("The newest report is a pass.", "The plan is closed."),
    "near-miss": (
        "First fail, at most 20 points short, and no domain below target.",
        None,
    ),
    "window": (
        "Weeks from the report: several below 4 to 6, one below 3 to 4, none below 2 to 3.",
        "It runs to the end of the window unless a date is booked or set.",
    ),
    "practice-holds": (
        "The last three practice results of a weak domain since the report are at 75 % or more.",
        None,
    ),
    "practice-weak": (
        "A domain is above target on the report and below 75 % in practice since.",
        None,
    ),
    "score-gap": ("The newest report is a fail with a score.", None),
    "tier-inversion": (
        "Under the two-tier rule a tier 2 domain gets more time than one of tier 1.",
        "It follows the chosen strategy; `coach strategy priority` avoids this.",
    ),
    "foundation": (
        "A domain that others build on is below target, and at least one of those is weak.",
        None,
    ),
    "own-view": ("You said what seemed to be missing at the last sitting.", None),
    "hard-formats": ("You named formats that felt hard at the last sitting.", None),
    "flagged-topics": (
        "The report lists topics as needing improvement.",
        "They stand first among the topics of their domain.",
    ),
    "flags-without-domain": (
        "A listed topic belongs to no domain of the outline.",
        "No block follows from it.",
    ),
    "profile-copy": ("You saw the newest report on the screen or in the PDF.", None),
    "hands-on": ("The exam is known for applied work, and at least one domain is weak.", None),
    "practice-assessment": (
        "The newest report is a fail.",
        "One is set in the last third, and none in the last two days.",
    ),
    "no-dumps": ("The newest report is a fail.", None),
}
