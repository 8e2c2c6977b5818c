"""Reading an exam file of one's own: what is accepted, and how each fault is named."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.catalogue import Catalogue, CatalogueError, exam_toml, read_exam_file
from coach.model.exam import Exam

VALID = """\
code = "XY-100"
title = "An exam"

[[outline]]
id = "first"
as_of = 2026-01-05

[[outline.domain]]
name = "Alpha"
weight_low = 40
weight_high = 50
topics = ["One", "Two"]

[[outline.domain]]
name = "Beta"
weight_low = 50
weight_high = 60

[[pattern]]
kind = "foundation"
domains = ["Alpha"]
text = "Alpha carries Beta."
action = "Start with Alpha."
source = "own"
outline = "first"

[[language_end]]
languages = ["Welsh"]
retires = 2027-01-31
"""


def written(tmp_path: Path, text: str, name: str = "XY-100.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def refused(path: Path) -> CatalogueError:
    with pytest.raises(CatalogueError) as caught:
        read_exam_file(path)
    sentence = str(caught.value)
    assert sentence.startswith(path.name)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return caught.value


def test_a_valid_file(tmp_path):
    exam = read_exam_file(written(tmp_path, VALID))
    assert (exam.code, exam.vendor, exam.policy) == ("XY-100", "Microsoft", "microsoft")
    (outline,) = exam.outlines
    assert (outline.id, outline.as_of) == ("first", date(2026, 1, 5))
    assert (outline.source, outline.confidence) == ("own file", "own")
    assert [d.topics for d in outline.domains] == [("One", "Two"), ()]
    assert exam.patterns[0].outline == "first"
    assert exam.language_ends[0].retires == date(2027, 1, 31)


OTHER = 'code = "HX-1"\ntitle = "T"\n'


@pytest.mark.parametrize(
    ("lines", "vendor", "policy", "scores"),
    [
        pytest.param("", "Microsoft", "microsoft", (700, 1, 1000), id="nothing-named"),
        pytest.param('vendor = "Acme"', "Acme", "unknown", (None, None, None), id="vendor"),
        pytest.param('policy = "pmi"', "pmi", "pmi", (None, None, None), id="policy"),
        pytest.param(
            'vendor = "Acme"\npassing_score = 66', "Acme", "unknown", (66, 0, 100), id="of-100"
        ),
        pytest.param(
            'vendor = "Acme"\npassing_score = 750', "Acme", "unknown", (750, 0, 1000), id="of-1000"
        ),
        pytest.param(
            'vendor = "Acme"\nscore_low = 300\nscore_high = 1000', "Acme", "unknown",
            (None, 300, 1000), id="scale-without-a-pass-mark",
        ),
        pytest.param(
            'policy = "microsoft-mos"', "Microsoft", "microsoft-mos", (700, 1, 1000), id="mos"
        ),
    ],
)  # fmt: skip
def test_nothing_of_microsofts_is_assumed_for_another_vendor(
    tmp_path, lines, vendor, policy, scores
):
    exam = read_exam_file(written(tmp_path, f"{OTHER}{lines}\n", "HX-1.toml"))
    assert (exam.vendor, exam.policy) == (vendor, policy)
    assert (exam.passing_score, exam.score_low, exam.score_high) == scores


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        pytest.param((49.5, 49.5, 50.4, 50.4), None, id="sum-99.9"),
        pytest.param((51, 51, 50, 50), None, id="sum-101"),
        pytest.param((52, 52, 50, 50), "from 102 to 102", id="sum-102"),
        pytest.param((48, 48, 50, 50), "from 98 to 98", id="sum-98"),
    ],
)
def test_rounded_weights_may_miss_100_by_one(tmp_path, weights, said):
    text = VALID
    for old, new in zip(("= 40", "= 50\nt", "= 50\nw", "= 60"), weights, strict=True):
        text = text.replace(old, f"= {new}{old[4:]}", 1)
    if said is None:
        assert read_exam_file(written(tmp_path, text)).outlines[0].weighted
    else:
        assert said in str(refused(written(tmp_path, text)))


def test_weights_are_given_for_all_domains_or_for_none(tmp_path):
    bare = re.sub(r"weight_(low|high) = \d+\n", "", VALID)
    (outline,) = read_exam_file(written(tmp_path, bare)).outlines
    assert not outline.weighted
    error = refused(written(tmp_path, VALID.replace("weight_low = 50\nweight_high = 60\n", "")))
    assert error.field == "outline 1, domain 2, weight_low"


@pytest.mark.parametrize("exam", Catalogue().exams(), ids=lambda exam: exam.code)
def test_what_is_written_reads_back(tmp_path, exam):
    assert read_exam_file(written(tmp_path, exam_toml(exam), f"{exam.code}.toml")) == exam


def test_a_file_without_outlines_is_enough(tmp_path):
    exam = read_exam_file(written(tmp_path, 'code = "xy100"\ntitle = "T"\nsuccessor = "xy200"\n'))
    assert (exam.code, exam.successor, exam.outlines) == ("XY-100", "XY-200", ())


@pytest.mark.parametrize(
    ("given_date", "outline_id", "as_of"),
    [
        ("as_of = 2026-01-05", "2026-01-05", date(2026, 1, 5)),
        ('as_of = "2026-01-05"', "2026-01-05", date(2026, 1, 5)),
        ("", "undated", None),
    ],
)
def test_an_outline_is_named_after_its_date(tmp_path, given_date, outline_id, as_of):
    text = VALID.replace('id = "first"\n', "").replace('outline = "first"\n', "")
    exam = read_exam_file(written(tmp_path, text.replace("as_of = 2026-01-05", given_date)))
    assert (exam.outlines[0].id, exam.outlines[0].as_of) == (outline_id, as_of)


@pytest.mark.parametrize(
    "change", [("\n", "\r\n"), ("code", "\ufeffcode"), ("\n\n", "\n# x = 1\n")]
)
def test_line_ends_a_byte_order_mark_and_comments_do_no_harm(tmp_path, change):
    assert read_exam_file(written(tmp_path, VALID.replace(*change, 1))).code == "XY-100"
    assert read_exam_file(written(tmp_path, VALID.replace("\n", "\r\n"))).code == "XY-100"


@pytest.mark.parametrize(
    ("before", "after", "field", "says"),
    [
        pytest.param('code = "XY-100"', "code = 100", "code", "is 100; a code such as", id="code"),
        pytest.param('"XY-100"', '"../evil"', "code", "a code such as AZ-104", id="code-path"),
        pytest.param('"XY-100"', '"X"', "code", "a code such as AZ-104", id="code-short"),
        pytest.param('title = "An exam"', 'title = "  "', "title", "is empty", id="title-empty"),
        pytest.param('title = "An exam"', "title = true", "title", "is true", id="title-type"),
        pytest.param(
            'title = "An exam"', 'title = "A\\u0007"', "title", "control character", id="control"
        ),
        pytest.param(
            'title = "An exam"', 'title = "A\\u202e"', "title", "control character", id="hidden"
        ),
        pytest.param("An exam", "x" * 201, "title", "longer than 200 characters", id="title-long"),
        pytest.param("An exam", "x" * 2001, "title", "longer than 2000 characters", id="text-long"),
        pytest.param(
            "\n\n[[outline]]", "\nlevle = 1\n[[outline]]", "levle", "did you mean level", id="typo"
        ),
        pytest.param(
            "\n\n[[outline]]", "\nzzz = 1\n[[outline]]", "zzz", "known are code", id="unknown"
        ),
        pytest.param(
            "\n\n[[outline]]", '\nlevel = "easy"\n[[outline]]', "level", "associate", id="level"
        ),
        pytest.param(
            "\n\n[[outline]]",
            '\nretires = "2026-13-01"\n[[outline]]',
            "retires",
            'is "2026-13-01"; a date such as 2026-11-30',
            id="bad-date",
        ),
        pytest.param(
            "\n\n[[outline]]",
            "\nretires = 2026-11-30T10:00:00\n[[outline]]",
            "retires",
            "a date such as 2026-11-30",
            id="date-with-time",
        ),
        pytest.param(
            "\n\n[[outline]]",
            '\nsuccessor = "the next one"\n[[outline]]',
            "successor",
            'is "the next one"; a code such as',
            id="successor",
        ),
        pytest.param(
            "\n\n[[outline]]",
            '\nsuccessor = "xy100"\n[[outline]]',
            "successor",
            "is the exam itself",
            id="successor-itself",
        ),
        pytest.param(
            "\n\n[[outline]]",
            "\npassing_score = 1001\n[[outline]]",
            "passing_score",
            "is 1001; 1 to 1000",
            id="passing-score",
        ),
        pytest.param(
            "\n\n[[outline]]",
            "\nscore_high = 1\n[[outline]]",
            "score_high",
            "more than score_low (1)",
            id="scale",
        ),
        pytest.param(
            "\n\n[[outline]]",
            "\nduration_minutes = 0\n[[outline]]",
            "duration_minutes",
            "1 to 1440",
            id="duration",
        ),
        pytest.param('id = "first"', 'id = ""', "outline 1, id", "is empty", id="outline-id"),
        pytest.param(
            'id = "first"', 'confidence = "sure"', "outline 1, confidence", "article", id="sure"
        ),
        pytest.param(
            'id = "first"',
            'study_guide = "learn"',
            "outline 1, study_guide",
            "a web address",
            id="address",
        ),
        pytest.param(
            "as_of = 2026-01-05",
            "as_of = 5",
            "outline 1, as_of",
            "is 5; a date such as",
            id="as-of",
        ),
        pytest.param(
            '"Alpha"\nw', '""\nw', "outline 1, domain 1, name", "is empty", id="domain-empty"
        ),
        pytest.param(
            'name = "Beta"',
            'name = "alpha "',
            "outline 1, domain 2, name",
            "second time",
            id="domain-twice",
        ),
        pytest.param(
            'name = "Beta"\n', "", "outline 1, domain 2, name", "is missing", id="domain-nameless"
        ),
        pytest.param(
            "weight_low = 50",
            'weight_low = "50"',
            "outline 1, domain 2, weight_low",
            'is "50"; a number from 0 to 100',
            id="weight-text",
        ),
        pytest.param(
            "weight_low = 50",
            "weight_low = 100.5",
            "outline 1, domain 2, weight_low",
            "is 100.5; a number from 0 to 100",
            id="weight-too-large",
        ),
        pytest.param(
            "weight_low = 50",
            "weight_low = -1",
            "outline 1, domain 2, weight_low",
            "is -1; a number from 0 to 100",
            id="weight-negative",
        ),
        pytest.param(
            "weight_low = 50",
            "weight_low = 61",
            "outline 1, domain 2, weight_low",
            "is 61; at most weight_high (60)",
            id="weight-order",
        ),
        pytest.param(
            "weight_low = 50\nweight_high = 60",
            "weight_low = 0\nweight_high = 0",
            "outline 1, domain 2, weight_high",
            "is 0; 1 to 100",
            id="weight-zero",
        ),
        pytest.param(
            '"One", "Two"',
            '"One", "ONE"',
            "outline 1, domain 1, topics 2",
            "second time",
            id="topic-twice",
        ),
        pytest.param(
            '"One", "Two"', '"One", 2', "outline 1, domain 1, topics 2", "is 2", id="topic-type"
        ),
        pytest.param(
            '"One", "Two"', '" "', "outline 1, domain 1, topics 1", "is empty", id="topic-empty"
        ),
        pytest.param(
            '["One", "Two"]', '"One"', "outline 1, domain 1, topics", "list", id="topics-type"
        ),
        pytest.param(
            'kind = "foundation"', 'kind = "magic"', "pattern 1, kind", "operations-only", id="kind"
        ),
        pytest.param(
            'source = "own"', 'source = "me"', "pattern 1, source", "article or own", id="source"
        ),
        pytest.param(
            'domains = ["Alpha"]',
            'domains = ["Gamma"]',
            "pattern 1, domains",
            "of one outline",
            id="pattern-domain",
        ),
        pytest.param(
            'outline = "first"',
            'outline = "second"',
            "pattern 1, outline",
            'is "second"',
            id="pattern-outline",
        ),
        pytest.param('["Welsh"]', "[]", "language_end 1, languages", "at least one", id="language"),
        pytest.param(
            '"Alpha carries Beta."', '""', "pattern 1, text", "is empty", id="pattern-text"
        ),
    ],
)
def test_a_fault_is_named_with_file_line_and_field(tmp_path, before, after, field, says):
    assert before in VALID
    text = VALID.replace(before, after, 1)
    error = refused(written(tmp_path, text))
    assert (error.file, error.field) == ("XY-100.toml", field)
    assert says in str(error)
    key = field.split(", ")[-1].split()[0]
    pointed_at = text.splitlines()[(error.line or 0) - 1]
    assert key in pointed_at or (says == "is missing" and pointed_at == "[[outline.domain]]")


@pytest.mark.parametrize(
    ("field", "line"),
    [("outline 1, domain 2, name", 15), ("outline 1, domain 1, weight_low", 10)],
)
def test_the_line_is_that_of_the_right_table(tmp_path, field, line):
    text = VALID.replace('"Beta"', '"Alpha"') if line == 15 else VALID.replace("= 40", "= 140")
    error = refused(written(tmp_path, text))
    assert (error.field, error.line) == (field, line)


@pytest.mark.parametrize(
    ("weights", "in_all"),
    [((61, 70, 50, 60), "from 111 to 130"), ((10, 20, 50, 60), "from 60 to 80")],
)
def test_weights_must_be_able_to_make_100(tmp_path, weights, in_all):
    text = VALID
    for old, new in zip(("= 40", "= 50\nt", "= 50\nw", "= 60"), weights, strict=True):
        text = text.replace(old, f"= {new}{old[4:]}", 1)
    error = refused(written(tmp_path, text))
    assert (error.field, error.line) == ("outline 1", 4)
    assert in_all in str(error)


@pytest.mark.parametrize("weights", [(40, 50, 50, 50), (40, 40, 60, 60)])
def test_weights_that_just_make_100_are_accepted(tmp_path, weights):
    text = VALID
    for old, new in zip(("= 40", "= 50\nt", "= 50\nw", "= 60"), weights, strict=True):
        text = text.replace(old, f"= {new}{old[4:]}", 1)
    exam = read_exam_file(written(tmp_path, text))
    found = [w for d in exam.outlines[0].domains for w in (d.weight_low, d.weight_high)]
    assert tuple(found) == weights


def test_outline_ids_differ_by_more_than_capitals(tmp_path):
    second = VALID[VALID.index("[[outline]]") : VALID.index("[[pattern]]")]
    error = refused(written(tmp_path, VALID + second.replace('"first"', '"FIRST"')))
    assert error.field == "outline 2, id"


@pytest.mark.parametrize(
    ("text", "field", "says"),
    [
        ('title = "T"\n', "code", "is missing"),
        ('code = "XY-100"\n', "title", "is missing"),
        ('code = "XY-100"\ntitle = "T"\noutline = 3\n', "outline", "tables [[outline]]"),
        ('code = "XY-100"\ntitle = "T"\noutline = [3]\n', "outline", "tables [[outline]]"),
        ('code = "XY-100"\ntitle = "T"\n[[outline]]\n', "outline 1, domain", "is missing"),
        ('code = "XY-100"\ntitle = "T"\n[[outline]]\ndomain = []\n', "outline 1, domain", "one"),
        ('code = "XY-100"\ntitle = "T"\n[title2]\n', "title2", "not a known field"),
    ],
)
def test_faults_in_the_shape_of_the_file(tmp_path, text, field, says):
    error = refused(written(tmp_path, text))
    assert error.field == field
    assert says in str(error)


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        pytest.param(b'code = "XY-100"\ntitle = \n', 2, "not valid TOML", id="syntax"),
        pytest.param(b'code = "A"\ncode = "B"\n', 2, "not valid TOML", id="twice"),
        pytest.param(b'code = "A"\nretires = 2026-02-30\n', 2, "not valid TOML", id="date"),
        pytest.param(b'code = "A"\ntitle = "\xff"\n', 2, "not UTF-8", id="bytes"),
        pytest.param(b"a = " + b"[" * 5000, None, "nested too deeply", id="nesting"),
        pytest.param(
            b"a" + b".a" * 20_000 + b"=1", None, "nested too deeply", id="nesting-of-a-key"
        ),
        pytest.param(b"a = " + b"9" * 5000, None, "not valid TOML", id="number"),
        pytest.param(b"#" * 1_000_001, None, "larger than 1 MB", id="size"),
        pytest.param(b"", None, "code is missing", id="empty"),
    ],
)
def test_files_that_are_no_catalogue_file(tmp_path, data, line, says):
    path = tmp_path / "bad.toml"
    path.write_bytes(data)
    error = refused(path)
    assert error.line == line
    assert says in str(error)


def test_a_missing_file_and_a_folder(tmp_path):
    assert "no such file" in str(refused(tmp_path / "none.toml"))
    assert "no such file" in str(refused(tmp_path))


def test_a_strange_file_name_stays_on_one_line(tmp_path):
    with pytest.raises(CatalogueError, match=r"^a\?b\.toml: there is no such file\.$"):
        read_exam_file(tmp_path / "a\nb.toml")


def read_or_refuse(path: Path) -> Exam | CatalogueError:
    try:
        return read_exam_file(path)
    except CatalogueError as error:
        return error


KEYS = st.sampled_from(
    ["code", "title", "level", "retires", "outline", "domain", "pattern", "note", "topics", "a.b"]
)
VALUES = st.one_of(
    st.integers().map(str),
    st.floats().map(str),
    st.dates().map(str),
    st.datetimes().map(str),
    st.booleans().map(lambda value: str(value).lower()),
    st.text(max_size=20).map(lambda text: '"' + re.sub(r'[\\"\n\r]', "", text) + '"'),
    st.sampled_from(["[]", "{}", "[[]]", "[{}]", '{name = "x"}', '"XY-100"', '"associate"']),
)
LINES = st.one_of(
    st.tuples(KEYS, VALUES).map(" = ".join),
    st.sampled_from(["[[outline]]", "[[outline.domain]]", "[[pattern]]", "[outline]", "[a.b]"]),
    st.text(max_size=30),
    st.sampled_from(VALID.splitlines()),
)


@given(st.one_of(st.text(), st.lists(LINES, max_size=30).map("\n".join)))
def test_no_text_raises_anything_but_a_catalogue_error(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "random.toml"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    result = read_or_refuse(path)
    if isinstance(result, CatalogueError):
        assert str(result).startswith("random.toml")
        assert "\n" not in str(result)
    else:
        assert result.code
        assert result.title.strip()


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_catalogue_error(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "bytes.toml"
    path.write_bytes(data)
    with pytest.raises(CatalogueError):
        read_exam_file(path)
