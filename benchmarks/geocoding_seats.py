"""The municipalities near a border, asked by name: part of `geocoding.py`."""

import numpy as np
import pandas as pd

from mapper import gazetteer, geocode, world
from mapper.columns import PLACE_KEY
from mapper.gazetteer.lexicon import without_generics
from mapper.geocode.atlas import Atlas, Place, atlas
from mapper.world import geodesic_km

__all__ = ["seats"]

WITHIN_KM = 60.0
WORDINGS = (
    ("{name}", True), ("{name}, {area}", False), ("cabecera municipal de {name}", True),
    ("casco urbano de {name} ({area})", False), ("{name}", False),
)  # fmt: skip
"""How reports write a municipality, and whether the row names its department too."""
AREA_WORDING = "municipio {name}"
"""Says the whole area: its circle should hold the seat, however far the middle is from it."""


def seats(country: str = "CO", pair: str = "CO-VE") -> None:
    """Print acc@25 of the municipalities within 60 km of a border, by the ways they are written.

    Municipalities are the second-level areas of GeoNames. The truth is the seat: the most populous
    settlement of the area's name in its department, else the most populous one of the area.
    """
    known = atlas()
    towns = [(unit, seat) for unit in _units(known, country) if (seat := _seat(known, unit))]
    away = _border_km(pair, [seat for _, seat in towns])
    towns = [town for town, km in zip(towns, away, strict=True) if km <= WITHIN_KM]
    print(f"\n{f'municipalities of {country} within 60 km of {pair}':<46}{'n':>5}{'acc@25':>8}")
    every: list[np.ndarray] = []
    for wording, hinted in WORDINGS:
        near = _near(known, towns, wording, country, hinted=hinted)
        every.append(near)
        with_area = " + department" if hinted else ""
        print(f"  {wording + with_area:<44}{len(near):>5}{near.mean() * 100:>8.1f}")
        for (unit, _), right in zip(towns, near, strict=True):
            if not right:
                print(f"    missed: {unit.name} ({unit.admin1})")
    print(f"  {'all':<44}{sum(map(len, every)):>5}{np.concatenate(every).mean() * 100:>8.1f}")
    held = _near(known, towns, AREA_WORDING, country, hinted=True, area=True)
    text = f"{AREA_WORDING}, as an area that holds the seat"
    print(f"  {text:<44}{len(held):>5}{held.mean() * 100:>8.1f}")


def _units(known: Atlas, country: str) -> list[Place]:
    rows = gazetteer.places().of_country(country, "admin2")
    return [known.place(row) for row in range(rows.start, rows.stop)]


def _bare(unit: Place) -> str:
    return without_generics(gazetteer.places().names_of(unit.row)[0])


def _seat(known: Atlas, unit: Place) -> Place | None:
    """Return the seat of a municipality; None if the index has no settlement of it."""
    index = gazetteer.places()
    named = [hit.place for hit in known.find(_bare(unit))]
    fitting = [p for p in named if p.kind == "settlement" and p.admin1 == unit.admin1]
    if not fitting:
        inside = np.flatnonzero((index.kind == 0) & (index.admin2 == unit.row)).tolist()
        fitting = [known.place(row) for row in inside]
    return max(fitting, key=lambda p: p.population, default=None)


def _border_km(pair: str, seats: list[Place]) -> np.ndarray:
    lon, lat = ([getattr(s, c) for s in seats] for c in ("longitude", "latitude"))
    nearest, away = world.nearest_border(np.array(lon), np.array(lat))
    return np.where(np.array(nearest, dtype=str) == pair, away, np.inf)


def _near(
    known: Atlas, towns: list[tuple[Place, Place]], wording: str, country: str, *, hinted: bool,
    area: bool = False,
) -> np.ndarray:  # fmt: skip
    """Return for each municipality whether its answer lies within 25 km of its seat.

    With `area`: whether it is an area whose circle holds the seat.
    """
    rows = []
    for unit, _ in towns:
        first = known.admin1(unit.admin1)
        department = first.name if first else ""
        text = wording.format(name=_bare(unit).title(), area=department)
        rows.append([text, country, department if hinted else "", ""])
    found = geocode.resolve(pd.DataFrame(rows, columns=list(PLACE_KEY)).astype("str"))
    ends = [(s.longitude, s.latitude) for _, s in towns]
    lon, lat = (np.array(c) for c in zip(*ends, strict=True))
    away = geodesic_km(
        lon, lat, found["longitude"].to_numpy(float), found["latitude"].to_numpy(float)
    )
    away = np.nan_to_num(away, nan=np.inf)
    if area:
        return (found["shape"] == "area").to_numpy() & (away <= found["uncertainty_km"].to_numpy())
    return away <= 25
