// Days as whole numbers since 1 January 1970, UTC. A date of the data is a day, never a moment:
// no time zone can move it.

/** The day number of a report without a usable date. */
export const NO_DAY = -2147483648;

const DAY_MS = 86400000;

/**
 * @param {string} iso `YYYY-MM-DD`
 * @returns {number} days since 1970-01-01
 */
export function dayOf(iso) {
  const [y, m, d] = iso.split("-").map(Number);
  return Date.UTC(y, (m || 1) - 1, d || 1) / DAY_MS;
}

/**
 * @param {number} day
 * @returns {string} `YYYY-MM-DD`
 */
export function isoOf(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/**
 * @param {number} day
 * @returns {Date} midnight UTC of that day
 */
export function dateOf(day) {
  return new Date(day * DAY_MS);
}

/**
 * Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD` as the first (or last) day it means.
 * @param {string} text
 * @param {boolean} last whether the last day is wanted
 * @returns {number} a day; NO_DAY where the text is no date
 */
export function readDay(text, last = false) {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(String(text).trim());
  if (!found) return NO_DAY;
  const [y, m, d] = found.slice(1).map((part) => (part === undefined ? 0 : Number(part)));
  if (m > 12 || d > 31 || (found[2] && !m) || (found[3] && !d)) return NO_DAY;
  if (d) {
    const day = Date.UTC(y, m - 1, d) / DAY_MS;
    return isoOf(day) === text.trim() ? day : NO_DAY;
  }
  if (!last) return Date.UTC(y, (m || 1) - 1, 1) / DAY_MS;
  return (m ? Date.UTC(y, m, 1) : Date.UTC(y + 1, 0, 1)) / DAY_MS - 1;
}

/**
 * The first day of the unit that holds `day`. Weeks begin on Monday.
 * @param {number} day
 * @param {"day"|"week"|"month"|"year"} unit
 * @returns {number}
 */
export function floorTo(day, unit) {
  if (unit === "day") return day;
  if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7);
  const date = dateOf(day);
  return Date.UTC(date.getUTCFullYear(), unit === "month" ? date.getUTCMonth() : 0, 1) / DAY_MS;
}

/**
 * The first day of the next unit.
 * @param {number} day
 * @param {"day"|"week"|"month"|"year"} unit
 * @param {number} steps
 * @returns {number}
 */
export function addUnits(day, unit, steps = 1) {
  if (unit === "day") return day + steps;
  if (unit === "week") return day + 7 * steps;
  const date = dateOf(day);
  const y = date.getUTCFullYear();
  const m = date.getUTCMonth();
  return (
    (unit === "month" ? Date.UTC(y, m + steps, 1) : Date.UTC(y + steps, 0, 1)) / DAY_MS
  );
}
