"""Pasted report texts: every label variant, domain line and list, and what is named as unclear."""

import pytest

from coach.exchange.report_text import read_text
from tests.exchange.report_reading import read, values

LABELS = {
    "exam-colon": ("Exam: AZ-104", "AZ-104|||"),
    "exam-upper": ("EXAM : az-104", "AZ-104|||"),
    "examination": ("Examination\tAZ-104", "AZ-104|||"),
    "exam-name": ("Exam name: AZ-104 Microsoft Azure Administrator", "AZ-104|||"),
    "exam-number": ("exam   number:AZ-104", "AZ-104|||"),
    "exam-code": ("Exam code - AZ-104", "AZ-104|||"),
    "exam-without-dash": ("Exam: AZ104", "AZ104|||"),
    "exam-next-line": ("Exam code\n\nAZ-104", "AZ-104|||"),
    "exam-old": ("Exam: 70-411", "70-411|||"),
    "exam-aws": ("Exam code: SAA-C03", "SAA-C03|||"),
    "exam-comptia": ("Exam series code: SY0-701", "SY0-701|||"),
    "exam-comptia-a": ("Exam: CompTIA A+ 220-1101", "220-1101|||"),
    "exam-github": ("Exam: GH-300: GitHub Copilot", "GH-300|||"),
    "exam-word": ("Exam: CISSP", "CISSP|||"),
    "exam-title": ("Exam: Microsoft Azure Administrator", "Microsoft Azure Administrator|||"),
    "exam-title-and-code": ("Exam name: Azure Administrator\nExam number: AZ-104", "AZ-104|||"),
    "exam-no-label": ("Results of AZ-104 at a glance\nScore: 640", "AZ-104||640|"),
    "date": ("Date: 2026-11-20 10:00", "|2026-11-20T10:00||"),
    "date-of-exam": ("Date of exam  20 Nov 2026", "|2026-11-20||"),
    "exam-date-space": ("Exam Date November 20, 2026", "|2026-11-20||"),
    "exam-date-next": ("EXAM DATE:\n20 November 2026", "|2026-11-20||"),
    "date-and-time": ("Exam date: 20 Nov 2026\nExam time: 2:30 PM", "|2026-11-20T14:30||"),
    "date-no-label": ("Sat on 20 November 2026.\nScore: 640", "|2026-11-20|640|"),
    "date-alone-with-time": ("20 November 2026 09:00\nScore: 640", "|2026-11-20T09:00|640|"),
    "date-alone-in-columns": ("20 Nov 2026 | 14:05\nScore: 640", "|2026-11-20T14:05|640|"),
    "date-twice": ("Date: 2026-11-20\nExam date: 2026-11-20 10:00", "|2026-11-20T10:00||"),
    "other-dates": (
        "Retake date: 2026-12-01\nReport date\n1 Dec 2026\nDate: 2026-11-20",
        "|2026-11-20||",
    ),
    "your-score": ("Your score: 640", "||640|"),
    "score-space": ("Your Score 640", "||640|"),
    "score-is": ("Your score is 640", "||640|"),
    "score-in-prose": ("You scored 640. A score of 700 is required to pass.", "||640|"),
    "score-dots": ("Score ........ 640", "||640|"),
    "score-scale": ("Final score: 640/1000", "||640|"),
    "score-out-of": ("Scaled score: 640 out of 1000", "||640|"),
    "score-thousand": ("Score: 1,000", "||1000|"),
    "score-result": ("Score: 640 (Fail)", "||640|fail"),
    "score-no-label": ("I got 640 / 1000 this time", "||640|"),
    "score-next-line": ("YOUR SCORE\n\n640", "||640|"),
    "one-line": (
        "Exam: AZ-104 Date: 2026-11-20 Score: 640 Result: Fail",
        "AZ-104|2026-11-20|640|fail",
    ),
    "one-line-columns": ("Required score: 700   Your score: 640 | Status: Failed", "||640|fail"),
    "code-then-labels": ("AZ-104   Date: 20 Nov 2026   Score: 640", "AZ-104|2026-11-20|640|"),
    "header-row": (
        "Exam | Date | Score | Grade\nAZ-104 | 20 Nov 2026 | 640 | Fail",
        "AZ-104|2026-11-20|640|fail",
    ),
    "result": ("Result: Passed", "|||pass"),
    "status": ("Status - FAILED", "|||fail"),
    "outcome": ("Outcome: did not pass", "|||fail"),
    "grade": ("Grade\tPass", "|||pass"),
    "pass-fail": ("Pass/Fail: Fail", "|||fail"),
    "result-alone": ("Score: 640\nFAIL", "||640|fail"),
    "result-sentence": ("Score: 710\nYou passed the exam!", "||710|pass"),
}


