"""Reports as they come from the field: each kind with its right value, written by hand.

A kind is read through the import itself, with the catalogue, and compared by what is stored.
"""

from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from coach.service import exams
from coach.service.importing import ImportResult, import_reports
from coach.service.service import Service
from tests.service.conftest import Clock

PMI = """\
code = "PMPY"
title = "PMP"
level = "associate"
policy = "pmi"
[[outline]]
id = "2026-01-15"
as_of = 2020-01-15
source = "own"
confidence = "own"
[[outline.domain]]
name = "People"
weight_low = 40
weight_high = 60
topics = ["A topic"]
[[outline.domain]]
name = "Process"
weight_low = 40
weight_high = 60
topics = ["Another topic"]
"""


class Stored(NamedTuple):
    """What an import stored of its only report, and what it said."""

    exam: str
    at: str
    score: int | None
    passed: bool | None
    seen: dict[str, str | float | None]
    flags: tuple[str, ...]
    said: str


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path, ZoneInfo("Europe/Berlin"), Clock("2026-11-28T09:00"))


def imported(service: Service, text: str, name: str = "report.txt") -> ImportResult:
    return import_reports(service, text.encode(), name)


def stored(service: Service, text: str, name: str = "report.txt") -> Stored:
    result = imported(service, text, name)
    assert result.problems == ()
    (report,) = service.state.facts.reports.values()
    attempt = service.state.facts.attempts[report.attempt]
    at = attempt.at.astimezone(service.zone)
    return Stored(
        exam=report.exam,
        at=f"{at:%Y-%m-%d %H:%M}" if attempt.time_known else f"{at:%Y-%m-%d}",
        score=report.score,
        passed=report.passed,
        seen={o.domain: o.word if o.value is None else o.value for o in report.observations},
        flags=report.flags,
        said=" ".join(note.text for note in result.notes),
    )


