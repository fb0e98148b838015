// A list of reports in pages: coinciding ones, those of an area or a border, those without a place.

import { countPhrase, dateWords, linkOf, placeName, typeLabel } from "../state/describe.js";
import { data, el, fill } from "./el.js";
import { symbol } from "./symbols.js";

const PAGE = 10;
const SORTED = 5000;

/**
 * @param {import("./app.js").App} app
 * @param {{indexes: ArrayLike<number>, title: string, quiet: boolean}} what  quiet: not to be
 *   focused when it appears
 */
export function reportList(app, { indexes, title, quiet }) {
  const { words, store } = app;
  const rows = Uint32Array.from(indexes);
  // a list nobody can read through stays in the order of the file: by place, then by date
  if (rows.length <= SORTED) rows.sort((a, b) => store.dateStart[a] - store.dateStart[b] || a - b);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  let page = 0;
  const list = el("ol", { class: "reports", "aria-label": title });
  const status = el("span", { class: "page-status" });
  const previous = el("button", { type: "button", class: "small", text: words.t("page_previous"), on: { click: () => turn(-1) } });
  const next = el("button", { type: "button", class: "small", text: words.t("page_next"), on: { click: () => turn(1) } });

  const paint = () => {
    const from = page * PAGE;
    const shown = rows.slice(from, from + PAGE);
    fill(list, Array.from(shown, (i) => item(app, i)));
    list.setAttribute("start", String(from + 1));
    status.textContent = words.t("page_status", { from: from + 1, to: from + shown.length, n: rows.length });
    previous.disabled = page === 0;
    next.disabled = page === pages - 1;
  };
  /** @param {number} step @param {"first"|"last"|null} [focus] */
  const turn = (step, focus = null) => {
    const to = page + step;
    if (to < 0 || to >= pages) return;
    page = to;
    paint();
    const buttons = list.querySelectorAll("button");
    if (focus) buttons[focus === "first" ? 0 : buttons.length - 1]?.focus();
    app.say(status.textContent ?? "");
  };
  list.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button.report")];
    const at = buttons.indexOf(/** @type {any} */ (document.activeElement));
    if (at < 0) return;
    const go = (/** @type {Element | undefined} */ to) => {
      event.preventDefault();
      /** @type {HTMLElement | undefined} */ (to)?.focus();
    };
    if (event.key === "ArrowDown") at < buttons.length - 1 ? go(buttons[at + 1]) : (event.preventDefault(), turn(1, "first"));
    else if (event.key === "ArrowUp") at > 0 ? go(buttons[at - 1]) : (event.preventDefault(), turn(-1, "last"));
    else if (event.key === "PageDown") (event.preventDefault(), turn(1, "first"));
    else if (event.key === "PageUp") (event.preventDefault(), turn(-1, "first"));
    else if (event.key === "Home") go(buttons[0]);
    else if (event.key === "End") go(buttons[buttons.length - 1]);
  });
  paint();
  return el(
    "section",
    { class: "list" },
    el("h2", { tabindex: quiet ? false : -1, dir: "auto", text: title }),
    rows.length ? list : el("p", { class: "quiet", text: words.t(quiet ? "view_empty" : "list_empty") }),
    pages > 1 ? el("div", { class: "pager" }, previous, status, next) : null,
  );
}

/** @param {import("./app.js").App} app @param {number} i */
function item(app, i) {
  const { words, store } = app;
  const type = store.text("event_type", i);
  const said = el("span", { class: "report-text", dir: "auto" });
  const counts = countPhrase(store, words, i);
  const source = el("span", { class: "report-source" }, data(store.text("source_name", i) || words.t("source_none")));
  void store.report(i).then((record) => {
    said.textContent = record.description || record.event_label || "";
    const link = linkOf(record.source_url ?? "");
    if (link) source.append(` · ${link.host}`);
  });
  const button = el(
    "button",
    {
      type: "button",
      class: "report",
      dataset: { id: store.id(i) },
      on: {
        click: () => void app.select(i),
        focus: () => app.bus.emit("hover", { indexes: [i], from: "list" }),
        blur: () => app.bus.emit("hover", { indexes: [], from: "list" }),
        pointerenter: () => app.bus.emit("hover", { indexes: [i], from: "list" }),
        pointerleave: () => app.bus.emit("hover", { indexes: [], from: "list" }),
      },
    },
    el("span", { class: "report-kind" }, symbol(store.meta.families[store.family[i]], 10), " ",
      data(typeLabel(words, type)), " · ", dateWords(store, words, i)),
    said,
    el("span", { class: "report-where" }, data(placeName(store, words, i)), counts ? ` · ${counts}` : ""),
    source,
  );
  return el("li", {}, button);
}
