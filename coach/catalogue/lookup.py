"""Finding exams, policies and study material: the packaged ones, and the user's own before them."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from coach.catalogue.exams import normalise_code, read_exam_file, squeeze
from coach.catalogue.policies import read_policy_file
from coach.catalogue.resources import read_resource_file
from coach.catalogue.toml_file import CatalogueError
from coach.model.exam import Exam, Material
from coach.model.policy import UNKNOWN_POLICY, Policy

DATA = Path(__file__).parent / "data"
T = TypeVar("T")


class Catalogue:
    """The exams, policies and study material that can be used.

    Files are read when first asked for and kept; make a new Catalogue after files have changed.
    A file of the user's own (`user_folder/exams/CODE.toml`, `user_folder/policies/ID.toml`)
    replaces the packaged one of that name, `user_folder/resources/CODE.toml` adds to it; a broken
    one is listed in `problems` and passed over.
    """

    def __init__(self, user_folder: Path | None = None) -> None:
        self._folders = (DATA,) if user_folder is None else (user_folder, DATA)
        self._files: dict[str, dict[str, list[Path]]] = {}
        self._exams: dict[str, Exam | None] = {}
        self._heads: tuple[Exam, ...] | None = None
        self._policies: dict[str, Policy | None] = {}
        self._materials: dict[str, Material] = {}
        self._problems: dict[Path, CatalogueError] = {}

    def exam(self, code: str) -> Exam | None:
        """The exam of that code, in any case and with or without its dash, or of one of its other
        codes and names; None if unknown."""
        key = squeeze(code.strip())
        if key not in self._exams:
            paths = self._index("exams", squeeze).get(key, [])
            self._exams[key] = self._first(paths, self._read_exam)
            if not paths and key:
                named = (head for head in self.heads() if key in map(squeeze, head.aliases))
                found = next(named, None)
                self._exams[key] = self.exam(found.code) if found else None
        return self._exams[key]

    def heads(self) -> tuple[Exam, ...]:
        """Every exam in the order of their codes, the packaged ones without outlines: as much as a
        list of exams needs, and quick to read."""
        if self._heads is None:
            found = (
                self._first(paths, lambda path: self._read_exam(path, head_only=True))
                for paths in self._index("exams", squeeze).values()
            )
            self._heads = tuple(sorted((e for e in found if e), key=lambda exam: exam.code))
        return self._heads

    def material(self, exam: Exam) -> Material:
        """The study material of an exam, the user's own first; empty where there is none."""
        key = squeeze(exam.code)
        if key not in self._materials:
            found: list[Material] = []
            for path in self._index("resources", squeeze).get(key, []):
                one = self._first([path], lambda path: self._read_material(path, exam))
                found += [one] if one else []
            whole = found[-1] if found else Material(exam=exam.code)
            resources = {r.id: r for one in reversed(found) for r in one.resources}
            own = [r.id for one in found[:-1] for r in one.resources]
            order = dict.fromkeys([*own, *resources])
            self._materials[key] = replace(whole, resources=tuple(resources[id_] for id_ in order))
        return self._materials[key]

    def exams(self) -> tuple[Exam, ...]:
        """Every exam, in the order of their codes."""
        found = (self.exam(key) for key in self._index("exams", squeeze))
        return tuple(sorted((exam for exam in found if exam), key=lambda exam: exam.code))

    def policy(self, policy_id: str) -> Policy | None:
        """The retake policy of that id; None if there is none."""
        if policy_id == UNKNOWN_POLICY.id:
            return UNKNOWN_POLICY
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

    def read_new(self, path: Path) -> Exam:
        """The exam in a file that is to be added; CatalogueError where it could not be used."""
        exam = read_exam_file(path)
        if error := self._unknown_policy(path, exam):
            raise error
        return exam

    @property
    def problems(self) -> tuple[CatalogueError, ...]:
        """What is wrong with each file of the user's own that cannot be used."""
        for exam in self.exams():
            if squeeze(exam.code) in self._index("resources", squeeze):
                self.material(exam)
            path = self._index("exams", squeeze)[squeeze(exam.code)][0]
            if error := self._unknown_policy(path, exam):
                self._problems[path] = error
        self.policies()
        return tuple(self._problems[path] for path in sorted(self._problems))

    def _unknown_policy(self, path: Path, exam: Exam) -> CatalogueError | None:
        if self.policy(exam.policy) is not None:
            return None
        known = ", ".join(sorted(self._index("policies", str)))
        text = f'is "{exam.policy}", which is not known; known are {known}.'
        return CatalogueError(path.name, None, "policy", text)

    def _all_paths(self, kind: str) -> list[Path]:
        paths: list[Path] = []
        for folder in (each / kind for each in self._folders):
            try:
                names = sorted(folder.iterdir(), key=str)  # paths are slow to compare
            except FileNotFoundError:
                continue
            except OSError as error:
                text = f"the folder cannot be read ({error.strerror})."
                self._problems[folder] = CatalogueError(folder.name, None, "", text)
                continue
            toml = (path for path in names if path.name.endswith(".toml"))
            paths += (path for path in toml if not path.name.startswith("."))
        return paths

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
                self._problems[path] = error
        return None

    def _read_exam(self, path: Path, *, head_only: bool = False) -> Exam:
        exam = read_exam_file(path, head_only=head_only and _is_ours(path))
        if squeeze(exam.code) != squeeze(path.stem):
            text = f"is {exam.code}; the file's name must be {exam.code}.toml."
            raise CatalogueError(path.name, None, "code", text)
        return exam

    def _read_material(self, path: Path, exam: Exam) -> Material:
        """The packaged material names domains of the packaged exam, whatever the user has made of
        that."""
        first, *others = self._index("exams", squeeze)[squeeze(exam.code)]
        if _is_ours(path) and not _is_ours(first) and others:
            exam = read_exam_file(others[-1])
        return read_resource_file(path, exam)

    def _read_policy(self, path: Path) -> Policy:
        policy = read_policy_file(path)
        if policy.id != path.stem:
            text = f"is {policy.id}; the file's name must be {policy.id}.toml."
            raise CatalogueError(path.name, None, "id", text)
        return policy


def _is_ours(path: Path) -> bool:
    return DATA in path.parents
