"""The packaged exams: complete, valid, and with the facts that were published."""

import re
from collections import Counter
from datetime import date

import msgspec
import pytest

from coach.catalogue import Catalogue, normalise_code, read_exam_file
from coach.catalogue.exams import squeeze
from coach.catalogue.lookup import DATA
from coach.model.exam import Exam, Outline, Weight
from coach.reading.outlines import outline_in_force

FILES = sorted((DATA / "exams").glob("*.toml"))
UNWANTED = (
    *("azure ad", "azure active directory", "azure sentinel", "security center"),
    *("azure defender", "cannot pass"),
)
RETIREMENTS = {
    "DP-203": (date(2025, 3, 31), "DP-700", "official"),
    "SC-400": (date(2025, 5, 31), "SC-401", "secondary"),
    "MB-910": (date(2025, 12, 31), None, "secondary"),
    "MB-920": (date(2025, 12, 31), None, "secondary"),
    "MS-900": (date(2026, 3, 31), "AB-900", "official"),
    "DP-100": (date(2026, 6, 1), "AI-300", "official"),
    "AI-102": (date(2026, 6, 30), "AI-103", "official"),
    "AI-900": (date(2026, 6, 30), "AI-901", "official"),
    "MB-240": (date(2026, 6, 30), None, "official"),
    "MB-335": (date(2026, 6, 30), None, "official"),
    "MB-700": (date(2026, 6, 30), None, "official"),
    "PL-500": (date(2026, 6, 30), None, "official"),
    "PL-600": (date(2026, 6, 30), None, "official"),
    "AZ-204": (date(2026, 7, 31), "AI-200", "official"),
    "MB-280": (date(2026, 7, 31), "AB-210", "official"),
    "AZ-500": (date(2026, 8, 31), "SC-500", "official"),
    "PL-200": (date(2026, 8, 31), "AB-410", "official"),
    "AZ-800": (date(2026, 9, 30), "AZ-802", "official"),
    "AZ-801": (date(2026, 9, 30), "AZ-802", "official"),
    "PL-400": (date(2026, 10, 30), "AB-400", "official"),
    "MS-102": (date(2026, 11, 30), None, "official"),
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue()


@pytest.fixture(scope="module")
def microsoft(catalogue: Catalogue) -> list[Exam]:
    return [exam for exam in catalogue.exams() if exam.vendor == "Microsoft"]


def known(catalogue: Catalogue, code: str) -> Exam:
    exam = catalogue.exam(code)
    assert exam is not None
    return exam


def outline(exam: Exam, outline_id: str) -> Outline:
    return next(o for o in exam.outlines if o.id == outline_id)


def ranges(chosen: Outline) -> list[tuple[str, Weight | None, Weight | None]]:
    return [(d.name, d.weight_low, d.weight_high) for d in chosen.domains]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_packaged_file_is_valid_and_named_after_its_code(path):
    exam = read_exam_file(path)
    assert exam.code == path.stem == normalise_code(path.stem)
    assert exam.title.strip() == exam.title


def test_the_catalogue_holds_all_microsoft_exams_and_their_outlines(microsoft):
    assert len(microsoft) == 68
    official = [o for exam in microsoft for o in exam.outlines if o.automatic]
    assert len(official) == 64
    assert sum(len(o.domains) for o in official) == 266
    assert sum(len(d.topics) for o in official for d in o.domains) == 754
    assert sum(o.confidence == "official" for o in official) == 53


def test_exams_without_an_outline_are_the_seven_known_ones(microsoft):
    bare = {exam.code for exam in microsoft if not exam.outlines}
    assert bare == {"MB-240", "MB-280", "MB-335", "MB-700", "MB-910", "MB-920", "SC-400"}


def test_only_exams_in_beta_are_marked_as_such(microsoft):
    assert {exam.code for exam in microsoft if exam.beta} == {"AB-210", "AB-650", "AI-500"}


def test_the_retirement_calendar(microsoft):
    found = {
        exam.code: (exam.retires, exam.successor, exam.retires_confidence)
        for exam in microsoft
        if exam.retires is not None
    }
    assert found == RETIREMENTS


def test_only_retiring_exams_name_a_successor_and_it_is_in_the_catalogue(catalogue, microsoft):
    for exam in microsoft:
        assert exam.successor is None or exam.retires is not None
        assert exam.successor is None or catalogue.exam(exam.successor) is not None


def test_every_exam_names_a_packaged_policy(catalogue):
    assert all(catalogue.policy(exam.policy) for exam in catalogue.exams())
    assert {e.policy for e in catalogue.exams() if e.vendor == "Microsoft"} == {"microsoft"}


def test_microsoft_scores_run_from_1_to_1000_and_700_passes(microsoft):
    assert {(e.score_low, e.score_high, e.passing_score) for e in microsoft} == {(1, 1000, 700)}


def test_an_unconfirmed_passing_score_is_said(microsoft):
    said = {exam.code for exam in microsoft if "700 is assumed" in (exam.note or "")}
    assert said == {
        *("AB-730", "AB-731", "MB-240", "MB-280", "MB-335", "MB-700", "MB-910", "MB-920"),
    }


def test_outlines_of_a_page_without_a_skills_date_use_its_last_update(catalogue):
    (chosen,) = known(catalogue, "SC-500").outlines
    assert (chosen.id, chosen.as_of) == ("2026-07-31", date(2026, 7, 31))
    assert "no skills date" in (chosen.note or "")


def test_outlines_without_any_date_are_undated(microsoft):
    undated = {e.code for e in microsoft for o in e.outlines if o.id == "undated"}
    assert undated == {
        *("AB-210", "AI-200", "AI-300", "AI-500", "AZ-802"),
        *("DP-100", "MS-900", "PL-200", "PL-500", "PL-600"),
    }
    for exam in microsoft:
        for chosen in exam.outlines:
            assert (chosen.as_of is None) == (chosen.id in ("undated", "seed"))
            assert chosen.as_of is None or chosen.id == chosen.as_of.isoformat()


def test_outlines_stand_newest_first(microsoft):
    for exam in microsoft:
        dates = [o.as_of for o in exam.outlines if o.as_of is not None]
        assert dates == sorted(dates, reverse=True)


def test_az_104_has_five_domains_with_the_published_ranges(catalogue):
    exam = known(catalogue, "AZ-104")
    assert (exam.title, exam.level) == ("Microsoft Azure Administrator", "associate")
    assert exam.duration_minutes == 100
    assert [o.id for o in exam.outlines] == ["2026-04-17"]
    assert ranges(exam.outlines[0]) == [
        ("Manage Azure identities and governance", 20, 25),
        ("Implement and manage storage", 15, 20),
        ("Deploy and manage Azure compute resources", 20, 25),
        ("Implement and manage virtual networking", 15, 20),
        ("Monitor and maintain Azure resources", 10, 15),
    ]


@pytest.mark.parametrize("_id", ["EX-01", "EX-03", "EX-05", "EX-07", "TP-01", "PR-11"])
def test_ai_102_is_the_exam_of_the_article(catalogue, _id):
    exam = known(catalogue, "AI-102")
    assert exam.certification == "Microsoft Certified: Azure AI Engineer Associate"
    assert exam.duration_minutes == 100
    assert exam.retires == date(2026, 6, 30)
    (chosen,) = exam.outlines
    assert chosen.as_of == date(2025, 12, 23)
    assert ranges(chosen) == [
        ("Plan and manage an Azure AI solution", 20, 25),
        ("Implement generative AI solutions", 15, 20),
        ("Implement an agentic solution", 5, 10),
        ("Implement computer vision solutions", 10, 15),
        ("Implement natural language processing solutions", 15, 20),
        ("Implement knowledge mining and information extraction solutions", 15, 20),
    ]


@pytest.mark.parametrize("_id", ["EX-08", "EX-09", "XC-04"])
def test_az_500_keeps_the_weights_of_the_article_as_an_outline_of_its_own(catalogue, _id):
    exam = known(catalogue, "AZ-500")
    assert exam.certification == "Microsoft Certified: Azure Security Engineer Associate"
    assert [o.id for o in exam.outlines] == ["2026-01-22", "2023-10-31", "seed"]
    seed = outline(exam, "seed")
    assert (seed.automatic, seed.as_of, seed.confidence) == (False, None, "article")
    assert ranges(seed) == [
        ("Manage identity and access", 30, 30),
        ("Secure networking", 25, 25),
        ("Secure compute, storage, and databases", 25, 25),
        ("Manage security operations", 20, 20),
    ]
    assert "ranges" in (seed.note or "")


def test_the_last_az_500_outline_turns_the_order_of_the_article_round(catalogue):
    assert ranges(outline(known(catalogue, "AZ-500"), "2026-01-22")) == [
        ("Secure identity and access", 15, 20),
        ("Secure networking", 20, 25),
        ("Secure compute, storage, and databases", 20, 25),
        ("Secure Azure using Microsoft Defender for Cloud and Microsoft Sentinel", 30, 35),
    ]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        pytest.param(
            0,
            ["users and groups", "conditional access", "(pim)", "id protection", "entra connect"],
            id="DM-01",
        ),
        pytest.param(
            1,
            [
                *(
                    "network security group",
                    "azure firewall",
                    "gateway with waf",
                    "virtual network",
                ),
                "monitoring",
            ],
            id="DM-03",
        ),
        pytest.param(
            1,
            [
                *("network security group", "azure firewall", "ddos protection"),
                "virtual network security",
            ],
            id="SP-03",
        ),
        pytest.param(
            2,
            ["defender for cloud", "key vault", "storage", "database security", "compute security"],
            id="DM-05",
        ),
        pytest.param(3, ["sentinel", "monitoring", "compliance", "automation"], id="DM-07"),
        pytest.param(3, ["sentinel", "monitoring", "incident response"], id="FQ-08"),
    ],
)
def test_the_topics_of_a_domain_cover(catalogue, number, words):
    domain = outline(known(catalogue, "AZ-500"), "seed").domains[number]
    for word in words:
        assert any(word in topic.casefold() for topic in domain.topics), word


