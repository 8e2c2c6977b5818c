"""The text of a score report in PDF; what is drawn as a graphic, such as a bar, is not in it."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PdfReader

LARGEST_PDF = 5_000_000
MOST_PAGES = 20
MOST_CONTENT = 1_000_000
ENCRYPTED = "is encrypted; print it into a new PDF, or paste its text."


class UnreadablePdf(Exception):
    """Why a PDF gives no text, as the end of a sentence."""


def pdf_text(data: bytes) -> str:
    """The text of the first pages, lines in reading order; raises `UnreadablePdf`.

    The layout of a page is kept, because it is what ties a word to the name beside it.
    """
    # Slow to import, and only this function needs them.
    import logging

    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    # pypdf reports every oddity of a file as a log line on standard error.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        reader = PdfReader(BytesIO(data))
        # Vendors forbid changes by encrypting with an empty password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadablePdf(ENCRYPTED)
        text = _text_of(reader)
    except UnreadablePdf:
        raise
    # Newer encryption needs a library that is not there.
    except DependencyError as error:
        raise UnreadablePdf(ENCRYPTED) from error
    # Damaged files make pypdf fail in ways that it does not list.
    except Exception as error:
        raise UnreadablePdf("is damaged or incomplete; download it again.") from error
    if not text.strip():
        raise UnreadablePdf("holds no text, as a scan or a picture does; type the report in.")
    return text


def _text_of(reader: "PdfReader") -> str:
    pages: list[str] = []
    room = MOST_CONTENT
    for number in range(min(len(reader.pages), MOST_PAGES)):
        page = reader.pages[number]
        contents = page.get_contents()
        room -= len(contents.get_data()) if contents is not None else 0
        if room < 0:
            raise UnreadablePdf("holds more than a score report does; type the report in.")
        pages.append(page.extract_text(extraction_mode="layout") or page.extract_text())
    return "\n".join(pages)
