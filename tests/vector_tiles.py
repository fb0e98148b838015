"""Tiny archives of vector tiles for the tests: a street grid, a lake and houses in every tile."""

import gzip
import io
import math

import mapbox_vector_tile
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

CREDIT = '<a href="https://www.openstreetmap.org/copyright">&copy; OpenStreetMap</a> & friends'


def tile_at(lat, lon, zoom):
    """Return column and row of the tile that holds a position."""
    across = 1 << zoom
    row = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * across
    return int((lon + 180) / 360 * across), int(row)


def square(west, south, east, north):
    return {
        "type": "Polygon",
        "coordinates": [
            [(west, south), (east, south), (east, north), (west, north), (west, south)]
        ],
    }


def one_tile(*, street="Avenida Venezuela", padding=0):
    """Return the bytes of a tile with roads, water and houses, `padding` bytes larger."""
    line = {"type": "LineString", "coordinates": [(0, 2000), (4096, 2000)]}
    across = {"type": "LineString", "coordinates": [(1800, 0), (1800, 4096)]}
    note = {"note": "x" * padding} if padding else {}
    layers = [
        (
            "roads",
            [(line, {"kind": "highway", "name": street} | note), (across, {"kind": "minor_road"})],
        ),
        ("water", [(square(2200, 2200, 4000, 4000), {"kind": "lake"})]),
        ("buildings", [(square(200, 200, 900, 900), {"kind": "building"})]),
        ("fences", [(line, {})]),
    ]
    return mapbox_vector_tile.encode(
        [
            {"name": name, "features": [{"geometry": g, "properties": p} for g, p in features]}
            for name, features in layers
        ]
    )


def archive(lat, lon, *, zooms=range(8, 16), around=3, metadata=None, content=one_tile, **header):
    """Return a PMTiles archive: `around` tiles on every side of a position, at each zoom."""
    tiles = {}
    for zoom in zooms:
        x, y = tile_at(lat, lon, zoom)
        for dx in range(-around, around + 1):
            for dy in range(-around, around + 1):
                if 0 <= x + dx < 1 << zoom and 0 <= y + dy < 1 << zoom:
                    tiles[zxy_to_tileid(zoom, x + dx, y + dy)] = content()
    told = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
    } | header
    file = io.BytesIO()
    writer = Writer(file)
    zipped = told["tile_compression"] is Compression.GZIP
    for tile_id, one in sorted(tiles.items()):
        writer.write_tile(tile_id, gzip.compress(one, mtime=0) if zipped else one)
    layers = [{"id": name} for name in ("roads", "water", "buildings", "fences")]
    writer.finalize(
        told, {"attribution": CREDIT, "vector_layers": layers} if metadata is None else metadata
    )
    return file.getvalue()
