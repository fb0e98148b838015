"""Reads OpenStreetMap's time zone boundaries as polygons of countries and disputed parts.

`timezonefinder-data` carries every zone at full precision (1e-7 degrees). A zone belongs to one
country by the tz database's own `zone.tab`; where that is not the border between states, the
exceptions stand here, each with its reason.
"""

from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import shapely

__all__ = ["CONTESTED", "CUTS", "PARTS_OF_ANOTHER", "REGION_OF_ZONE", "Regions", "read_regions"]

Regions = dict[str, list[shapely.Polygon]]

# Zones that are one side of a dispute: kept as regions of their own, `COUNTRY~dispute`.
REGION_OF_ZONE = {
    "Europe/Simferopol": "UA~crimea",
    "Asia/Famagusta": "CY~north",
}

# Parts of a zone's polygons that lie in another country: zone, a point inside the part, country.
# The tz database keeps north Vietnam in Bangkok's zone (same clock since 1970).
PARTS_OF_ANOTHER = (
    ("Asia/Bangkok", (105.85, 21.03), "VN"),  # Hanoi and the north
    ("Asia/Bangkok", (107.725, 20.133), "VN"),  # Bach Long Vi
    ("America/New_York", (-75.13, 19.93), "CU"),  # Guantanamo Bay: leased, not ceded
)

# Ground that two zones cover: the region it makes. The country before `~` is who is drawn there by
# default: the UN's view where there is one, else who holds it.
CONTESTED = {
    frozenset(("SS", "SD")): "SD~sudans",  # Abyei and Kafia Kingi
    frozenset(("BF", "BJ")): "BJ~koalou",
    frozenset(("US", "CA")): "CA~machias-beaufort",
    frozenset(("BR", "BO")): "BO~isla-suarez",
    frozenset(("AR", "CL")): "CL~patagonian-ice",
    frozenset(("SX", "MF")): "SX~oyster-pond",
    frozenset(("RU", "GE")): "GE~abkhazia",
    frozenset(("TH", "MM")): "TH~pakchan",
    frozenset(("PS", "IL")): "PS~west-bank",
    frozenset(("ID", "SG")): "SG~strait",
    frozenset(("NP", "IN")): "IN~kalapani-susta",
    frozenset(("KP", "CN")): "KP~yalu-tumen",
    frozenset(("CN", "BT")): "BT~doklam",
    frozenset(("NL", "DE")): "DE~ems",
    frozenset(("GR", "TR")): "GR~aegean",
    frozenset(("RS", "HR")): "RS~danube",
    frozenset(("DE", "LU")): "DE~moselle",
    frozenset(("SI", "HR")): "SI~piran-mura",
    frozenset(("FR", "IT")): "IT~mont-blanc",
}

# Lines the zones lack, drawn by hand: the region they cut, points on the side that changes, the new
# region, and the line from outside to outside. Good to some 300 m in the city and 1 km elsewhere.
CUTS = (
    (  # the armistice line of 1949 through Jerusalem, as the UN draws it
        "IL",
        ((35.2339, 31.7834), (35.2254, 31.8300), (35.2334, 31.7368)),
        "PS~east-jerusalem",
        (
            (35.1750, 31.8150), (35.1860, 31.8090), (35.2000, 31.8060), (35.2120, 31.8030),
            (35.2225, 31.8005), (35.2262, 31.7945), (35.2290, 31.7885), (35.2292, 31.7823),
            (35.2262, 31.7795), (35.2268, 31.7752), (35.2275, 31.7722), (35.2318, 31.7712),
            (35.2342, 31.7680), (35.2335, 31.7560), (35.2330, 31.7490), (35.2260, 31.7385),
            (35.2175, 31.7365), (35.2060, 31.7440), (35.1880, 31.7330), (35.1700, 31.7360),
            (35.1490, 31.7370), (35.1535, 31.7280),
        ),
    ),
    (  # the Golan Heights: the line of 4 June 1967, roughly
        "IL",
        ((35.75, 32.98),),
        "IL~golan",
        (
            (35.6200, 33.3000), (35.6260, 33.2750), (35.6620, 33.2520), (35.6600, 33.2300),
            (35.6700, 33.1950), (35.6680, 33.1500), (35.6500, 33.1200), (35.6400, 33.0900),
            (35.6281, 33.0110), (35.6180, 32.8850), (35.6400, 32.8730), (35.6560, 32.8400),
            (35.6480, 32.7900), (35.6440, 32.7500), (35.6300, 32.7200), (35.6370, 32.7080),
            (35.6700, 32.6900), (35.6700, 32.6600),
        ),
    ),
)  # fmt: skip


def _countries_of_zones() -> dict[str, str]:
    """Return ISO2 by zone name, from the tz database's `zone.tab`."""
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[2]: row[0] for row in rows}


def _polygon(rings: Sequence[object]) -> shapely.Polygon:
    shell, *holes = (np.asarray(ring, dtype=float).T for ring in rings)
    return shapely.Polygon(shell, holes)


def read_regions() -> tuple[Regions, list[shapely.Polygon]]:
    """Return the polygons of every region (`CO`, `UA~crimea`) and those of the open ocean.

    Coordinates are multiples of 1e-7 degrees, so what neighbours share is shared exactly.
    """
    from timezonefinder import TimezoneFinder

    finder = TimezoneFinder()
    countries = _countries_of_zones()
    regions: Regions = {}
    ocean: list[shapely.Polygon] = []
    for zone in finder.timezone_names:
        for rings in finder.get_geometry(tz_name=zone, coords_as_pairs=False):
            polygon = _polygon(rings)
            if zone.startswith("Etc/"):
                ocean.append(polygon)
                continue
            region = REGION_OF_ZONE.get(zone, countries[zone])
            for name, point, country in PARTS_OF_ANOTHER:
                if name == zone and polygon.contains(shapely.Point(point)):
                    region = country
            regions.setdefault(region, []).append(polygon)
    return dict(sorted(regions.items())), ocean
