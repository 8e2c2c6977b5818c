"""Taking an exam file of the user's own into their folder."""

from collections.abc import Collection
from pathlib import Path

from coach.catalogue.exams import read_exam_file
from coach.catalogue.files import CatalogueError
from coach.model.exam import Exam


def add_exam_file(path: Path, user_folder: Path, policies: Collection[str]) -> Exam:
    """Check the file at `path` and copy it to `user_folder/exams/CODE.toml`.

    Replaces an earlier file of the same code in one step; only the user may enter the folders
    and read the copy. Raises CatalogueError if the file is not valid, its policy is none of
    `policies`, or the folder cannot be written.
    """
    exam = read_exam_file(path)
    if exam.policy not in policies:
        text = f'is "{exam.policy}", which is not known; known are {", ".join(sorted(policies))}.'
        raise CatalogueError(path.name, None, "policy", text)
    target = user_folder / "exams" / f"{exam.code}.toml"
    try:
        for folder in (user_folder.parent, user_folder, target.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(target, path.read_bytes())
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise CatalogueError(target.name, None, "", f"it cannot be written ({reason}).") from None
    return exam


def _write(target: Path, data: bytes) -> None:
    """Write beside the target and swap, so that no reader ever sees half a file."""
    import os
    import tempfile

    number, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
