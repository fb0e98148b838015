// What changed since the edition before: sentences whose ids open reports, what is new or changed
// as a filter and as marks on the map, what was withdrawn.

import { SORTS, changesOf } from "../state/changes.js";
import { data, el } from "./el.js";
import { linked } from "./linked.js";

const SHOWN = 8;

/** @param {import("./app.js").App} app */
export function changesPanel(app) {
  const { words, store, engine } = app;
  const changes = changesOf(store);
  if (!changes) return null;
  const { lang } = store.meta;
  const title = words.t("changes_title", { old: changes.old }).trim();
  const frame = (/** @type {(Node | null)[]} */ parts) => el("details", { class: "block changes", open: true, dataset: { mapper: "changes" } },
    el("summary", {}, el("h2", { dir: "auto", text: title })), parts);
  const told = long(app, changes.sentences.map((said) => el("li", { lang, dir: "auto" }, linked(app, said))));
  if (changes.countsOnly) return frame(told);
  const pills = SORTS.map((sort, code) => {
    if (!sort || !changes.counts[code]) return null;
    const count = el("b");
    const button = el("button", { type: "button", class: "pill", on: { click: () => toggle(app, sort) } },
      words.t(`changed_${sort}`), " ", count);
    return { sort, code, button, count };
  }).filter((pill) => pill !== null);
  const update = () => {
    const counts = engine.counts("changes", changes.codes, SORTS.length);
    for (const { sort, code, button, count } of pills) {
      count.textContent = words.n(counts[code]);
      button.setAttribute("aria-pressed", String(!!engine.filters.changes?.includes(sort)));
    }
  };
  app.on("filter", update);
  if (app.started) update();
  const box = el("input", { type: "checkbox", on: { change: () => app.setMarks(box.checked) } });
  box.checked = app.marks;
  return frame([
    el("label", { class: "switch" }, box, " ", words.t("changes_marks")),
    pills.length ? el("div", { class: "pills", role: "group", "aria-label": words.t("filter_changes") }, pills.map(({ button }) => button)) : null,
    ...told,
    changes.byTool.length ? el("h3", { text: words.t("changes_by_tool") }) : null,
    ...long(app, changes.byTool.map((said) => el("li", { lang, dir: "auto" }, linked(app, said)))),
    changes.removed.length ? el("h3", { text: words.t("changes_removed", { n: changes.removed.length }) }) : null,
    ...long(app, changes.removed.map((one) => withdrawn(app, one))),
  ]);
}

/** Only these, or no longer. @param {import("./app.js").App} app @param {string} sort */
function toggle(app, sort) {
  const now = /** @type {string[]} */ (app.engine.filters.changes ?? []);
  const next = now.includes(sort) ? now.filter((one) => one !== sort) : [...now, sort];
  void app.patch({ changes: next.length ? next : null });
}

/** A list; its tail behind a button. @param {import("./app.js").App} app @param {HTMLElement[]} items */
function long(app, items) {
  if (!items.length) return [];
  const list = el("ul", { class: "told" }, items.slice(0, SHOWN));
  const rest = items.slice(SHOWN);
  const more = rest.length
    ? el("button", { type: "button", class: "plain", text: app.words.t("filter_more", { n: rest.length }), on: { click: () => {
      list.append(...rest);
      more?.remove();
      rest[0].querySelector("button")?.focus();
    } } })
    : null;
  return [list, more];
}

/** @param {import("./app.js").App} app @param {{id: string, what: string, lat: number | null, lon: number | null}} one */
function withdrawn(app, { id, what, lat, lon }) {
  const go = typeof lat === "number" && typeof lon === "number"
    ? el("button", { type: "button", class: "plain", text: id, on: { click: () => app.map.fit({ lat, lon }) } })
    : el("span", { class: "id", text: id });
  return el("li", { class: "withdrawn" }, go, " ", data(what, "del"));
}

/**
 * What is new of a report, field by field; null for nothing.
 * @param {import("./app.js").App} app
 * @param {number} i
 */
export function changeOf(app, i) {
  const { words } = app;
  const changes = changesOf(app.store);
  const sort = changes ? SORTS[changes.codes[i]] : "";
  if (!changes || changes.countsOnly || !sort) return null;
  const fields = Object.entries(changes.changed.get(i)?.fields ?? {});
  return el("section", { class: "changed" },
    el("h3", { dir: "auto", text: `${words.t(`changed_${sort}`)} · ${words.t("changes_title", { old: changes.old })}` }),
    fields.length ? el("dl", { class: "facts" }, fields.flatMap(([name, [before, after]]) => [
      el("dt", { dir: "ltr", text: name }),
      el("dd", {}, before ? data(before, "del") : null, before ? " → " : null, data(after || "–", "ins")),
    ])) : null);
}
