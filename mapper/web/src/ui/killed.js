// "How many were killed?", answered in words for what is shown.

import { DEATHS, claimsOf } from "../state/facts.js";
import { judge, summarise } from "../state/summary.js";
import { data, el, fill, rich } from "./el.js";

const SHOWN = 4;

/** @param {import("./app.js").App} app */
export function killedAnswer(app) {
  const { store, words, engine } = app;
  const claims = claimsOf(store, DEATHS);
  /** @type {Uint8Array | null} judged when first asked */
  let verdict = null;
  const box = el("div", { class: "answer" });
  let timer = 0;
  const tell = () => {
    verdict ??= judge(claims);
    fill(box, answer(app, claims, summarise(claims, verdict, engine.mask, SHOWN)));
  };
  app.on("filter", () => {
    clearTimeout(timer);
    timer = window.setTimeout(tell, store.n > 20000 ? 120 : 0);
  });
  app.cleanup(() => clearTimeout(timer));
  if (app.started) tell();
  return el(
    "section",
    { class: "block killed", "aria-label": words.t("killed_title") },
    el("h2", { text: words.t("killed_title") }),
    box,
  );
}

/**
 * @param {import("./app.js").App} app
 * @param {import("../state/summary.js").Claims} claims
 * @param {import("../state/summary.js").Summary} summary
 * @returns {HTMLElement[]}
 */
function answer(app, claims, summary) {
  const { words, store } = app;
  if (!summary.reports) return [el("p", { text: words.t("killed_none") })];
  /** @type {HTMLElement[]} */
  const lines = summary.sums.map((sum) => {
    const span = words.span(sum.low, sum.high);
    const people = sum.atLeast ? words.t("count_at_least_span", { span }) : span;
    const events = words.t("events", { n: sum.events });
    const parts = words.parts("killed_added", { people, events });
    const file = summary.sums.length > 1 ? store.meta.files[sum.file] ?? store.meta.files[sum.file - 1] : "";
    return el("p", {}, file ? [data(file), ": "] : null, rich(parts, ["people"]));
  });
  if (!summary.apart) return lines;
  lines.push(el("p", {}, rich(
    words.parts("killed_apart", { n: summary.apart, not: words.t("killed_not_added") }), ["not"])));
  for (const group of summary.groups) lines.push(groupLine(app, claims, group));
  const more = summary.all - summary.groups.length;
  if (more > 0) lines.push(el("p", { class: "quiet", text: words.t("killed_more", { n: more }) }));
  return lines;
}

/**
 * @param {import("./app.js").App} app
 * @param {import("../state/summary.js").Claims} claims
 * @param {import("../state/summary.js").Group} group
 */
function groupLine(app, claims, group) {
  const { words, store, engine } = app;
  const name = groupName(app, group);
  const few = words.t("reports", { n: group.reports });
  const { beyond } = group;
  const note = beyond.length
    ? words.t("killed_beyond", { reports: few, n: beyond.length, counts: words.list(beyond.map(words.n)) })
    : few;
  const span = group.low === group.low ? words.span(group.low, group.high) : words.t("killed_no_number");
  const open = () => {
    const rows = [];
    for (let i = 0; i < store.n; i++) {
      const given = [claims.low(i), claims.best(i), claims.high(i)].some((x) => x === x);
      if (engine.mask[i] && given && claims.event(i) === group.event) rows.push(i);
    }
    app.showList?.({ indexes: rows, title: name });
  };
  return el("button", { type: "button", class: "claims", on: { click: open } },
    data(name), " ", el("b", { text: span }), el("span", { class: "quiet", text: ` (${note})` }));
}

/** @param {import("./app.js").App} app @param {import("../state/summary.js").Group} group */
function groupName(app, group) {
  const { words, store } = app;
  if (group.event < 0) return words.t("killed_no_event");
  if (group.whole) return words.t("killed_whole");
  if (group.place >= 0) return store.placeColumn("matched_name").values.at(group.place);
  return store.text("place", group.first) || store.text("event_id", group.first);
}