@pytest.mark.parametrize(("text", "expected"), LABELS.values(), ids=LABELS)
def test_labels_are_read_in_every_spelling(text: str, expected: str) -> None:
    report = read(text)
    assert report.problems == ()
    assert "|".join(values(report)) == expected


PASSING = ("Required score: 700", "Passing Score 700", "Score needed to pass\n700",
           "SCORE REQUIRED : 700", "Passing score is 700", "Pass mark\t700")  # fmt: skip


@pytest.mark.parametrize("text", PASSING)
def test_the_score_that_passes_is_never_the_score(text: str) -> None:
    report = read(f"{text}\nExam: AZ-104")
    assert (report.passing, report.score) == ("700", "")


def test_a_range_beside_a_name_is_its_weight_only_where_a_value_follows() -> None:
    text = "Storage 40-50%\nCompute (20-25%)\nNetworking 20-25%\nBelow target"
    report = read_text(text, ("Storage", "Compute", "Networking"))
    assert report.observations == (("Networking", "Below target"),)
    assert report.lost == ((1, "Storage 40-50%"),)


PLACES = {
    "Test center: Online": "online",
    "Location: OnVUE": "online",
    "Delivery: home": "online",
    "Online proctored": "online",
    "Site: Bonn 3": "centre",
    "Test Centre\nBonn 3": "centre",
}


@pytest.mark.parametrize(("text", "place"), PLACES.items(), ids=PLACES)
def test_only_the_kind_of_place_is_kept(text: str, place: str) -> None:
    assert read(f"{text}\nExam: AZ-104").place == place


DOMAINS = {
    "RP-04 dots": ("Storage ..... below target", ("Storage", "below target")),
    "RP-04 dash": ("Storage - Near-Target", ("Storage", "Near-Target")),
    "RP-04 upper": ("STORAGE: ABOVE TARGET", ("STORAGE", "ABOVE TARGET")),
    "RP-04 short": ("Storage: near", ("Storage", "near")),
    "NI-07": ("Storage  needs improvement", ("Storage", "needs improvement")),
    "percent": ("Storage: 62%", ("Storage", "62%")),
    "percent-space": ("Storage 62 %", ("Storage", "62 %")),
    "RP-15 bar": ("Storage: 62", ("Storage", "62")),
    "XC-03": ("Storage | 0", ("Storage", "0")),
    "weight": ("Storage (15–20%)  Near Target", ("Storage", "Near Target")),
    "weight-bare": ("Storage 20% Needs Improvement", ("Storage", "Needs Improvement")),
    "numbered": ("2.0 Storage: Near Target", ("Storage", "Near Target")),
    "section": ("Section 2: Storage: Near Target", ("Storage", "Near Target")),
    "number-only": ("Domain 2: Near Target", ("2", "Near Target")),
    "bullet": ("• Storage — Near Target", ("Storage", "Near Target")),
    "table": ("| Storage | Near Target |", ("Storage", "Near Target")),
    "next-line": ("Storage\nNear Target", ("Storage", "Near Target")),
    "wrapped-name": ("Manage\nstorage  Near Target", ("Manage storage", "Near Target")),
    "NI-01": ("Needs improvement: Key Vault", ("Key Vault", "needs improvement")),
    "commas": ("Threats, Vulnerabilities, and Mitigations: 40%",
               ("Threats, Vulnerabilities, and Mitigations", "40%")),
}  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), DOMAINS.values(), ids=DOMAINS)
def test_domain_lines_are_read(line: str, expected: tuple[str, str]) -> None:
    assert read(f"Exam: AZ-104\n\n{line}\n").observations == (expected,)