HEAD = "Exam: AZ-104\nDate: 2026-11-20\nScore: 658\n"
SCORES = {
    "digits-parted": ("Exam: AZ-104\nDate: 2026-11-20\nYour score 6 5 8\n", 658),
    "digits-parted-once": ("Exam: AZ-104\nDate: 2026-11-20\nYour score: 6 58\n", 658),
    "digits-parted-late": ("Exam: AZ-104\nDate: 2026-11-20\nScore\n65 8\n", 658),
    "digits-over-lines": ("Exam: AZ-104\nDate: 2026-11-20\nScore: 65\n8\n", 658),
    "value-above-label": (
        "Exam: AZ-104\nDate: 2026-11-20\n658\nYour score\n700\nRequired score\n",
        658,
    ),
    "bare-labels": ("Exam: AZ-104\nDate: 2026-11-20\nRequired score 700 Your score 658\n", 658),
    "no-labels": ("AZ-104 2026-11-20 658/1000 FAILED\n", 658),
    "german-bare": ("Prüfung AZ-104\nDatum 20.11.2026\nPunktzahl 658\nnicht bestanden\n", 658),
    "french-short": (
        "Examen AZ-104\nDate : 20/11/26\nNote : 658 / 1000\nRésultat : Non admis\n",
        658,
    ),
    "italian-bare": (
        "Esame AZ-104 del 20 novembre 2026\nPunteggio: 658 su 1000\nEsito: non superato\n",
        658,
    ),
    "digits-parted-of-scale": ("Exam: AZ-104\nDate: 2026-11-20\nScore: 6 58 / 1000\n", 658),
    "label-parted": ("Exam: AZ-104\nDate: 20 Novem ber 2026\nYour sco re: 658\n", 658),
    "date-parted": ("Exam: AZ-104\nDate: 2 0 Nov 20 26\nScore: 658\n", 658),
    "day-parted": ("Exam: AZ-104\nDate: 2 0 November 2026\nScore: 658\n", 658),
    "iso-parted": ("Exam: AZ-104\nDate: 2026-11-2 0\nScore: 658\n", 658),
    "code-parted": ("Exam: AZ-1 04\nDate: 2026-11-20\nScore: 658\n", 658),
    "zero-width-space": (
        "Exam:\u200b AZ-104\nExam Date:\u200b 2026-11-20\nScore:\u200b 658\n",
        658,
    ),
    "zero-width-inside": ("Exam: AZ\u200b-104\nDate: 2026\u2060-11-20\nScore: 6\u200b58\n", 658),
    "soft-hyphen": ("Exam: AZ\u00ad-104\nExam Date: 20 Nov\u00adember 2026\nSco\u00adre: 658", 658),
    "byte-order-mark": ("\ufeffExam: AZ-104\nDate: 2026-11-20\n\ufeffScore: 658\n", 658),
    "no-break-space": ("Exam:\u00a0AZ-104\nDate:\u202f20\u00a0Nov\u00a02026\nScore:\u2009658", 658),
    "right-to-left-mark": (
        "Exam: \u200fAZ-104\nDate: \u202a2026-11-20\u202c\nScore: \u200e658",
        658,
    ),
    "smart-quotes": ("Exam: “AZ-104”\nDate: ‘2026-11-20’\nYour score: “658”\n", 658),
    "smart-dashes": ("Exam – AZ‑104\nDate — 20–Nov–2026\nScore — 658\n", 658),
    "full-width": (
        "Ｅｘａｍ： ＡＺ－１０４\nＤａｔｅ：２０２６－１１－２０\nＳｃｏｒｅ：６５８\n",
        658,
    ),
    "full-width-digits": ("Exam: AZ-104\nDate: ２０ Nov ２０２６\nScore: ６５８\n", 658),
    "missing-spaces": (
        "ExamCode:AZ-104\nExamDate:20November2026\nYourScore:658\nPassingScore:700",
        658,
    ),
    "missing-marks": ("Exam AZ-104\nExam date 20 Nov 2026\nScore658\nRequired score 700\n", 658),
    "two-digit-year": ("Exam: AZ-104\nExam date: 20-Nov-26\nScore: 658\n", 658),
    "two-digit-year-dots": ("Exam: AZ-104\nExam date: 20.11.26\nScore: 658\n", 658),
    "two-digit-year-slashes": ("Exam: AZ-104\nExam date: 11/20/26\nScore: 658\n", 658),
    "decimals": ("Exam: AZ-104\nDate: 2026-11-20\nScore: 658.0\n", 658),
    "decimal-comma": ("Exam: AZ-104\nDate: 2026-11-20\nScore: 658,00\n", 658),
    "footnote-mark": ("Exam: AZ-104\nDate: 2026-11-20\nScore: 658²\n", 658),
    "one-line": ("Exam: AZ-104 Date: 2026-11-20 Your score: 658 Required score: 700", 658),
    "header-row": ("Exam   Date   Score   Grade\nAZ-104   2026-11-20   658   Fail", 658),
    "score-as-result": ("Exam: AZ-104\nDate: 2026-11-20\nResult: 658 (fail)\n", 658),
    "german": (
        "Prüfung: AZ-104\nPrüfungsdatum: 20.11.2026\nIhre Punktzahl: 658\n"
        "Erforderliche Punktzahl: 700\nErgebnis: Nicht bestanden\n",
        658,
    ),
    "german-month": ("Prüfung: AZ-104\nDatum: Freitag, 20. November 2026\nPunktzahl: 658", 658),
    "french": (
        "Examen : AZ-104\nDate de l’examen : 20 novembre 2026\nVotre score : 658\n"
        "Score requis : 700\nRésultat : Échec\n",
        658,
    ),
    "spanish": (
        "Examen: AZ-104\nFecha del examen: 20 de noviembre de 2026\nSu puntuación: 658\n"
        "Puntuación requerida: 700\nResultado: No aprobado\n",
        658,
    ),
    "portuguese": (
        "Exame: AZ-104\nData do exame: 20 de novembro de 2026\nSua pontuação: 658\n"
        "Pontuação necessária: 700\nResultado: Reprovado\n",
        658,
    ),
    "italian": (
        "Esame: AZ-104\nData dell'esame: 20 novembre 2026\nIl tuo punteggio: 658\n"
        "Punteggio richiesto: 700\nEsito: Non superato\n",
        658,
    ),
    "japanese": (
        "試験: AZ-104\n試験日: 2026年11月20日\nスコア: 658\n合格点: 700\n結果: 不合格\n",
        658,
    ),
    "japanese-full-width": (
        "試験番号：ＡＺ－１０４\n受験日：２０２６年１１月２０日\n得点：６５８\n合否：不合格\n",
        658,
    ),
}