@pytest.mark.parametrize(
    ("number", "words"),
    [
        pytest.param(0, ["rbac", "mfa", "governance"], id="DM-02"),
        pytest.param(1, ["rules", "filtering", "segmentation"], id="DM-04"),
        pytest.param(2, ["encryption", "baselines", "data protection"], id="DM-06"),
        pytest.param(3, ["log analysis", "threat detection", "workflow automation"], id="DM-08"),
        pytest.param(3, ["sentinel", "defender for cloud", "incident response"], id="SP-04"),
    ],
)
def test_the_three_critical_topics_are(catalogue, number, words):
    domain = outline(known(catalogue, "AZ-500"), "seed").domains[number]
    for topic, word in zip(domain.topics[:3], words, strict=True):
        assert word in topic.casefold()


@pytest.mark.parametrize("code", ["AZ-500", "SC-500", "AI-102", "AI-103", "AZ-104"])
def test_patterns_of_all_kinds_name_domains_of_the_exam(catalogue, code):
    exam = known(catalogue, code)
    kinds = {"foundation", "resource-level", "operations-only"}
    assert {p.kind for p in exam.patterns} - {"hands-on"} == kinds
    names = {d.name for o in exam.outlines for d in o.domains}
    for pattern in exam.patterns:
        assert names.issuperset(pattern.domains)
        from_article = code == "AZ-500" or (code, pattern.kind) == ("AI-102", "hands-on")
        assert pattern.source == ("article" if from_article else "own")


