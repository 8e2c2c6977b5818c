"""Pasted report texts in the layouts of many vendors, and nobody's name."""

import pytest

from tests.exchange.report_reading import read, values

MICROSOFT = """\
Microsoft Azure Administrator
Exam AZ-104: Microsoft Azure Administrator
Candidate: Jane Q. Doe
Registration ID: 4711-0815
Candidate ID
MS0987654321
Test center: Prometric Test Centre 7, Berlin
Exam date: November 20, 2026
Required score: 700
Your score
640
Result: Fail

Performance by skill area
Manage Azure identities and governance (20–25%)
Implement and manage storage (15–20%)
"""
AWS = """\
AWS Certified Solutions Architect - Associate
Notice of Exam Results
Candidate: Jane Q. Doe   Exam Date: November 20, 2026
Candidate Score: 690   Pass/Fail: FAIL
Domain 1: Design Secure Architectures (30%)
Needs Improvement
Domain 2: Design Resilient Architectures 26% Meets Competencies
Domain 3: Design High-Performing Architectures (24%)  Meets Competencies
Domain 4: Design Cost-Optimized Architectures 20%
Needs Improvement
"""
COMPTIA = """\
CompTIA Security+ Certification Exam
SY0-701
Candidate Name: Jane Q. Doe
Exam Date: 20-Nov-2026
Passing Score: 750
Exam Score: 690
Fail
You answered questions incorrectly in the following objective areas:
1.2 Compare and contrast security control types
2.4 Given a scenario, analyze indicators of
malicious activity

Keep this page for your files.
"""
CISCO = """\
Exam: 200-301 CCNA
Your Score   Passing Score   Grade
780   825   Fail
Retake Date: November 26, 2026
Exam Date: November 20, 2026
Section Scores
Network Fundamentals 62%
Network Access: 70 %
IP Connectivity ........ 0%
"""
ISC2 = """\
Certified Information Systems Security Professional (CISSP)
Exam Date: 20 Nov 2026
Result: Did not pass
Security and Risk Management - Below Proficiency
Asset Security Near Proficiency
Security Operations
Above Proficiency

Below Proficiency:
- Software Development Security
- Security Assessment and Testing
"""
PMI = """\
Name: Jane Q. Doe
PMI ID: 1234567
Certification: PMP
Eligibility ID: 7654321
Exam Date: 20 Nov 2026
Report Date: 21 Nov 2026
Overall performance: Did Not Pass
People\tBelow Target
Process\tTarget
Business Environment\tAbove Target
Above Target: the work is beyond what is asked.
"""


LAYOUTS = {
    "M4": (MICROSOFT, ("AZ-104", "2026-11-20", "640", "fail"), "700", ()),
    "AWS": (
        AWS, ("", "2026-11-20", "690", "fail"), "",
        (
            ("Design Secure Architectures", "Needs Improvement"),
            ("Design Resilient Architectures", "Meets Competencies"),
            ("Design High-Performing Architectures", "Meets Competencies"),
            ("Design Cost-Optimized Architectures", "Needs Improvement"),
        ),
    ),
    "CompTIA": (COMPTIA, ("SY0-701", "2026-11-20", "690", "fail"), "750", ()),
    "Cisco": (
        CISCO, ("200-301", "2026-11-20", "780", "fail"), "825",
        (("Network Fundamentals", "62%"), ("Network Access", "70 %"), ("IP Connectivity", "0%")),
    ),
    "ISC2": (
        ISC2, ("", "2026-11-20", "", "fail"), "",
        (
            ("Security and Risk Management", "Below Proficiency"),
            ("Asset Security", "Near Proficiency"),
            ("Security Operations", "Above Proficiency"),
            ("Software Development Security", "Below Proficiency"),
            ("Security Assessment and Testing", "Below Proficiency"),
        ),
    ),
    "PMI": (
        PMI, ("PMP", "2026-11-20", "", "fail"), "",
        (("People", "Below Target"), ("Process", "Target"),
         ("Business Environment", "Above Target")),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "single", "passing", "domains"), LAYOUTS.values(), ids=LAYOUTS)
def test_each_vendors_layout_is_read(
    text: str,
    single: tuple[str, str, str, str],
    passing: str,
    domains: tuple[tuple[str, str], ...],
) -> None:
    report = read(text)
    assert report.problems == ()
    assert values(report) == single
    assert report.passing == passing
    assert report.observations == domains


@pytest.mark.parametrize("text", [entry[0] for entry in LAYOUTS.values()], ids=LAYOUTS)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_line_ends_change_nothing(text: str, ending: str) -> None:
    expected = read(text)
    again = read(text.replace("\n", ending))
    assert again == expected


def test_missed_objectives_become_flags_with_their_wrapped_lines() -> None:
    assert read(COMPTIA).flags == (
        "1.2 Compare and contrast security control types",
        "2.4 Given a scenario, analyze indicators of malicious activity",
    )


PERSONAL = ("Jane", "Doe", "4711", "MS0987654321", "1234567", "7654321", "Prometric", "Berlin")


@pytest.mark.parametrize(
    "text",
    [MICROSOFT, AWS, COMPTIA, PMI],
    ids=["IM-09 M4", "IM-09 AWS", "IM-09 CompTIA", "IM-09 PMI"],
)
def test_names_and_numbers_of_persons_are_dropped(text: str) -> None:
    shown = repr(read(text))
    assert not [word for word in PERSONAL if word in shown]
