// The reading panel: one report and the others of its event; or a list; or what is in sight.

import { el, fill } from "./el.js";
import { icon } from "./symbols.js";
import { reportList } from "./list.js";
import { reportView } from "./report.js";
import { Review, reviewPin, reviewView } from "./review.js";

/**
 * @param {import("./app.js").App} app
 * @param {HTMLElement} panel
 */
export function detailsPanel(app, panel) {
  const { words, store } = app;
  /** @type {{indexes: ArrayLike<number>, title: string} | null} */
  let list = null;
  /** @type {[number, number, number, number] | null} */
  let bounds = null;
  let serial = 0;
  let timer = 0;

  const head = el("div", { class: "reading-head" });
  const body = el("div", { class: "reading-body" });
  panel.replaceChildren(head, body);

  /** @param {string} text @param {() => void} act */
  const back = (text, act) =>
    el("button", { type: "button", class: "plain back", on: { click: act } }, icon("back", 11), " ", text);
  /** @param {boolean} open whether a report or a list somebody asked for is shown */
  const mark = (open) => {
    panel.classList.toggle("has-report", open);
    app.root.classList.toggle("has-report", open);
  };
  const closeReport = () => {
    void app.select(null).then(() => panel.querySelector("button")?.focus());
  };

  const leaveReview = () => {
    if (!app.reviewing) return;
    app.reviewing = false;
    app.map.pick(null);
    pin();
    app.noteAddress();
  };
  const pin = reviewPin(app.map.map);
  app.cleanup(() => pin());
  /** @param {number} [step] to another place */
  const paintReview = async (step = 0) => {
    const mine = ++serial;
    const review = (app.review ??= new Review(store));
    await review.loaded;
    if (mine !== serial || !app.reviewing) return;
    review.at += step;
    if (step) app.reviewed = null;
    const p = review.place;
    const decision = review.decisions.get(p);
    const key = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.key;
    fill(head, back(words.t("back_to_view"), () => {
      leaveReview();
      showView();
      panel.querySelector("button")?.focus();
    }));
    fill(body, reviewView(app, review, paintReview));
    const [lat, lon] = decision ? [decision.lat, decision.lon] : [store.latitude[p], store.longitude[p]];
    pin(lat, lon);
    if ((step || app.reviewed === null) && !decision && lat === lat && lat !== undefined && lon !== undefined) {
      const km = store.placeNumber("uncertainty_km", p) || 1;
      app.map.fit({ lat, lon, zoom: Math.max(4, Math.min(11.5, 14 - Math.log2(km))) });
    }
    mark(true);
    const again = [...body.querySelectorAll("button")].find((one) => one.dataset.key === key && !one.disabled);
    (again ?? body.querySelector("h2"))?.focus({ preventScroll: true });
  };
  app.openReview = async (index) => {
    list = null;
    app.selection = null;
    app.reviewing = true;
    app.reviewed = index;
    const review = (app.review ??= new Review(store));
    await review.loaded;
    review.show(index === null ? null : store.place[index]);
    await paintReview();
    panel.scrollTop = 0;
    app.openSheet?.("reading");
    app.noteAddress();
  };

  const showView = () => {
    list = null;
    const rows = inSight(app, bounds);
    fill(head);
    fill(body, reportList(app, { indexes: rows, title: words.t("in_view", { n: rows.length }), quiet: true }));
    mark(false);
  };
  const paintList = () => {
    if (!list) return showView();
    fill(head, back(words.t("back_to_view"), () => {
      list = null;
      showView();
    }));
    fill(body, reportList(app, { ...list, quiet: false }));
    mark(true);
  };

  app.showList = (asked) => {
    leaveReview();
    list = asked;
    app.selection = null;
    paintList();
    app.openSheet?.("reading");
    panel.scrollTop = 0;
    body.querySelector("h2")?.focus({ preventScroll: true });
    app.say(asked.title);
  };
  app.showDetails = async (index) => {
    const mine = ++serial;
    if (index === null) {
      if (app.reviewing) void paintReview();
      else if (list) paintList();
      else showView();
      return;
    }
    leaveReview();
    const view = await reportView(app, index);
    if (mine !== serial) return;
    fill(head, back(list ? words.t("back_to_list") : words.t("back_to_view"), closeReport));
    fill(body, view);
    mark(true);
    panel.scrollTop = 0;
    app.openSheet?.("reading");
    app.say(words.t("details_opened", { id: store.id(index) }));
  };

  app.on("open-list", ({ indexes, title }) => app.showList?.({ indexes, title }));
  app.on("viewchange", (view) => {
    bounds = view.bounds;
    later();
  });
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (app.selection === null && !list && !app.reviewing) showView();
    }, 120);
  };
  app.on("filter", later);
  app.cleanup(() => clearTimeout(timer));
  if (app.started && !app.reviewing) showView();
}

/**
 * Passing reports in sight.
 * @param {import("./app.js").App} app
 * @param {[number, number, number, number] | null} bounds south, west, north, east
 */
function inSight(app, bounds) {
  const { store, engine } = app;
  const { latitude, longitude, place } = store;
  const shapes = store.placeColumn("shape");
  const pointlike = Uint8Array.from(shapes.values, (shape) => (shape === "point" ? 1 : 0));
  const inside = new Uint8Array(store.placeCount);
  for (let p = 0; p < store.placeCount; p++) {
    const [lat, lon] = [latitude[p], longitude[p]];
    const within = !bounds || (lat >= bounds[0] && lat <= bounds[2] && lon >= bounds[1] && lon <= bounds[3]);
    inside[p] = pointlike[shapes.codes[p]] && within ? 1 : 0;
  }
  const { mask, visible } = engine;
  const rows = new Uint32Array(visible);
  let n = 0;
  for (let i = 0; i < store.n; i++) if (mask[i] && inside[place[i]]) rows[n++] = i;
  return rows.subarray(0, n);
}