@pytest.mark.parametrize(("text", "score"), SCORES.values(), ids=SCORES)
def test_exam_date_and_score_are_read(service: Service, text: str, score: int) -> None:
    found = stored(service, text)
    assert (found.exam, found.at, found.score) == ("AZ-104", "2026-11-20", score)


NOT_SURE = {
    "a-letter": "65O",
    "too-many-digits": "6 5 8 7 0 0",
    "two-numbers": "658 700",
    "a-range": "100-900",
    "a-fraction": "65 8.5",
    "another-decimal": "658.0.1",
}


@pytest.mark.parametrize("score", NOT_SURE.values(), ids=NOT_SURE)
def test_a_score_that_is_not_sure_is_refused(service: Service, score: str) -> None:
    result = imported(service, f"Exam: AZ-104\nDate: 2026-11-20\nScore: {score}\n")
    assert result.saved == ()
    assert [problem.field for problem in result.problems] == ["score"]


@pytest.mark.parametrize(
    "language", ["german", "french", "spanish", "portuguese", "italian", "japanese"]
)
def test_a_result_is_read_in_its_language(service: Service, language: str) -> None:
    text = SCORES[language][0].replace("658", "720")
    result = imported(service, text)
    assert result.saved == ()
    assert "fail does not fit a score of 720" in result.problems[0].text


CISSP = "Exam: CISSP\nDate: 2026-11-20\nResult: fail\n"
RISK, ASSET, DEV = "Security and Risk Management", "Asset Security", "Software Development Security"
ISC2_BANDS = {RISK: "Below Proficiency", ASSET: "Near Proficiency"}
ISC2 = {
    "band-above": f"Below proficiency\n{RISK}\nNear proficiency\n{ASSET}\n",
    "band-above-with-title": f"Your domains\n"
    f"Below proficiency\n{RISK}\nNear proficiency\n{ASSET}\n",
    "band-above-with-gaps": f"Below proficiency\n\n{RISK}\n\nNear proficiency\n\n{ASSET}\n",
    "band-below": f"{RISK}\nBelow proficiency\n{ASSET}\nNear proficiency\n",
    "band-below-with-gaps": f"{RISK}\nBelow proficiency\n\n{ASSET}\nNear proficiency\n",
    "heading-colon": f"Below proficiency:\n{RISK}\nNear proficiency:\n{ASSET}\n",
    "heading-words": f"Domains below proficiency:\n"
    f"- {RISK}\nDomains near proficiency:\n- {ASSET}\n",
    "heading-sentence": f"Domains in which you performed below proficiency\n{RISK}.\n"
    f"Near Proficiency Domains\n{ASSET}\n".replace(".\n", "\n"),
    "heading-bullets-and-gaps": f"BELOW PROFICIENCY\n\n• {RISK}\n\nNEAR PROFICIENCY\n\n• {ASSET}\n",
    "heading-numbers": f"Below Proficiency\n1. {RISK}\nNear Proficiency\n2. {ASSET}\n",
    "band-before-colon": f"Below proficiency: {RISK}\nNear proficiency: {ASSET}\n",
    "band-before-space": f"Below Proficiency {RISK}\nNear Proficiency {ASSET}\n",
    "band-before-brackets": f"[Below Proficiency] {RISK}\n(Near Proficiency) {ASSET}\n",
    "band-after-space": f"{RISK} Below Proficiency\n{ASSET} Near Proficiency\n",
    "band-after-brackets": f"{RISK} (Below Proficiency)\n{ASSET} [Near Proficiency]\n",
    "band-after-dash": f"{RISK} — Below Proficiency\n{ASSET} – Near Proficiency\n",
    "one-line-after": f"{RISK}: Below Proficiency {ASSET}: Near Proficiency\n",
    "one-line-after-numbers": f"Domain 1: {RISK} (16%) Below Proficiency "
    f"Domain 2: {ASSET} (10%) Near Proficiency\n",
    "one-line-before": f"Below Proficiency: {RISK} Near Proficiency: {ASSET}\n",
    "weights": f"1. {RISK} (16%) ..... Below Proficiency\n2. {ASSET} 10% Near Proficiency\n",
    "table": f"| Domain | Result |\n|---|---|\n| {RISK} | Below Proficiency |\n"
    f"| {ASSET} | Near Proficiency |\n",
    "header": f"Domain    Weight    Performance\n{RISK}   16%   Below Proficiency\n"
    f"{ASSET}   10%   Near Proficiency\n",
    "legend": f"Below Proficiency  Near Proficiency  Above Proficiency\n{RISK}: Below Proficiency\n"
    f"{ASSET}: Near Proficiency\n",
    "no-spaces": "SecurityandRiskManagement:BelowProficiency\nAssetSecurity:NearProficiency\n",
    "parted-letters": "Secur ity and Risk Manage ment  Below Proficiency\n"
    "Asset Sec urity  Near Proficiency\n",
    "capitals": f"{RISK.upper()}: BELOW PROFICIENCY\n{ASSET.lower()}: near proficiency\n",
    "ampersand": "Security & Risk Management: Below Proficiency\n"
    "Asset Security: Near Proficiency\n",
    "row-of-names": f"{RISK}   {ASSET}\nBelow Proficiency   Near Proficiency\n",
    "broken-names": "Security and Risk\n"
    "Management  Below Proficiency\nAsset\nSecurity: Near Proficiency\n",
}  # fmt: skip


