// Further filters: sides, crossings, actors, sources, how well the place is known, counts, dates.

import { once } from "../data/once.js";
import { countryName, crossingName } from "../state/describe.js";
import { isoOf } from "../state/dates.js";
import { el, fill } from "./el.js";

const SHOWN = 6;
/** Distances from a land border that the desks ask for, in km. */
const BESIDE_KM = [5, 10, 25];

/** @param {import("./app.js").App} app */
export function filtersPanel(app) {
  const { words } = app;
  const box = el("div", { class: "facets" });
  // spreading columns over all reports is left until somebody wants to filter by them
  const groups = once(() => {
    const all = filterGroups(app);
    fill(box, all.map((group) => group.node));
    return all;
  });
  const panel = el(
    "details",
    { class: "block filters", dataset: { mapper: "filters" } },
    el("summary", {}, el("h2", { text: words.t("filters_title") })),
    box,
  );
  const update = () => {
    if (panel.open) for (const group of groups()) group.update();
  };
  panel.addEventListener("toggle", update);
  app.on("filter", update);
  return panel;
}

/** @param {import("./app.js").App} app */
function filterGroups(app) {
  const { words } = app;
  return [
    dates(app),
    facet(app, "countries", "country", (code) => countryName(app.store, words, code), true),
    facet(app, "crossings", "nearest_crossing", (id) => crossingName(app.store, words, id), false),
    actorFacet(app),
    facet(app, "sources", "source_name", (name) => name, false),
    facet(app, "precision", "precision",
      (how) => (words.has(`precision_${how}`) ? words.t(`precision_${how}`) : how), false),
    besideBorder(app),
    numbers(app),
  ].filter((group) => group !== null);
}

/**
 * A list of tick boxes, one a value, with counts that follow the other filters.
 * @param {import("./app.js").App} app
 * @param {"countries"|"crossings"|"sources"|"precision"} key
 * @param {string} name  of the column
 * @param {(value: string) => string} label
 * @param {boolean} split  whether a value may be several joined by |
 */
function facet(app, key, name, label, split) {
  const { store, engine } = app;
  const column = store.column(name);
  if (column.values.length < 2) return null;
  return tickList(app, key, label, () => {
    const counts = engine.counts(key, column.codes, column.values.length);
    const byValue = new Map();
    counts.forEach((count, code) => {
      const value = column.values.at(code);
      if (!value) return;
      for (const one of split ? value.split("|") : [value]) {
        byValue.set(one, (byValue.get(one) ?? 0) + count);
      }
    });
    return byValue;
  });
}

/** Either actor counts, a report only once. @param {import("./app.js").App} app */
function actorFacet(app) {
  const { store, engine } = app;
  const [a, b] = ["actor1", "actor2"].map((name) => store.column(name));
  if (a.values.length + b.values.length < 3) return null;
  return tickList(app, "actors", (name) => name, () => {
    const byValue = new Map();
    for (const column of [a, b]) {
      engine.counts("actors", column.codes, column.values.length).forEach((count, code) => {
        const value = column.values.at(code);
        if (value) byValue.set(value, (byValue.get(value) ?? 0) + count);
      });
    }
    return byValue;
  });
}

/**
 * @param {import("./app.js").App} app
 * @param {"countries"|"crossings"|"sources"|"precision"|"actors"} key
 * @param {(value: string) => string} label
 * @param {() => Map<string, number>} count
 */
function tickList(app, key, label, count) {
  const { words, engine } = app;
  const list = el("ul", { class: "ticks" });
  let open = false;
  const more = el("button", { type: "button", class: "plain more", on: { click: () => {
    open = !open;
    update();
  } } });
  const title = words.t(`filter_${key}`);
  const update = () => {
    const wanted = new Set(engine.filters[key] ?? []);
    const values = [...count()].sort(([x, m], [y, n]) =>
      Number(wanted.has(y)) - Number(wanted.has(x)) || n - m || (x < y ? -1 : 1));
    const shown = open ? values.slice(0, 200) : values.slice(0, Math.max(SHOWN, wanted.size));
    const focused = /** @type {HTMLInputElement | null} */ (list.querySelector(":focus"))?.value;
    fill(list, shown.map(([value, n]) => {
      const box = el("input", { type: "checkbox", value, on: { change: () => {
        const next = new Set(engine.filters[key] ?? []);
        if (box.checked) next.add(value);
        else next.delete(value);
        void app.patch({ [key]: next.size ? [...next] : null });
      } } });
      box.checked = wanted.has(value);
      return el("li", {}, el("label", { class: "tick" }, box,
        el("span", { class: "tick-name", dir: "auto", text: label(value) }),
        el("span", { class: "count", text: words.n(n) })));
    }));
    if (focused !== undefined) {
      for (const box of list.querySelectorAll("input")) if (box.value === focused) box.focus();
    }
    more.hidden = values.length <= SHOWN;
    more.textContent = open ? words.t("filter_fewer") : words.t("filter_more", { n: values.length - shown.length });
  };
  return { node: el("fieldset", { class: "facet" }, el("legend", { text: title }), list, more), update };
}

