"""What the terminal sends, read so that no byte of it ends the app."""

import sys
from codecs import IncrementalDecoder, getincrementaldecoder
from functools import partial

from textual.driver import Driver

MAKER = "getincrementaldecoder"


def forgiving(driver: type[Driver]) -> type[Driver]:
    """The driver, reading bytes that are no UTF-8 as the replacement character.

    Textual decodes strictly, so that a paste of such bytes would end the app, as would a key of a
    terminal that sends Alt as the eighth bit. A driver makes its decoder by this name in its
    module.
    """
    module = sys.modules[driver.__module__]
    if hasattr(module, MAKER):
        setattr(module, MAKER, _decoder)
    return driver


def _decoder(encoding: str) -> "partial[IncrementalDecoder]":
    return partial(getincrementaldecoder(encoding), errors="replace")
