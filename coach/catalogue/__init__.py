"""The packaged exams and retake policies, the user's own beside them, and their reader."""

from coach.catalogue.adding import add_exam_file
from coach.catalogue.codes import normalise_code
from coach.catalogue.exams import read_exam_file
from coach.catalogue.files import CatalogueError
from coach.catalogue.lookup import Catalogue

__all__ = ["Catalogue", "CatalogueError", "add_exam_file", "normalise_code", "read_exam_file"]
