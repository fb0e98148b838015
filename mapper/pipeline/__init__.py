"""The story of a run: the rooms here are the only ones that know the order of the stages.

read → normalise → geocode (distinct places) → join → render → publish

`reading` and `placing` are the stages every verb goes through; `maps`, `tables`, `figures`,
`revisions` and `answers` are the verbs; `own`, `fixes` and `previous` bring in what the user
supplies, what earlier reviews decided and the edition before; `accounts` and `doubts` say what
became of the rows.
"""

from mapper.pipeline.answers import explain, schema
from mapper.pipeline.drawing import draw
from mapper.pipeline.maps import check, make_map
from mapper.pipeline.paths import beside, map_files, stem
from mapper.pipeline.placing import Placed, place
from mapper.pipeline.previous import edition_of
from mapper.pipeline.reading import Progress, Understood, understand
from mapper.pipeline.tables import geocode_table, make_table

__all__ = [
    "Placed",
    "Progress",
    "Understood",
    "beside",
    "check",
    "draw",
    "edition_of",
    "explain",
    "geocode_table",
    "make_map",
    "make_table",
    "map_files",
    "place",
    "schema",
    "stem",
    "understand",
]
