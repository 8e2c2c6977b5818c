"""Files of study material: their format, and reading them with every check.

One file per exam, named after its code (`resources/AZ-104.toml`); the names of domains and topics
are those of one outline of that exam:

    exam = "AZ-104"                   # by default the file's name
    outline = "2026-04-17"            # by default the newest automatic one
    as_of = 2026-10-05                # the day of the youngest source
    course = "https://..."            # optional, as is all down to note
    sandbox = "..."                   # where to practise, and on which terms
    no_assessment = "..."             # who looked for a practice assessment in vain
    note = "..."

    [[resource]]
    id = "5d0c41aa"                   # by default made from the address; has to stay the same
    kind = "lab"                      # lab, learn, assessment
    title = "Lab 07: Manage Azure storage"
    url = "https://..."
    minutes = 50                      # left out where unknown
    domain = "Implement and manage storage"
    topic = "..."                     # left out: the whole domain
    also = [{ domain = "...", topic = "..." }]
    source = "..."                    # by default "own file"
    as_of = 2026-06-09
    case_study = true                 # an exercise on paper
    borrowed_from = "AZ-104"          # the exam whose course it belongs to
    retired_names = true              # it uses old product names
    address_formed = true             # the address was made from the file's path, not seen
    note = "..."
"""

import zlib
from datetime import date
from pathlib import Path

from coach.catalogue.exams import is_code, normalise_code
from coach.catalogue.toml_file import Document, Shape, read_document
from coach.model.exam import Exam, Fit, Material, Outline, Resource

_ADDRESS = "a web address that begins with https://"
_FIT = {"domain": "the name of a domain", "topic": "the name of a topic"}
_RESOURCE = Shape(
    Resource,
    {"also": ("also", Shape(Fit, accepted=_FIT), True)},
    accepted={
        **_FIT,
        "id": "2 to 40 of a-z, 0-9 and dash",
        "url": _ADDRESS,
        "borrowed_from": "a code such as AZ-104",
    },
)
_SHAPE = Shape(
    Material,
    {"resource": ("resources", _RESOURCE, True)},
    accepted={
        "exam": "the code of the exam",
        "outline": "the id of one of its outlines",
        "course": _ADDRESS,
    },
)
_ID = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def read_resource_file(path: Path, exam: Exam) -> Material:
    """The study material in the file at `path`, in the format above.

    Raises CatalogueError with the file, the line, the field and what is accepted.
    """
    document = read_document(path, _SHAPE)
    document.table.setdefault("exam", exam.code)
    entries = document.table.get("resource")
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            entry.setdefault("source", "own file")
            entry.setdefault("id", resource_id(str(entry.get("url"))))
    material = document.record(Material)
    if normalise_code(material.exam) != exam.code:
        text = f'is "{material.exam}"; {exam.code} is accepted in this file.'
        raise document.error(("exam",), text)
    if material.course is not None:
        document.check_address(material.course, ("course",), "https")
    outline = _outline(document, material, exam)
    for number, resource in enumerate(material.resources):
        _check_resource(document, resource, outline, number)
    document.check_unique([r.id for r in material.resources], ("resource",), ("id",))
    return material


def resource_id(url: str) -> str:
    """An id of eight hex digits that stays the same for an address."""
    return f"{zlib.crc32(url.encode('utf-8', 'replace')):08x}"


def _outline(document: Document, material: Material, exam: Exam) -> Outline | None:
    if material.outline is None:
        usual = [outline for outline in exam.outlines if outline.automatic]
        return max(usual, key=lambda outline: outline.as_of or date.min, default=None)
    for outline in exam.outlines:
        if outline.id == material.outline:
            return outline
    known = ", ".join(outline.id for outline in exam.outlines) or "none"
    text = f'is "{material.outline}"; {exam.code} has {known}.'
    raise document.error(("outline",), text)


def _check_resource(
    document: Document, resource: Resource, outline: Outline | None, number: int
) -> None:
    place = ("resource", number)
    if not 2 <= len(resource.id) <= 40 or not _ID.issuperset(resource.id):
        raise document.refused((*place, "id"))
    document.check_name(resource.title, (*place, "title"), longest=300)
    document.check_address(resource.url, (*place, "url"), "https")
    if resource.borrowed_from is not None and not is_code(resource.borrowed_from):
        raise document.refused((*place, "borrowed_from"))
    if resource.domain is None:
        if resource.topic is not None or resource.also:
            raise document.error((*place, "domain"), "is missing; a topic belongs to a domain.")
        return
    topics = {d.name: d.topics for d in outline.domains} if outline else {}
    for index, fit in enumerate(resource.fits):
        spot = place if index == 0 else (*place, "also", index - 1)
        if fit.domain not in topics:
            known = "; ".join(topics) or "none, as the exam has no outline"
            text = f'is "{fit.domain}", which the outline does not have; it has {known}.'
            raise document.error((*spot, "domain"), text)
        if fit.topic is not None and fit.topic not in topics[fit.domain]:
            text = f'is "{fit.topic}", which is no topic of "{fit.domain}" in the outline.'
            raise document.error((*spot, "topic"), text)
