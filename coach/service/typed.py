"""What a text means while it is being typed, for forms that show it before it is saved."""

from coach.model.attempt import Band
from coach.reading import bands


def typed_band(text: str, vendor: str = "Microsoft") -> Band | None:
    """The band that a typed word or bar would be read as; None where it can not be read."""
    seen = bands.observation("", text, vendor)
    return bands.band_of(seen, vendor) if seen else None
