"""A panel: one map on the paper, with its own projection from degrees to millimetres."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["Box", "Frame", "Panel"]

Box = tuple[float, float, float, float]  # west, south, east, north in degrees
Floats = npt.NDArray[np.float64]

_SPHERE_M = 6_371_000.0
_WORLD = 100.0  # degrees across, from which on one projection for the whole world serves better
_ROOM = 1.0  # mm of ground beyond the frame, cut off last


@dataclass(frozen=True, slots=True)
class Frame:
    """A box on the paper, mm from the upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether a point lies inside, at least `margin` from the edge."""
        return (
            self.x + margin <= x <= self.right - margin
            and self.y + margin <= y <= self.bottom - margin
        )


@dataclass(frozen=True)
class Panel:
    """A frame that shows the ground around a centre at a scale.

    Equal-area about its own centre (Lambert), so that scale is the same in all directions there;
    for more than a hemisphere Equal Earth.

    Attributes:
        frame: where on the paper.
        longitude, latitude: the centre, degrees.
        km_per_mm: the scale at the centre.
        world: whether to use Equal Earth.
    """

    frame: Frame
    longitude: float
    latitude: float
    km_per_mm: float
    world: bool = False

    @classmethod
    def around(
        cls, frame: Frame, lon: Floats, lat: Floats, *, room_mm: float, least_km: float
    ) -> "Panel":
        """Return the panel that shows all the points, `room_mm` from its edge.

        Args:
            frame: where on the paper.
            lon: of the points, degrees; at least one. They may lie across ±180°.
            lat: of the points, degrees.
            room_mm: least distance of a point from the edge, mm.
            least_km: least width of the ground shown, km.
        """
        shifted = _unwrapped(lon)
        world = float(np.ptp(shifted)) > _WORLD
        centre_lon = (float(shifted.min()) + float(shifted.max())) / 2
        centre_lat = 0.0 if world else (float(lat.min()) + float(lat.max())) / 2
        panel = cls(frame, centre_lon, centre_lat, 1.0, world)
        x, y = panel._plane(shifted, lat)
        wide = max(frame.width - 2 * room_mm, frame.width / 4)
        tall = max(frame.height - 2 * room_mm, frame.height / 4)
        scale = max(np.ptp(x) / wide, np.ptp(y) / tall, least_km / frame.width)
        middle_x, middle_y = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
        lon0, lat0 = panel._ground(np.array([middle_x]), np.array([middle_y]))
        if world:
            return cls(frame, centre_lon, 0.0, float(scale), world)
        return cls(frame, float(lon0[0]), float(lat0[0]), float(scale))

    @cached_property
    def _transformer(self) -> pyproj.Transformer:
        name = "eqearth" if self.world else "laea"
        origin = "" if self.world else f"+lat_0={self.latitude!r} "
        target = f"+proj={name} {origin}+lon_0={self.longitude!r} +R={_SPHERE_M} +units=m"
        return pyproj.Transformer.from_crs(f"+proj=longlat +R={_SPHERE_M}", target, always_xy=True)

    def _plane(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Return km east and north of the centre."""
        x, y = self._transformer.transform(lon, lat)
        return np.asarray(x) / 1000, np.asarray(y) / 1000

    def _ground(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        lon, lat = self._transformer.transform(x * 1000, y * 1000, direction="INVERSE")
        return np.asarray(lon), np.asarray(lat)

    def paper(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Return points as mm on the paper."""
        x, y = self._plane(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
        frame = self.frame
        return (
            frame.x + frame.width / 2 + x / self.km_per_mm,
            frame.y + frame.height / 2 - y / self.km_per_mm,
        )

    def degrees(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return points on the paper as longitude and latitude."""
        frame = self.frame
        east = (np.asarray(x) - frame.x - frame.width / 2) * self.km_per_mm
        north = (frame.y + frame.height / 2 - np.asarray(y)) * self.km_per_mm
        return self._ground(east, north)

    def shape(self, shape: BaseGeometry, *, tolerance: float = 0.04) -> BaseGeometry:
        """Return a geometry in degrees as mm on the paper, cut at the frame.

        Args:
            shape: any geometry; it is cut at the panel's boxes in degrees first.
            tolerance: how far a simplified line may lie from the true one, mm.
        """
        found = self.shapes([shape], tolerance=tolerance)
        if len(found) == 1:
            return found[0]
        return shapely.GeometryCollection(list(found))

    def shapes(
        self, shapes: Sequence[BaseGeometry], *, tolerance: float = 0.04
    ) -> npt.NDArray[np.object_]:
        """Return geometries in degrees as mm on the paper, cut at the frame, empty ones dropped."""
        parts = shapely.get_parts(np.array(list(shapes), dtype=object))
        parts = shapely.get_parts(parts)
        cuts = np.concatenate([shapely.clip_by_rect(parts, *box) for box in self.boxes])
        cuts = shapely.get_parts(cuts)
        west, south, east, north = shapely.bounds(cuts).T
        degree = self.km_per_mm / 111.2
        area = shapely.get_dimensions(cuts) == 2
        visible = np.hypot(east - west, north - south) > np.where(area, 0.25, 0.05) * degree
        near = shapely.simplify(cuts[visible], 0.5 * tolerance * degree, preserve_topology=False)
        near = shapely.segmentize(near, 6 * degree)
        drawn = shapely.transform(near, lambda xy: np.column_stack(self.paper(xy[:, 0], xy[:, 1])))
        wrong = ~shapely.is_valid(drawn)
        drawn[wrong] = shapely.make_valid(drawn[wrong])
        frame = self.frame
        cut = shapely.clip_by_rect(drawn, frame.x, frame.y, frame.right, frame.bottom)
        cut = shapely.simplify(cut, 0.5 * tolerance)
        return np.asarray(cut[~shapely.is_empty(cut)])

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes in degrees, within ±180 and ±90, that together hold the whole panel."""
        frame, scale = self.frame, self.km_per_mm
        across = np.linspace(-0.5, 0.5, 21)
        wide, tall = (frame.width + 2 * _ROOM) * scale, (frame.height + 2 * _ROOM) * scale
        far = np.full(21, 0.5)
        east = np.concatenate([across, across, -far, far]) * wide
        north = np.concatenate([-far, far, across, across]) * tall
        lon, lat = self._ground(east, north)
        known = np.isfinite(lon) & np.isfinite(lat)
        if self.world or not known.all():
            return ((-180.0, -85.0, 180.0, 85.0),)
        lon = self.longitude + _signed(lon - self.longitude)
        west, right = float(lon.min()), float(lon.max())
        south, top = max(float(lat.min()), -90.0), min(float(lat.max()), 90.0)
        boxes = [(max(west, -180.0), south, min(right, 180.0), top)]
        if west < -180:
            boxes.append((west + 360, south, 180.0, top))
        if right > 180:
            boxes.append((-180.0, south, right - 360, top))
        return tuple(boxes)

    def holds(self, lon: Floats, lat: Floats, margin: float = 0.0) -> npt.NDArray[np.bool_]:
        """Return which points the panel shows, `margin` mm from its edge."""
        x, y = self.paper(lon, lat)
        frame = self.frame
        return np.asarray(
            (x >= frame.x + margin) & (x <= frame.right - margin)
            & (y >= frame.y + margin) & (y <= frame.bottom - margin)
        )  # fmt: skip


def _signed(degrees: Floats) -> Floats:
    return (degrees + 180) % 360 - 180


def _unwrapped(lon: Floats) -> Floats:
    """Return longitudes without a jump: the widest empty stretch lies outside their range."""
    if len(lon) < 2:
        return np.asarray(lon, dtype=float)
    turn = np.sort(np.mod(lon, 360))
    gaps = np.diff(turn, append=turn[0] + 360)
    start = turn[(int(np.argmax(gaps)) + 1) % len(turn)]
    shifted = np.mod(lon - start, 360) + start
    return np.asarray(shifted - 360 if shifted.min() > 180 else shifted)
