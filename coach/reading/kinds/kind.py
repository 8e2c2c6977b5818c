"""One kind of topic, and how to study it."""

import msgspec


class Kind(msgspec.Struct, frozen=True):
    """How to study the topics whose names hold one of the keywords.

    A keyword matches the beginning of a word; a trailing space asks for the whole word. `read`
    completes "read ...", `build` "build ...", `decide` "decide ..."; all in Coach's own words.
    """

    name: str
    keywords: tuple[str, ...]
    read: str
    build: str
    decide: str
