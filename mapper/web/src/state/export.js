// The filtered reports as files: CSV that no spreadsheet runs, GeoJSON after RFC 7946.

/** A cell that a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r|%]/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * @param {string} text
 * @returns {string} the text, with a leading apostrophe where it would be run
 */
export function safeCell(text) {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/**
 * @param {string[]} names
 * @param {Iterable<Record<string, unknown>>} rows  missing values are empty cells
 * @returns {string} UTF-8 with a byte order mark (spreadsheets read it right), CRLF
 */
export function toCsv(names, rows) {
  /** @param {unknown} value */
  const cell = (value) => {
    if (value === null || value === undefined || value !== value) return "";
    const text = typeof value === "number" ? String(value) : safeCell(String(value));
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [names.map(cell).join(",")];
  for (const row of rows) lines.push(names.map((name) => cell(row[name])).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/**
 * @param {Iterable<Record<string, unknown>>} rows  `latitude`, `longitude` in degrees, `shape`,
 *   `parts` (JSON list of what a list names)
 * @param {string[]} names  of the properties
 * @returns {string} a FeatureCollection; only what is a point is a point: a report of an area, a
 *   line or no place has a null geometry, with the middle of the area among its properties
 */
export function toGeoJson(rows, names) {
  const features = [];
  for (const row of rows) {
    const properties = Object.fromEntries(
      names
        .map((name) => [name, row[name]])
        .filter(([, value]) => value !== "" && value !== undefined && value === value),
    );
    features.push({ type: "Feature", id: row.incident_id, geometry: geometryOf(row), properties });
  }
  return `${JSON.stringify({ type: "FeatureCollection", features })}\n`;
}

/** @param {Record<string, unknown>} row */
function geometryOf(row) {
  if (row.shape === "point") {
    const position = positionOf(row);
    return position && { type: "Point", coordinates: position };
  }
  if (row.shape !== "list") return null;
  const coordinates = partsOf(row.parts).map(positionOf).filter((position) => position !== null);
  return coordinates.length ? { type: "MultiPoint", coordinates } : null;
}

/** @param {unknown} parts JSON @returns {Record<string, unknown>[]} */
function partsOf(parts) {
  try {
    const list = JSON.parse(String(parts || "[]"));
    return Array.isArray(list) ? list.filter((part) => part && typeof part === "object") : [];
  } catch {
    return [];
  }
}

/** @param {Record<string, unknown>} one @returns {[number, number] | null} lon, lat to a tenth of a metre */
function positionOf({ latitude, longitude }) {
  if (latitude === "" || longitude === "" || latitude == null || longitude == null) return null;
  const [lon, lat] = [Number(longitude), Number(latitude)];
  const round = (/** @type {number} */ x) => Math.round(x * 1e6) / 1e6;
  return Number.isFinite(lon + lat) ? [round(lon), round(lat)] : null;
}
