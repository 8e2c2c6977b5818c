"""What people ask about scores and score reports, and what Coach answers, in its own words."""

from coach.model.answers import Question, Source


def _asked(code: str, question: str, answer: str, source: Source) -> Question:
    return Question(code=code, question=question, answer=answer, source=source)


QUESTIONS = (
    _asked(
        "more-detail",
        "Can I get a report that shows which questions I got wrong?",
        "No. A report stops at skill areas. Use the exam's outline instead: it tells which "
        "services and tasks belong to each weak domain, and the Heatmap lists them in the order "
        "of study.",
        "official",
    ),
    _asked(
        "why-no-questions",
        "Why are the questions not shown?",
        "They are used again, so showing them would give them away and undo the fairness of the "
        "exam. Knowing them would also invite learning answers by heart. Domains are nearer to "
        "the work, where identity, network, data and operations hang together: aim at the "
        "principles and at applying them.",
        "article",
    ),
    _asked(
        "notes",
        "May I write down questions that I remember?",
        "No: the exam agreement forbids it. Note the topic and what was unclear to you.",
        "official",
    ),
    _asked(
        "all-near",
        "Every domain is near target and I still failed. What now?",
        "That is broad knowledge without depth. Leave the basics and build labs that combine "
        "services, for example identity, network and compute in one workload; practise "
        "scenarios that ask for the whole solution.",
        "article",
    ),
    _asked(
        "one-strong-one-weak",
        "One domain is above target and another below. Do I still study the strong one?",
        "A light review keeps it. Put about three quarters of the time into the weak domain: "
        "even one with a small weight costs points that the strong one has to make up.",
        "article",
    ),
    _asked(
        "how-long",
        "How long should I wait before the retake?",
        "The legal date is the least, and readiness decides. Several domains below: four to six "
        "weeks of study with labs. Most domains near: two to three weeks. A rushed retake tends "
        "to repeat the result and makes the way longer.",
        "article",
    ),
    _asked(
        "compare-people",
        "Does a higher failing score mean that I am closer than someone else?",
        "Not necessarily: forms differ, and the same score can hide different gaps. Do not "
        "compare people. Your own scores on one exam may be compared, since scaling is made for "
        "that; judge by the domains first.",
        "own",
    ),
    _asked(
        "how-close",
        "How close was I to passing?",
        "The distance on the scale is what you see, and it cannot be turned into a number of "
        "questions. The bands say more about what is missing.",
        "own",
    ),
    _asked(
        "scaled",
        "Is 700 the same as 70 percent?",
        "No. The score is scaled: easier sets of questions need more points for a 700 and harder "
        "ones fewer, so that two people with different sets are treated alike. It says whether "
        "the expected skill was shown, not how many answers were right.",
        "official",
    ),
    _asked(
        "guessing",
        "Do wrong answers cost points, and are all questions counted?",
        "Wrong answers cost nothing, and questions of several parts give part of the points for "
        "part of the answer, so answer everything. Some questions are on trial and not scored; "
        "nobody can tell which, so take all of them seriously.",
        "official",
    ),
    _asked(
        "bars",
        "My report shows bars. Which band is that?",
        "Microsoft prints bars and no words; the band is your own reading. Coach reads a bar of "
        "75 or more as above, 50 to 74 as near and less as below. Long bars and a fail can go "
        "together, and a bar at zero is possible in a small domain.",
        "official",
    ),
    _asked(
        "weights",
        "How many questions came from each domain?",
        "That is not known and Coach does not estimate it. The published shares are targets; a "
        "single form may differ a little.",
        "official",
    ),
    _asked(
        "listed-topics",
        "My report lists topics as needing improvement. What do they mean?",
        "More than one missed question: the topic is not understood well enough, and it is a "
        "core task of the role. Flag it, and it comes first in its domain. Today's Microsoft "
        "reports list no topics.",
        "article",
    ),
    _asked(
        "formats",
        "Does the report tell which kind of question was hard for me?",
        "No, neither formats nor theory against practice. If you noticed something yourself, "
        "keep it as your own view of the sitting (`coach reflect`, or o in the app); the advice "
        "takes it into account.",
        "article",
    ),
    _asked(
        "same-score",
        "I got the same score twice. Is that an error?",
        "No, it is normal. Take it as a reason to change how you learn.",
        "official",
    ),
    _asked(
        "higher-pass",
        "Is a pass with 900 worth more than one with 700?",
        "No. Both give the same certification, and the certificate shows no score.",
        "official",
    ),
)


def answers(query: str = "") -> tuple[Question, ...]:
    """The questions that hold every word of `query` in question or answer, all without one."""
    words = query.casefold().split()
    return tuple(
        entry
        for entry in QUESTIONS
        if all(word in f"{entry.code} {entry.question} {entry.answer}".casefold() for word in words)
    )
