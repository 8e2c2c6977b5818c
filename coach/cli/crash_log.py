"""What happens with an error that no command foresaw: a log entry and one sentence."""

import os
import traceback
from collections.abc import Sequence
from pathlib import Path

from coach.service.data_files import data_folder, locations


def log_crash(error: Exception, arguments: Sequence[str]) -> str:
    """Append the traceback to the log in the data folder; the sentence to show for it."""
    if isinstance(error, OSError) and error.strerror:
        return f"the system refused: {error.strerror}."
    log = Path(locations(data_folder(_given_folder(arguments)))["log"])
    what = f"an error inside Coach ({type(error).__name__})"
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as stream:
            stream.writelines(traceback.format_exception(error))
    except OSError:
        return f"{what}; nothing was changed."
    return f"{what}; details are in {log}."


def _given_folder(arguments: Sequence[str]) -> str | None:
    """The value of `--data-dir`, whatever else the command line holds."""
    for name, value in zip(arguments, (*arguments[1:], ""), strict=False):
        if name == "--data-dir":
            return value or None
        if name.startswith("--data-dir="):
            return name.partition("=")[2]
    return None