/** First and last day, typed. @param {import("./app.js").App} app */
function dates(app) {
  const { words, engine, extent } = app;
  if (!extent) return null;
  const inputs = /** @type {const} */ (["from", "to"]).map((key) => {
    const input = el("input", {
      type: "date",
      min: isoOf(extent.from),
      max: isoOf(extent.to),
      on: { change: () => void app.patch({ [key]: input.value || null }) },
    });
    return { key, input };
  });
  const update = () => {
    for (const { key, input } of inputs) input.value = engine.filters[key] ?? "";
  };
  return {
    node: el("fieldset", { class: "facet" }, el("legend", { text: words.t("filter_dates") }),
      inputs.map(({ key, input }) => el("label", { class: "field" },
        el("span", { text: words.t(`filter_${key}`) }), input))),
    update,
  };
}

/**
 * Reports within some distance of a land border, with counts that follow the other filters.
 * @param {import("./app.js").App} app
 */
function besideBorder(app) {
  const { store, words, engine } = app;
  const rings = Uint8Array.from({ length: store.placeCount }, (_, p) => {
    const ring = BESIDE_KM.findIndex((km) => store.placeNumber("border_km", p) <= km);
    return ring < 0 ? BESIDE_KM.length : ring;
  });
  if (rings.every((ring) => ring === BESIDE_KM.length)) return null;
  const codes = Uint8Array.from({ length: store.n }, (_, i) => rings[store.place[i]]);
  const options = BESIDE_KM.map((km) => el("option", { value: km }));
  const choice = el("select", {
    on: { change: () => void app.patch({ border_km: choice.value ? Number(choice.value) : null }) },
  }, el("option", { value: "", text: words.t("filter_any") }), options);
  const update = () => {
    const counts = engine.counts("border_km", codes, BESIDE_KM.length + 1);
    let n = 0;
    options.forEach((option, ring) => {
      n += counts[ring];
      option.textContent = words.t("filter_beside", { km: words.n(BESIDE_KM[ring]), n: words.n(n) });
    });
    choice.value = String(engine.filters.border_km ?? "");
  };
  return {
    node: el("fieldset", { class: "facet" }, el("legend", { text: words.t("filter_border") }),
      el("label", { class: "field" }, el("span", { text: words.t("filter_border_km") }), choice)),
    update,
  };
}

/** How near the place must be known, how many people at least. @param {import("./app.js").App} app */
function numbers(app) {
  const { words, engine } = app;
  const km = el("select", { on: { change: () => void app.patch({ max_km: km.value ? Number(km.value) : null }) } },
    el("option", { value: "", text: words.t("filter_any") }),
    [0.5, 1, 5, 10, 25, 100].map((n) => el("option", { value: n, text: words.t("filter_km", { km: words.n(n) }) })));
  const least = el("input", { type: "number", min: 1, step: 1, inputmode: "numeric",
    on: { change: () => void app.patch({ min_count: least.value ? Number(least.value) : null }) } });
  const update = () => {
    km.value = String(engine.filters.max_km ?? "");
    least.value = String(engine.filters.min_count ?? "");
  };
  return {
    node: el("fieldset", { class: "facet" }, el("legend", { text: words.t("filter_numbers") }),
      el("label", { class: "field" }, el("span", { text: words.t("filter_max_km") }), km),
      el("label", { class: "field" }, el("span", { text: words.t("filter_min_count") }), least)),
    update,
  };
}
