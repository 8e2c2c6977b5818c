"""Study material: every packaged file, and what a file of one's own may say."""

from collections import Counter
from datetime import date

import pytest

from coach.catalogue import Catalogue, CatalogueError
from coach.catalogue.lookup import DATA
from coach.catalogue.resources import read_resource_file, resource_id
from coach.model.exam import Domain, Exam, Fit, Outline

FILES = sorted((DATA / "resources").glob("*.toml"))
CATALOGUE = Catalogue()
EXAM = Exam(
    code="XY-100",
    title="T",
    outlines=(
        Outline(
            id="new",
            as_of=date(2026, 1, 5),
            source="own",
            confidence="own",
            domains=(
                Domain(name="Alpha", weight_low=50, weight_high=50, topics=("One", "Two")),
                Domain(name="Beta", weight_low=50, weight_high=50),
            ),
        ),
    ),
)
VALID = """\
exam = "XY-100"
outline = "new"

[[resource]]
kind = "lab"
title = "Build it"
url = "https://example.com/labs/1"
minutes = 45
domain = "Alpha"
topic = "One"
also = [{ domain = "Beta" }]

[[resource]]
id = "test"
kind = "assessment"
title = "Try it"
url = "https://example.com/test"
"""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_packaged_file_is_valid(path):
    exam = CATALOGUE.exam(path.stem)
    assert exam is not None
    material = read_resource_file(path, exam)
    assert material.exam == path.stem
    assert material.as_of is not None
    assert all(resource.source for resource in material.resources)
    # Assessments are for the whole exam, all else for a domain at least.
    assert all((r.domain is None) == (r.kind == "assessment") for r in material.resources)


def test_the_packaged_files_hold_what_was_found():
    materials = [CATALOGUE.material(exam) for exam in CATALOGUE.exams()]
    assert sum(bool(material.resources) for material in materials) == 59
    every = [resource for material in materials for resource in material.resources]
    addresses = {(resource.kind, resource.url) for resource in every}
    assert Counter(kind for kind, _ in addresses) == {"lab": 672, "learn": 270, "assessment": 46}
    assert sum(r.case_study for r in every) == 9
    assert len({r.id for r in every}) == len(addresses)


@pytest.mark.parametrize(
    ("code", "title", "borrowed"),
    [("AZ-104", "Lab 07: Manage Azure storage", None), ("AZ-305", "Lab 06:", "AZ-104")],
)
def test_labs_of_another_course_say_so(code, title, borrowed):
    exam = CATALOGUE.exam(code)
    assert exam is not None
    labs = [r for r in CATALOGUE.material(exam).resources if r.kind == "lab"]
    found = [r.borrowed_from for r in labs if r.title.startswith(title)]
    assert found == [borrowed] or (borrowed and borrowed in {r.borrowed_from for r in labs})


def written(folder, text, name="XY-100.toml"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_ones_own(tmp_path):
    lab, test = read_resource_file(written(tmp_path, VALID), EXAM).resources
    assert (lab.id, lab.minutes, lab.source) == (resource_id(lab.url), 45, "own file")
    assert lab.fits == (Fit(domain="Alpha", topic="One"), Fit(domain="Beta"))
    assert (test.id, test.kind, test.fits) == ("test", "assessment", ())


@pytest.mark.parametrize(
    ("before", "after", "field", "says"),
    [
        pytest.param('"Alpha"', '"Gamma"', "resource 1, domain", "it has Alpha; Beta", id="domain"),
        pytest.param('"One"', '"Six"', "resource 1, topic", 'no topic of "Alpha"', id="topic"),
        pytest.param('"Beta"', '"X"', "resource 1, also 1, domain", "does not have", id="also"),
        pytest.param(
            "https://example.com/labs/1", "http://a.b", "resource 1, url", "https://", id="unsafe"
        ),
        pytest.param(
            "https://example.com/labs/1", "learn", "resource 1, url", "https://", id="address"
        ),
        pytest.param('"lab"', '"book"', "resource 1, kind", "lab, learn or assessment", id="kind"),
        pytest.param("= 45", "= 0", "resource 1, minutes", "1 to 10000", id="minutes"),
        pytest.param('"new"', '"old"', "outline", "XY-100 has new", id="outline"),
        pytest.param('"XY-100"', '"XY-200"', "exam", "XY-100 is accepted", id="exam"),
        pytest.param('"test"', '"A B"', "resource 2, id", "a-z, 0-9 and dash", id="id"),
        pytest.param("minutes", "minuts", "resource 1, minuts", "did you mean minutes", id="typo"),
        pytest.param('domain = "Alpha"\n', "", "resource 1, domain", "is missing", id="no-domain"),
    ],
)
def test_a_fault_is_named_with_line_and_field(tmp_path, before, after, field, says):
    assert before in VALID
    with pytest.raises(CatalogueError) as caught:
        read_resource_file(written(tmp_path, VALID.replace(before, after, 1)), EXAM)
    assert (caught.value.file, caught.value.field) == ("XY-100.toml", field)
    assert caught.value.line is not None
    assert says in str(caught.value)


def test_an_address_may_stand_once(tmp_path):
    text = VALID + VALID[VALID.index("[[resource]]") : VALID.index("[[resource]]\nid")]
    with pytest.raises(CatalogueError, match=r"resource 3, id is .* for the second time"):
        read_resource_file(written(tmp_path, text), EXAM)


def test_ones_own_material_comes_before_the_packaged_one(tmp_path):
    own = '[[resource]]\nkind = "learn"\ntitle = "My notes"\nurl = "https://example.com/notes"\n'
    written(tmp_path / "resources", own, "AZ-104.toml")
    catalogue, plain = Catalogue(tmp_path), Catalogue()
    exam = catalogue.exam("AZ-104")
    assert exam is not None
    found, packaged = catalogue.material(exam), plain.material(exam)
    assert found.resources[0].title == "My notes"
    assert found.resources[1:] == packaged.resources
    assert found.sandbox == packaged.sandbox
    assert catalogue.problems == ()


def test_a_broken_file_costs_only_itself(tmp_path):
    written(tmp_path / "resources", "[[resource]]\n", "AZ-104.toml")
    catalogue = Catalogue(tmp_path)
    exam = catalogue.exam("AZ-104")
    assert exam is not None
    assert catalogue.material(exam) == Catalogue().material(exam)
    (problem,) = map(str, catalogue.problems)
    assert problem == "AZ-104.toml, line 1: resource 1, kind is missing; it is required."
