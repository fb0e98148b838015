"""The verbs that answer a question about one place or about what is known."""

from typing import TYPE_CHECKING, Any

from mapper import geocode, normalise
from mapper.config import Options
from mapper.pipeline.own import own

if TYPE_CHECKING:
    from mapper.geocode import Trace

__all__ = ["explain", "schema"]


def explain(place_text: str, country: str, admin1: str, admin2: str, options: Options) -> "Trace":
    """Return the trace of how one place is found.

    Of the options, borders, crossings and gazetteers count.
    """
    return geocode.explain(
        place_text,
        country=country,
        admin1=admin1,
        admin2=admin2,
        borders=options.borders,
        crossings=own(options).crossings,
        gazetteers=options.gazetteers,
    )


def schema() -> dict[str, Any]:
    """Return what is known: fields with the names understood for them, and families of files."""
    return normalise.schema()
