/** The status of a crossing on a day, from its calendar. */
import { NODATE } from "../data/decode.js";

/**
 * @param {[number, string][]} calendar  first day and status of each stretch, in order
 * @param {number} day
 * @returns {{status: string, since: number}} since is NODATE where nothing is known
 */
export function statusOn(calendar, day) {
  let found = { status: "unknown", since: NODATE };
  for (const [since, status] of calendar) {
    if (since > day) break;
    found = { status, since };
  }
  return found;
}
