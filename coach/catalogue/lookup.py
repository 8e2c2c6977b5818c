"""Finding exams and policies: the packaged ones, and the user's own before them."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from coach.catalogue.codes import normalise_code, squeeze
from coach.catalogue.exams import read_exam_file
from coach.catalogue.files import CatalogueError
from coach.catalogue.policies import read_policy_file
from coach.model.exam import Exam
from coach.model.policy import Policy

DATA = Path(__file__).parent / "data"
T = TypeVar("T")


class Catalogue:
    """The exams and policies that can be used.

    Files are read when first asked for and kept; make a new Catalogue after files have changed.
    A file of the user's own (`user_folder/exams/CODE.toml`, `user_folder/policies/ID.toml`)
    replaces the packaged one of that name; a broken one is listed in `problems` and passed over.
    """

    def __init__(self, user_folder: Path | None = None) -> None:
        self._folders = (DATA,) if user_folder is None else (user_folder, DATA)
        self._files: dict[str, dict[str, list[Path]]] = {}
        self._exams: dict[str, Exam | None] = {}
        self._policies: dict[str, Policy | None] = {}
        self._problems: dict[Path, str] = {}

    def exam(self, code: str) -> Exam | None:
        """The exam of that code, in any case and with or without its dash; None if unknown."""
        key = squeeze(code.strip())
        if key not in self._exams:
            paths = self._index("exams", squeeze).get(key, [])
            self._exams[key] = self._first(paths, self._read_exam)
        return self._exams[key]

    def exams(self) -> tuple[Exam, ...]:
        """Every exam, in the order of their codes."""
        found = (self.exam(key) for key in self._index("exams", squeeze))
        return tuple(sorted((exam for exam in found if exam), key=lambda exam: exam.code))

    def policy(self, policy_id: str) -> Policy | None:
        """The retake policy of that id; None if unknown."""
        if policy_id not in self._policies:
            paths = self._index("policies", str).get(policy_id, [])
            self._policies[policy_id] = self._first(paths, self._read_policy)
        return self._policies[policy_id]

    def policies(self) -> tuple[Policy, ...]:
        """Every retake policy, in the order of their ids."""
        found = (self.policy(policy_id) for policy_id in sorted(self._index("policies", str)))
        return tuple(policy for policy in found if policy)

    def closest(self, code: str) -> tuple[str, ...]:
        """Up to three known codes that resemble `code`, the most similar first; among equals
        those that begin alike, since the end of a code is what people get wrong."""
        import difflib

        wanted = normalise_code(code)
        codes = sorted({normalise_code(path.stem) for path in self._all_paths("exams")})
        close = difflib.get_close_matches(wanted, codes, n=len(codes) or 1)

        def likeness(known: str) -> tuple[float, int]:
            ratio = difflib.SequenceMatcher(None, wanted, known).ratio()
            pairs = enumerate(zip(wanted, known, strict=False))
            return ratio, next((n for n, (a, b) in pairs if a != b), len(wanted))

        return tuple(sorted(close, key=likeness, reverse=True)[:3])

    @property
    def problems(self) -> tuple[str, ...]:
        """One sentence for each file of the user's own that cannot be used."""
        for exam in self.exams():
            if self.policy(exam.policy) is None:
                path = self._index("exams", squeeze)[squeeze(exam.code)][0]
                self._problems[path] = (
                    f'{path.name}: policy is "{exam.policy}", which is not known; '
                    f"known are {', '.join(sorted(self._index('policies', str)))}."
                )
        self.policies()
        return tuple(self._problems[path] for path in sorted(self._problems))

    def _all_paths(self, kind: str) -> list[Path]:
        return [path for folder in self._folders for path in self._listed(folder / kind)]

    def _listed(self, folder: Path) -> list[Path]:
        try:
            names = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
        except FileNotFoundError:
            return []
        except OSError as error:
            self._problems[folder] = f"{folder.name}: the folder cannot be read ({error.strerror})."
            return []
        return [path for path in names if not path.name.startswith(".")]

    def _index(self, kind: str, key: Callable[[str], str]) -> dict[str, list[Path]]:
        """The files of a kind by key, the user's own first."""
        if kind not in self._files:
            index: dict[str, list[Path]] = {}
            for path in self._all_paths(kind):
                index.setdefault(key(path.stem), []).append(path)
            self._files[kind] = index
        return self._files[kind]

    def _first(self, paths: list[Path], read: Callable[[Path], T]) -> T | None:
        for path in paths:
            try:
                return read(path)
            except CatalogueError as error:
                self._problems[path] = str(error)
        return None

    def _read_exam(self, path: Path) -> Exam:
        exam = read_exam_file(path)
        if squeeze(exam.code) != squeeze(path.stem):
            text = f"is {exam.code}; the file's name must be {exam.code}.toml."
            raise CatalogueError(path.name, None, "code", text)
        return exam

    def _read_policy(self, path: Path) -> Policy:
        policy = read_policy_file(path)
        if policy.id != path.stem:
            text = f"is {policy.id}; the file's name must be {policy.id}.toml."
            raise CatalogueError(path.name, None, "id", text)
        return policy
