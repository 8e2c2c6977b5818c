"""The packaged exams, retake policies and study material, the user's own beside them, and their
readers."""

from coach.catalogue.exams import exam_toml, normalise_code, read_exam_file
from coach.catalogue.lookup import Catalogue
from coach.catalogue.toml_file import CatalogueError

__all__ = [
    "Catalogue",
    "CatalogueError",
    "exam_toml",
    "normalise_code",
    "read_exam_file",
]
