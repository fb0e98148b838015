/**
 * How vector tiles are drawn: quiet ground for the reports, in the colours of the page. The layers
 * and kinds of three schemas are known (Protomaps, OpenMapTiles, Shortbread); lines of a layer that
 * none of them has are drawn thin.
 */
import { LineLabelSymbolizer, LineSymbolizer, PolygonSymbolizer, exp } from "protomaps-leaflet";

/** @typedef {{geomType: number, props: Record<string, any>}} Feature */

const LINE = 2;
const AREA = 3;

const WATER = ["water", "ocean", "water_polygons"];
const STREAMS = ["water", "waterway", "water_lines"];
const GREEN = ["landuse", "landcover", "land", "park", "sites"];
const HOUSES = ["buildings", "building"];
const ROADS = ["roads", "transportation", "streets"];
const ROAD_NAMES = ["roads", "transportation_name", "street_labels"];
/** What we draw ourselves, or what would be noise under reports. */
const OURS = [
  "earth", "boundaries", "boundary", "places", "place", "place_labels", "pois", "poi", "housenumber", "addresses",
  "transit", "aeroway", "aerodrome_label", "mountain_peak", "water_name", "natural", "physical_point", "physical_line",
  "boundary_labels", "water_polygons_labels", "water_lines_labels", "streets_polygons_labels", "public_transport",
  "street_polygons", "dam_lines", "dam_polygons", "pier_lines", "pier_polygons", "bridges", "aerialways", "ferries",
];
const KNOWN = new Set([...WATER, ...STREAMS, ...GREEN, ...HOUSES, ...ROADS, ...ROAD_NAMES, ...OURS]);

const WIDE = new Set(["highway", "motorway", "trunk"]);
const MIDDLE = new Set(["major_road", "medium_road", "primary", "secondary", "tertiary"]);
const PATHS = new Set(["path", "footway", "track", "pedestrian", "steps", "cycleway", "other"]);
const NO_ROADS = new Set(["ferry", "aerialway", "transit", "pier", "aeroway", "runway", "taxiway"]);
const RAILS = new Set(["rail", "railway", "light_rail", "tram", "subway"]);
const GREENS = new Set([
  "park", "forest", "wood", "grass", "grassland", "nature_reserve", "national_park", "protected_area", "scrub",
  "golf_course", "cemetery", "meadow", "farmland", "orchard", "recreation_ground", "playground", "village_green",
]);

const COLOURS = {
  light: { water: "#d9e6ea", green: "#e8ebdb", house: "#e6e0d2", road: "#ffffff", casing: "#d8d0bf", path: "#cdc4b1", rail: "#bfb7a8", name: "#5b636a", halo: "#fdfcf8" },
  dark: { water: "#12202a", green: "#222c27", house: "#2c3238", road: "#434b52", casing: "#181c1f", path: "#434b52", rail: "#4f565c", name: "#a3a9ad", halo: "#1b1f23" },
};

/** Widths in pixels by zoom: paths, small streets, main roads, highways. */
const WIDTHS = [
  [[12, 0.5], [16, 1.2]],
  [[11, 0.5], [13, 1.2], [16, 6]],
  [[8, 0.7], [12, 1.8], [16, 9]],
  [[6, 1], [12, 2.6], [16, 11]],
];
const FROM_ZOOM = [13, 12, 9, 6];

/** @param {Feature} feature @returns {string} */
const kindOf = ({ props }) => String(props.kind ?? props.class ?? props["pmap:kind"] ?? props.type ?? "");

/** The weight of a road, 0 to 3, or -1: not one. @param {Feature} feature */
export function roadRank(feature) {
  const kind = kindOf(feature);
  if (NO_ROADS.has(kind) || RAILS.has(kind)) return -1;
  if (WIDE.has(kind)) return 3;
  if (MIDDLE.has(kind)) return 2;
  return PATHS.has(kind) ? 0 : 1;
}

/** @param {string[]} known @param {string[]} there */
const among = (known, there) => (there.length ? known.filter((name) => there.includes(name)) : known);

/**
 * @param {string[]} layers  names of the layers in the file; none: not known
 * @param {"light"|"dark"} theme
 * @returns {import("protomaps-leaflet").PaintRule[]}
 */
export function streetPaint(layers, theme) {
  const c = COLOURS[theme];
  /** @type {any[]} */
  const rules = [];
  const add = (/** @type {string[]} */ names, /** @type {any} */ symbolizer, /** @type {(feature: Feature) => boolean} */ filter, minzoom = 0) => {
    for (const dataLayer of names) {
      rules.push({ dataLayer, symbolizer, minzoom, filter: (/** @type {number} */ _, /** @type {Feature} */ f) => filter(f) });
    }
  };
  add(among(GREEN, layers), new PolygonSymbolizer({ fill: c.green }), (f) => f.geomType === AREA && GREENS.has(kindOf(f)));
  add(among(WATER, layers), new PolygonSymbolizer({ fill: c.water }), (f) => f.geomType === AREA);
  add(among(STREAMS, layers), new LineSymbolizer({ color: c.water, width: exp(1.4, [[8, 0.8], [16, 5]]) }), (f) => f.geomType === LINE);
  add(among(HOUSES, layers), new PolygonSymbolizer({ fill: c.house }), (f) => f.geomType === AREA, 14);
  const others = layers.filter((name) => !KNOWN.has(name));
  add(others, new LineSymbolizer({ color: c.path, width: 0.8 }), (f) => f.geomType === LINE);
  const roads = among(ROADS, layers);
  const ofRank = (/** @type {number} */ rank) => (/** @type {Feature} */ f) => f.geomType === LINE && roadRank(f) === rank;
  for (let rank = 1; rank < 4; rank++) {
    const width = exp(1.5, WIDTHS[rank]);
    add(roads, new LineSymbolizer({ color: c.casing, width: (/** @type {number} */ z) => width(z) + 1.4, lineCap: "round", lineJoin: "round" }), ofRank(rank), FROM_ZOOM[rank]);
  }
  add(roads, new LineSymbolizer({ color: c.path, width: exp(1.5, WIDTHS[0]), dash: [2, 2] }), ofRank(0), FROM_ZOOM[0]);
  for (let rank = 1; rank < 4; rank++) {
    add(roads, new LineSymbolizer({ color: c.road, width: exp(1.5, WIDTHS[rank]), lineCap: "round", lineJoin: "round" }), ofRank(rank), FROM_ZOOM[rank]);
  }
  add(roads, new LineSymbolizer({ color: c.rail, width: 1, dash: [5, 3] }), (f) => f.geomType === LINE && RAILS.has(kindOf(f)), 11);
  return rules;
}

/**
 * @param {string[]} layers
 * @param {"light"|"dark"} theme
 * @param {string} lang
 * @returns {import("protomaps-leaflet").LabelRule[]}
 */
export function streetLabels(layers, theme, lang) {
  const c = COLOURS[theme];
  const symbolizer = new LineLabelSymbolizer({
    labelProps: [`name:${lang}`, "name"],
    font: "400 10.5px system-ui, sans-serif",
    fill: c.name,
    stroke: c.halo,
    width: 2.5,
    position: 2, // in the middle of the street
  });
  return among(ROAD_NAMES, layers).map((dataLayer) => ({
    dataLayer,
    symbolizer,
    minzoom: 14,
    filter: (/** @type {number} */ zoom, /** @type {any} */ f) => f.geomType === LINE && roadRank(f) >= (zoom < 15 ? 2 : 1),
  }));
}