NO_DOMAIN = {
    "weights-only": "Storage (15–20%)\nNetworking 20-25%\nCompute 10 to 15%",
    "legend": "Below Target  Near Target  Above Target",
    "legend-sentence": "Needs improvement: the work is clearly short of what is asked for here",
    "legend-colon": "Below target: 49%",
    "sentence": "You should look at each area that is near target.",
    "sentence-percent": "Your result is better than 62%",
    "bar-graphics": "Storage: ■■■■■□□□",
    "columns-apart": "Storage\nNetworking\nNear Target\nBelow Target",
}


@pytest.mark.parametrize("text", NO_DOMAIN.values(), ids=NO_DOMAIN)
def test_nothing_is_guessed_for_a_domain(text: str) -> None:
    assert read(f"Exam: AZ-104\n{text}\n").observations == ()


FLAGS = {
    "NI-01 inline": (
        "Topics needing improvement: Conditional Access, DNS",
        "Conditional Access|DNS",
    ),
    "NI-01 list": (
        "Flagged topics\n- Conditional Access\n- DNS\n\nScore: 640",
        "Conditional Access|DNS",
    ),
    "semicolons": ("Flags: Conditional Access; Keys, secrets", "Conditional Access|Keys, secrets"),
    "M2": ("Top 3 skills to prioritize:\n1. Storage\n2. Hosts\n3. Logs", "Storage|Hosts|Logs"),
    "objectives": ("Objectives to review:\n\n* Plan storage\nExam: AZ-104", "Plan storage"),
    "not-names": (
        "Topics to review\nName resolution\nAddress spaces",
        "Name resolution|Address spaces",
    ),
    "NI-06": ("Exam: AZ-104", ""),
}


@pytest.mark.parametrize(("text", "flags"), FLAGS.values(), ids=FLAGS)
def test_flagged_topics_are_listed(text: str, flags: str) -> None:
    assert "|".join(read(f"{text}\nResult: Fail").flags) == flags


PROBLEMS = {
    "IM-08 date": ("Exam: AZ-104\nDate: soon", 2, "at"),
    "ambiguous": ("Exam: AZ-104\n\nDate: 11/12/2026", 3, "at"),
    "IM-08 score": ("Score: none", 1, "score"),
    "two-scores": ("Score: 640\nYour score: 650", 2, "score"),
    "two-results": ("Result: Pass\nFAIL", 2, "result"),
    "two-dates": ("Date: 2026-11-20\nExam date: 2026-11-21", 2, "at"),
    "two-exams": ("Exam: AZ-104\nExam: AZ-500", None, "exam"),
    "dates-no-label": ("From 2026-11-20 to\n2026-11-22 in AZ-104", None, "at"),
}


@pytest.mark.parametrize(("text", "line", "field"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_problem_names_its_line_and_field(text: str, line: int | None, field: str) -> None:
    (problem,) = read(text).problems
    assert (problem.line, problem.field) == (line, field)
    assert f"{field}: " in problem.text
    assert line is None or problem.text.startswith(f"line {line}, ")


def test_an_unclear_date_names_both_readings() -> None:
    (problem,) = read("Exam: AZ-104\nDate: 11/12/2026").problems
    assert "2026-11-12" in problem.text
    assert "2026-12-11" in problem.text


def test_a_problem_quotes_nothing_that_may_be_a_name() -> None:
    report = read("Exam: AZ-104\nDate: Jane Doe\nScore: Jane Doe\nResult: Jane Doe")
    assert {problem.field for problem in report.problems} == {"at", "score"}
    assert "Jane" not in " ".join(problem.text for problem in report.problems)
