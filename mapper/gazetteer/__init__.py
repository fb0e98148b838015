"""The place index: settlements and admin areas by any name, countries, towns for labels.

Built by `python -m mapper.gazetteer.build`; nothing is read before the first question.
"""

from mapper.gazetteer.countries import country_code, country_name
from mapper.gazetteer.index import PlaceIndex
from mapper.gazetteer.look import places, towns, villages

__all__ = ["PlaceIndex", "country_code", "country_name", "places", "towns", "villages"]
