"""Reads the time zones of OpenStreetMap's tz boundaries as polygons of countries and disputed parts.

`timezonefinder-data` carries every zone at full precision (1e-7 degrees). A zone belongs to one
country by the tz database's own `zone.tab`; where that is not the border between states, the
exceptions stand here, each with its reason.
"""

from importlib.resources import files

import numpy as np
import shapely

__all__ = ["CONTESTED", "PARTS_OF_ANOTHER", "REGION_OF_ZONE", "Regions", "read_regions"]

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
    frozenset(("DE", "LU")): "LU~moselle",
    frozenset(("SI", "HR")): "SI~piran-mura",
    frozenset(("FR", "IT")): "IT~mont-blanc",
}


def _countries_of_zones() -> dict[str, str]:
    """Return ISO2 by zone name, from the tz database's `zone.tab`."""
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[2]: row[0] for row in rows}


def _polygon(rings: list[list[list[float]]]) -> shapely.Polygon:
    shell, *holes = (np.asarray(ring).T for ring in rings)
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