@pytest.mark.parametrize("text", ISC2.values(), ids=ISC2)
def test_a_band_is_read_wherever_it_stands(service: Service, text: str) -> None:
    found = stored(service, CISSP + text)
    assert (found.exam, found.score, found.passed) == ("CISSP", None, False)
    assert found.seen == ISC2_BANDS


def test_a_heading_is_about_every_name_below_it(service: Service) -> None:
    text = f"Domains below proficiency:\n- {RISK}\n- {DEV}\nDomains near proficiency:\n- {ASSET}\n"
    assert stored(service, CISSP + text).seen == {**ISC2_BANDS, DEV: "Below Proficiency"}


NETWORK = "N10-009\n2026-11-20\nScore 680\n"
PERCENTS = {
    "one-line": (
        "Networking Concepts:85% Network Implementation:80% Network Operations:96% "
        "Network Security:70% Network Troubleshooting:40%",
        (85, 80, 96, 70, 40),
    ),
    "one-line-columns": (
        "Networking Concepts  85%  Network Implementation  80%\n"
        "Network Operations  96%  Network Security  70%  Network Troubleshooting  40%",
        (85, 80, 96, 70, 40),
    ),
    "one-line-before": (
        "85% Networking Concepts, 80% Network Implementation, 96% Network Operations, "
        "70% Network Security, 40% Network Troubleshooting",
        (85, 80, 96, 70, 40),
    ),
    "decimals": (
        "Networking Concepts 85.5%\nNetwork Implementation 80,25 %\nNetwork Operations 62,5 %\n"
        "Network Security: 70.5%\nNetwork Troubleshooting: 40.0%",
        (85.5, 80.25, 62.5, 70.5, 40),
    ),
    "parted": (
        "Networking Concepts 8 5%\nNetwork Implementation: 8 0 %\nNetwork Operations 96 %\n"
        "Network Security  7 0 %\nNetwork Troubleshooting | 4 0%",
        (85, 80, 96, 70, 40),
    ),
    "full-width": (
        "Networking Concepts：８５％\nNetwork Implementation：８０％\nNetwork Operations：９６％\n"
        "Network Security：７０％\nNetwork Troubleshooting：４０％",
        (85, 80, 96, 70, 40),
    ),
    "no-spaces": (
        "1.0NetworkingConcepts85%\n2.0NetworkImplementation80%\n3.0NetworkOperations96%\n"
        "4.0NetworkSecurity70%\n5.0NetworkTroubleshooting40%",
        (85, 80, 96, 70, 40),
    ),
}


@pytest.mark.parametrize(("text", "values"), PERCENTS.values(), ids=PERCENTS)
def test_percents_are_read_whole(service: Service, text: str, values: tuple[float, ...]) -> None:
    found = stored(service, NETWORK + text)
    assert (found.exam, found.at, found.score) == ("N10-009", "2026-11-20", 680)
    assert tuple(found.seen.values()) == values


AWS = """\
AWS Certified Solutions Architect - Associate (SAA-C03)
Exam Date: 11/20/2026
Candidate Score: 658
Pass/Fail: FAIL
Section    % of Scored Items    Needs Improvement    Meets Competencies
Design Secure Architectures    30%    Needs Improvement
Design Resilient Architectures    26%    Meets Competencies
"""