@pytest.mark.parametrize("outline_id", ["2026-01-22", "2023-10-31", "seed"])
def test_each_az_500_outline_has_one_pattern_of_each_kind(catalogue, outline_id):
    exam = known(catalogue, "AZ-500")
    names = [d.name for d in outline(exam, outline_id).domains]
    fitting = {p.kind: p.domains for p in exam.patterns if set(p.domains) <= set(names)}
    assert fitting == {
        "foundation": (names[0],),
        "resource-level": (names[1], names[2]),
        "operations-only": (names[3],),
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_former_product_name_and_no_banned_claim(path):
    text = path.read_text(encoding="utf-8").casefold()
    # ISC2 says that its exams adapt; nothing shows that Microsoft's do.
    words = UNWANTED if 'vendor = "isc2"' in text else (*UNWANTED, "adaptive")
    assert not [word for word in words if re.search(rf"\b{word}\b", text)]


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.toml")), ids=lambda path: path.stem)
def test_a_sentence_names_its_days_in_words(path):
    """Screens show a text of the catalogue as it is; a day in the name of a file is part of it."""
    prose = re.findall(r"^(?:note|source|no_assessment) = .*$", path.read_text("utf-8"), re.M)
    assert not re.findall(r"(?<![\w./-])\d{4}-\d\d-\d\d(?![\w/-])", "\n".join(prose))


@pytest.fixture(scope="module")
def others(catalogue: Catalogue) -> dict[str, Exam]:
    return {exam.code: exam for exam in catalogue.exams() if exam.vendor != "Microsoft"}


def test_the_catalogue_holds_the_exams_of_other_vendors(others):
    assert len(others) == 72
    outlines = [o for exam in others.values() for o in exam.outlines]
    assert len(outlines) == 72
    assert sum(len(o.domains) for o in outlines) == 389
    assert sum(len(d.topics) for o in outlines for d in o.domains) == 1208
    assert all(o.source.strip() and o.confidence in ("official", "secondary") for o in outlines)
    assert {exam.code for exam in others.values() if not exam.outlines} == {"DVA-C03"}
    vendors = Counter(exam.vendor for exam in others.values())
    assert vendors == {
        "AWS": 16,
        "CompTIA": 14,
        "GitHub": 6,
        "ISC2": 5,
        "Cisco": 5,
        "HashiCorp": 2,
        "CNCF / Linux Foundation": 5,
        "Google Cloud": 8,
        "ISACA": 3,
        "PMI": 2,
        "EC-Council": 1,
        "Red Hat": 1,
        "Databricks": 1,
        "Salesforce": 1,
        "Oracle": 1,
        "Snowflake": 1,
    }


def test_weights_of_other_vendors_make_about_100_or_are_not_published(others):
    bare = {c for c, exam in others.items() for o in exam.outlines if not o.weighted}
    assert bare == {"TERRAFORM-004", "VAULT-003", "EX200", "1Z0-1085-26", "SAP-C03", "CSSLP"}
    odd = {}
    for code, exam in others.items():
        for chosen in exam.outlines:
            low = sum(d.weight_low or 0 for d in chosen.domains)
            high = sum(d.weight_high or 0 for d in chosen.domains)
            if chosen.weighted and not low <= 100 <= high:
                odd[code] = round(low, 1)
            assert all((d.weight_low is None) != chosen.weighted for d in chosen.domains)
    assert odd == {"ISC2-CC": 99.9, "GCP-PMLE": 101, "312-50": 101}


def test_pass_marks_and_scales_of_other_vendors(others):
    found = {
        code: (others[code].score_low, others[code].passing_score, others[code].score_high)
        for code in ("CISSP", "CKA", "CLF-C02", "N10-009", "SAA-C03", "SY0-701", "CISA", "EX200")
    }
    assert found == {
        "CISSP": (0, 700, 1000),
        "CKA": (0, 66, 100),
        "CLF-C02": (100, 700, 1000),
        "N10-009": (100, 720, 900),
        "SAA-C03": (100, 720, 1000),
        "SY0-701": (100, 750, 900),
        "CISA": (200, 450, 800),
        "EX200": (0, 210, 300),
    }
    assert (others["200-301"].passing_score, others["200-301"].scale) == (None, (300, 1000))
    assert (others["VAULT-003"].passing_score, others["VAULT-003"].score_high) == (None, None)
    assert sum(exam.passing_score is None for exam in others.values()) == 27


def test_the_end_and_the_successor_of_exams_of_other_vendors(others):
    found = {c: (e.retires, e.successor, e.retires_confidence) for c, e in others.items()}
    assert {code: end for code, end in found.items() if end[0]} == {
        "ANS-C01": (date(2026, 12, 31), None, "official"),
        "CS0-003": (date(2026, 12, 22), "CS0-004", "secondary"),
        "DVA-C02": (date(2026, 11, 30), "DVA-C03", "official"),
        "MLA-C01": (date(2026, 9, 28), "MLA-C02", "official"),
        "SAP-C02": (date(2026, 11, 16), "SAP-C03", "official"),
        "SY0-701": (date(2027, 6, 11), "SY0-801", "official"),
    }
    assert all(successor is None or successor in others for _, successor, _ in found.values())
    assert {code for code, exam in others.items() if exam.beta} == {"MLA-C02", "AIB-C01"}


@pytest.mark.parametrize(
    ("on", "outline_id", "domains"),
    [
        pytest.param(date(2026, 11, 28), "v1.1", 6, id="today"),
        pytest.param(date(2027, 2, 2), "v1.1", 6, id="last-day"),
        pytest.param(date(2027, 2, 3), "2027-02-03", 5, id="first-day"),
    ],
)
def test_ccna_changes_its_outline_under_one_code(others, on, outline_id, domains):
    found, _ = outline_in_force(others["200-301"], on)
    assert found is not None
    assert (found.id, len(found.domains)) == (outline_id, domains)


def test_an_outline_that_ended_without_a_known_one_after_it_says_so(others):
    before, nothing = outline_in_force(others["CISM"], date(2026, 11, 2))
    after, note = outline_in_force(others["CISM"], date(2026, 11, 3))
    assert before == after
    assert nothing is None
    assert note is not None
    assert note.code == "outline-ended"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ADM-201", "PLAT-ADMN-201"),
        ("me1-c02", "MLA-C02"),
        ("ccna", "200-301"),
        ("cc", "ISC2-CC"),
        ("TERRAFORM-ASSOCIATE-004", "TERRAFORM-004"),
        ("ex200", "EX200"),
        ("CASP+", "CAS-005"),
    ],
)
def test_another_code_or_name_finds_the_exam(catalogue, typed, code):
    assert known(catalogue, typed).code == code


def test_names_of_one_exam_are_no_codes_of_another(catalogue):
    codes = {squeeze(exam.code) for exam in catalogue.exams()}
    names = [squeeze(name) for exam in catalogue.exams() for name in exam.aliases]
    assert len(names) == len(set(names))
    assert not codes & set(names)


def test_a_list_reads_the_same_facts_as_a_whole_file(catalogue):
    for head in catalogue.heads():
        whole = known(catalogue, head.code)
        assert msgspec.structs.replace(whole, outlines=(), patterns=(), language_ends=()) == head
