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
 * @param {Iterable<Record<string, unknown>>} rows  `latitude`, `longitude` in degrees, `shape`
 * @param {string[]} names  of the properties
 * @returns {string} a FeatureCollection; a report without a place has a null geometry
 */
export function toGeoJson(rows, names) {
  const features = [];
  for (const row of rows) {
    const lon = Number(row.longitude);
    const lat = Number(row.latitude);
    const placed = row.shape !== "none" && row.longitude !== "" && Number.isFinite(lon + lat);
    const properties = Object.fromEntries(
      names
        .map((name) => [name, row[name]])
        .filter(([, value]) => value !== "" && value !== undefined && value === value),
    );
    features.push({
      type: "Feature",
      id: row.incident_id,
      geometry: placed ? { type: "Point", coordinates: [round(lon), round(lat)] } : null,
      properties,
    });
  }
  return `${JSON.stringify({ type: "FeatureCollection", features })}\n`;
}

/** Degrees at a tenth of a metre. @param {number} x */
const round = (x) => Math.round(x * 1e6) / 1e6;