def test_header_rows_are_passed_over(service: Service) -> None:
    found = stored(service, AWS)
    assert (found.exam, found.at, found.score) == ("SAA-C03", "2026-11-20", 658)
    assert found.seen == {
        "Design Secure Architectures": "Needs Improvement",
        "Design Resilient Architectures": "Meets Competencies",
    }
    assert "understood" not in found.said


COMPTIA = """\
SY0-701
Date: 2026-11-20
Your score: 702
You incorrectly answered one or more questions in the following objective areas:
1.1 Compare and contrast various types of security controls.
2.4 Given a scenario, analyze indicators of malicious activity.
"""


@pytest.mark.parametrize("bullet", ["", "- ", "• ", "Objective "])
def test_numbered_objectives_are_flagged_in_their_domains(service: Service, bullet: str) -> None:
    text = COMPTIA.replace("\n1.1", f"\n{bullet}1.1").replace("\n2.4", f"\n{bullet}2.4")
    found = stored(service, text)
    assert (found.exam, found.at, found.score) == ("SY0-701", "2026-11-20", 702)
    heatmap = service.state.heatmap
    assert heatmap is not None
    flagged = [sum(topic.flagged for topic in row.topics) for row in heatmap.domains]
    assert flagged == [1, 1, 0, 0, 0]


def test_objectives_without_a_heading_are_flagged_too(service: Service) -> None:
    text = "".join(line for line in COMPTIA.splitlines(keepends=True) if "incorrectly" not in line)
    assert len(stored(service, text).flags) == 2


def test_the_word_candidate_does_not_eat_a_line(service: Service) -> None:
    found = stored(service, f"{HEAD}Candidate notes\nCandidate result near target 62%\n")
    assert "62%" in found.said


def test_what_a_report_must_hold_follows_from_the_policy(service: Service, tmp_path: Path) -> None:
    (tmp_path / "pmi.toml").write_text(PMI)
    service.extend_catalogue(exams.add, tmp_path / "pmi.toml")
    text = (
        "Exam: PMPY\nDate: 2026-11-20\nResult: Fail\nPeople: Target\nProcess: Needs Improvement\n"
    )
    found = stored(service, text)
    assert (found.exam, found.score, found.passed) == ("PMPY", None, False)
    assert found.seen == {"People": "Target", "Process": "Needs Improvement"}


DAY = "2026-11-20\n"
OTHERS: dict[str, tuple[str, str, int | None, bool | None, dict[str, str | float]]] = {
    "aws": (
        f"AWS Certified Solutions Architect - Associate (SAA-C03)   FAIL   Score 668\n{DAY}"
        "Domain 1: Design Secure Architectures (30%)   Meets Competencies\n",
        "SAA-C03", 668, None, {"Design Secure Architectures": "Meets Competencies"},
    ),
    "cisco-without-score": (
        f"200-301   Grade: Fail   Retake Date: 2026-12-06\nExam Date: {DAY}"
        "Network Fundamentals 70%   Network Access 45%   IP Connectivity 52%\n",
        "200-301", None, False,
        {"Network Fundamentals": 70, "Network Access": 45, "IP Connectivity": 52},
    ),
    "github": (
        f"GH-200: GitHub Actions   Your score 641   Required score 700   Fail\n{DAY}",
        "GH-200", 641, None, {},
    ),
    "google": (
        f"Professional Cloud Architect\nResult: Fail\nDate: {DAY}", "GCP-PCA", None, False, {},
    ),
    "linux-foundation": (
        f"CKA   Score: 58%   Passing score: 66%   Not passed\n{DAY}", "CKA", 58, None, {},
    ),
    "red-hat": (f"EX200   Score 178 of 300\nNO PASS\n{DAY}", "EX200", 178, None, {}),
    "snowflake": (f"COF-C03\nExam date: {DAY}Scaled score 702   Fail\n", "COF-C03", 702, None, {}),
    "ec-council": (f"312-50   Fail   Cryptography\n{DAY}", "312-50", None, False, {}),
    "isaca": (
        f"CISA\nDate: {DAY}Scaled score 418 (passing 450)\n"
        "Protection of Information Assets   372\n",
        "CISA", 418, None, {},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "exam", "score", "passed", "seen"), OTHERS.values(), ids=OTHERS)
def test_the_report_of_each_vendor_is_read(
    service: Service,
    text: str,
    exam: str,
    score: int | None,
    passed: bool | None,
    seen: dict[str, str | float],
) -> None:
    found = stored(service, text)
    assert (found.exam, found.at, found.score, found.passed) == (exam, "2026-11-20", score, passed)
    assert found.seen == seen


def test_a_score_is_due_where_the_policy_asks_for_one(service: Service) -> None:
    result = imported(service, "Exam: AZ-104\nDate: 2026-11-20\nResult: Fail\n")
    assert [problem.field for problem in result.problems] == ["score"]


LOST = {
    "band": "The rest was near proficiency this time",
    "percent": "Other matters 62% or so",
    "number": "Rank 17 of all",
    "two-percents": "Implement and manage storage 20% 62%",
    "columns": "Below Target\nNear Target",
    "unknown-name": "Cloud matters 40%",
}


@pytest.mark.parametrize("line", LOST.values(), ids=LOST)
def test_a_line_that_was_not_understood_is_shown(service: Service, line: str) -> None:
    found = stored(service, f"{HEAD}{line}\n")
    for part in line.splitlines():
        assert f'"{part}" was not understood' in found.said
    assert found.seen == {}


def test_a_line_without_band_or_number_is_not_named(service: Service) -> None:
    assert "understood" not in stored(service, f"{HEAD}Thank you for coming\n").said


TABLES = {
    "sep-line": "sep=;\r\nexam;at;score\r\nAZ-104;2026-11-20;658\r\n",
    "headers-in-words": "Exam,Date,Score,Result\r\nAZ-104,2026-11-20,658,Fail\r\n",
    "headers-longer": "Exam Code,Exam Date,Your Score,Passing Score,Notes\n"
    "AZ-104,20 Nov 2026,658,700,x\n",
    "short-row": "exam,at,score,note\r\nAZ-104,2026-11-20,658\r\n",
    "long-empty-row": "exam,at,score\nAZ-104,2026-11-20,658,,,\n",
    "decimal-point": "exam,at,score\r\nAZ-104,2026-11-20,658.0\r\n",
    "decimal-comma": "exam;at;score\nAZ-104;2026-11-20;658,0\n",
    "formula": 'exam,at,score\n="AZ-104",="2026-11-20",="658"\n',
    "quoted-formula": 'exam,at,score\n"=""AZ-104""","=""2026-11-20""","=""658"""\n',
    "apostrophe": "exam,at,score\n'AZ-104,'2026-11-20,'658\n",
    "dotted-date": "exam;at;score\nAZ-104;20.11.2026;658\n",
    "blank-lines": "\n,,\nexam,at,score\n,,\nAZ-104,2026-11-20,658\n\n",
    "invisible": "\ufeffexam,at,score\nAZ\u200b-104,\u00a02026-11-20,６５８\n",
    "german": "Prüfung;Datum;Punktzahl;Ergebnis\nAZ-104;20.11.2026;658;Nicht bestanden\n",
    "japanese": "試験,試験日,スコア,結果\nAZ-104,2026年11月20日,658,不合格\n",
    "markdown": "| Exam | Date | Score |\n| --- | --- | --- |\n| AZ-104 | 2026-11-20 | 658 |\n",
    "title-above": "My exams\n\nExam,Date,Score\nAZ-104,2026-11-20,658\n",
    "pipes": "Exam | Date | Score\nAZ-104 | 2026-11-20 | 658\n",
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_a_spreadsheet_is_read(service: Service, text: str) -> None:
    found = stored(service, text, "reports.csv")
    assert (found.exam, found.at, found.score) == ("AZ-104", "2026-11-20", 658)


def test_a_spreadsheet_may_have_decimal_commas_and_times(service: Service) -> None:
    text = (
        "exam;at;score;Manage Azure identities and governance;Implement and manage storage\r\n"
        "AZ-104;20.11.2026 14:30;658;62,5;41\r\n"
    )
    found = stored(service, text, "semi.csv")
    assert (found.at, found.score) == ("2026-11-20 14:30", 658)
    assert [*found.seen.values()] == [62.5, 41]


def test_a_result_that_does_not_fit_its_score_is_refused(service: Service) -> None:
    result = imported(service, "Exam,Date,Score,Result\nAZ-104,2026-11-20,658,Pass\n", "a.csv")
    assert [problem.field for problem in result.problems] == ["result"]
    assert service.state.facts.reports == {}
