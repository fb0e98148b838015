// Reports per day: bars stacked by family, and the span that is chosen of them; or, in the place of
// the bars, what the sources claim of a running count.

import { addUnits, isoOf, readDay } from "../state/dates.js";
import { edges, histogram, openingView, unitFor } from "../state/timeline.js";
import { claimsOfSeries, seriesOf } from "../state/steps.js";
import { drawAxis, drawBars } from "./bars.js";
import { drawClaims } from "./claims.js";
import { el, fill, rich, svg } from "./el.js";
import { icon } from "./symbols.js";

const TICK_MS = 700;

/**
 * @param {import("./app.js").App} app
 * @param {HTMLElement} section
 */
export function timeline(app, section) {
  const { words, extent, hot } = app;
  section.setAttribute("aria-label", words.t("part_timeline"));
  if (!extent || !hot) {
    fill(section, el("p", { class: "quiet", text: words.t("timeline_none") }));
    return;
  }
  const view = new TimelineView(app, section);
  app.cleanup(() => view.stop());
}

class TimelineView {
  #raf = 0;
  #playing = 0;

  /** @param {import("./app.js").App} app @param {HTMLElement} section */
  constructor(app, section) {
    this.app = app;
    this.all = /** @type {import("../state/timeline.js").Span} */ (app.extent);
    const hot = /** @type {import("../state/timeline.js").Span} */ (app.hot);
    this.opening = openingView(hot, this.all);
    this.families = app.store.meta.families;
    this.series = seriesOf(app.store);
    this.at = this.build(section);
    this.view = app.timeView ?? this.startingView();
    /** @type {import("../state/timeline.js").Unit} */
    this.unit = "day";
    /** @type {Int32Array} days on which bars begin */
    this.edges = new Int32Array(0);
    this.first = 0;
    this.end = 0;
    this.width = 0;
    this.height = 0;
    /** @type {Float64Array} */
    this.counts = new Float64Array(0);
    /** What the bars say, until the filters or the view change. @type {ReturnType<typeof histogram> | null} */
    this.tally = null;
    /** @type {number[]} */
    this.totals = [];
    this.listenToPointer();
    this.showPlay();
    this.setView(this.view);
    app.on("filter", () => {
      this.tally = null;
      this.paint();
    });
    app.on("select", () => this.claims && this.paint());
    const observer = new ResizeObserver(() => {
      const { width, height } = this;
      this.measure();
      if (width !== this.width || height !== this.height) this.paint();
    });
    observer.observe(this.at.chart);
    app.cleanup(() => observer.disconnect());
    app.cleanup(() => cancelAnimationFrame(this.#raf));
  }

  /** @param {HTMLElement} section */
  build(section) {
    const end = (/** @type {string} */ side) => el("button", { type: "button", class: `fold fold-${side}`,
      on: { click: () => this.setView(this.all) } });
    const bars = svg("g");
    const axis = svg("g", { class: "axis" });
    const drawing = svg("svg", { class: "time-drawing", "aria-hidden": "true", focusable: "false" }, bars, axis);
    const range = el("div", { class: "brush" });
    const handles = /** @type {const} */ (["from", "to"]).map((side) => this.handle(side));
    const tip = el("div", { class: "time-tip", hidden: true });
    const dots = el("div", { class: "claim-dots", role: "group" });
    const parts = {
      title: el("h2", { class: this.series.length ? "voice" : "time-title" }),
      what: this.chooser(),
      notes: el("p", { class: "time-notes quiet" }),
      choice: el("p", { class: "time-choice" }),
      play: el("button", { type: "button", class: "plain play", on: { click: () => this.toggle() } }),
      zoom: el("button", { type: "button", class: "plain", on: { click: () => this.zoomOrOut() } }),
      earlier: end("earlier"),
      later: end("later"),
      bars, axis, drawing, range, handles, tip, dots,
      chart: el("div", { class: "chart", dir: "ltr" }, drawing, range, handles, dots, tip),
    };
    fill(section,
      el("div", { class: "time-head" }, parts.title, parts.what, el("div", { class: "time-right" }, parts.choice, parts.zoom, parts.play)),
      parts.notes,
      el("div", { class: "time-body", dir: "ltr" }, parts.earlier, parts.chart, parts.later));
    return parts;
  }

  /** Bars, or one of the running counts; null where the file has none. */
  chooser() {
    const { app, series } = this;
    if (!series.length) return null;
    const { words } = app;
    const names = series.map(({ key, measure, family }) => el("option", { value: key, text: words.t("claims_of", {
      measure: words.t(`row_${measure}`), family: words.t(`family_${this.families[family].key}`) }) }));
    const select = el("select", { class: "time-what", "aria-label": words.t("claims_choose"), on: { change: () => {
      app.setClaims(select.value);
      this.setView(this.startingView());
    } } }, el("option", { value: "" }), names);
    if (!series.some(({ key }) => key === app.claims)) app.claims = "";
    select.value = app.claims;
    return select;
  }

  /** The days of the claims where a running count is shown, else the busy days. */
  startingView() {
    const { claims, all } = this;
    if (!claims) return this.opening;
    const days = claimsOfSeries(this.app.store, claims, null).map(({ day }) => day);
    return { from: Math.max(all.from, days[0] - 1), to: Math.min(all.to, days[days.length - 1] + 1) };
  }

  /** The running count that is shown, if any. */
  get claims() {
    return this.series.find(({ key }) => key === this.app.claims);
  }

  /** @param {"from"|"to"} side */
  handle(side) {
    const { words } = this.app;
    return el("div", {
      class: `handle handle-${side}`,
      role: "slider",
      tabindex: 0,
      "aria-label": words.t(`handle_${side}`),
      "aria-orientation": "horizontal",
      on: { keydown: (/** @type {KeyboardEvent} */ event) => this.key(side, event) },
    });
  }

  /** @returns {import("../state/timeline.js").Span} the chosen days; all where none are */
  get chosen() {
    const { from, to } = this.app.engine.filters;
    return {
      from: from ? readDay(from) : this.all.from,
      to: to ? readDay(to, true) : this.all.to,
    };
  }

  /** @param {number} from @param {number} to */
  choose(from, to) {
    const { all } = this;
    const whole = from <= all.from && to >= all.to;
    void this.app.patch(whole ? { from: null, to: null } : { from: isoOf(from), to: isoOf(to) });
  }

  /** @param {import("../state/timeline.js").Span} view */
  setView(view) {
    this.view = view;
    this.app.timeView = view;
    this.tally = null;
    this.unit = unitFor(view);
    this.edges = edges(view, this.unit);
    const last = this.edges.length - 1;
    this.first = this.edges[0];
    this.end = this.edges[last];
    this.paint();
  }

  /** In to the chosen days, or out to all. */
  zoomOrOut() {
    const whole = this.view.from <= this.all.from && this.view.to >= this.all.to;
    if (!whole) return this.setView(this.all);
    const { from, to } = this.chosen;
    const narrow = from > this.all.from || to < this.all.to;
    this.setView(narrow ? openingView({ from, to }, this.all) : this.opening);
  }

  /** @param {number} day @returns {number} px from the left */
  x(day) {
    const share = (day - this.first) / (this.end - this.first);
    return Math.max(0, Math.min(1, share)) * this.width;
  }

  /** The bar under a place. @param {number} x px @returns {number} */
  barAt(x) {
    const day = this.first + (x / this.width) * (this.end - this.first);
    let b = 0;
    while (b < this.edges.length - 2 && this.edges[b + 1] <= day) b++;
    return b;
  }

  measure() {
    this.width = this.at.chart.clientWidth;
    this.height = this.at.chart.clientHeight;
  }

  paint() {
    const { app } = this;
    // to ask for a size makes the browser lay the page out: not before there is something to draw
    if (!app.started || !this.edges.length) return;
    if (!this.width) this.measure();
    if (!this.width) return;
    const { counts, earlier, later, undated, spread } = (this.tally ??= histogram(
      app.times, this.edges, this.families.length, app.engine.without("from")));
    this.counts = counts;
    const chart = { width: this.width, height: this.height, edges: this.edges, x: (/** @type {number} */ day) => this.x(day) };
    const { claims } = this;
    app.root.classList.toggle("claims", !!claims);
    if (claims) drawClaims(app, this.at, chart, claims);
    else {
      fill(this.at.dots);
      this.totals = drawBars(this.at.bars, chart, { counts, families: this.families, chosen: this.chosen }, app.words);
    }
    drawAxis(this.at.axis, chart, this.unit, app.words);
    this.at.drawing.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.placeBrush();
    this.tell({ earlier, later, undated, spread });
  }

  placeBrush() {
    const { words } = this.app;
    const { from, to } = this.chosen;
    const left = this.x(from);
    const right = this.x(to + 1);
    this.at.range.style.setProperty("left", `${left}px`);
    this.at.range.style.setProperty("width", `${Math.max(2, right - left)}px`);
    this.at.handles.forEach((handle, k) => {
      handle.style.setProperty("left", `${k ? right : left}px`);
      const day = k ? to : from;
      handle.setAttribute("aria-valuemin", String(this.all.from));
      handle.setAttribute("aria-valuemax", String(this.all.to));
      handle.setAttribute("aria-valuenow", String(day));
      handle.setAttribute("aria-valuetext", words.day(day));
    });
  }

  /** @param {{earlier: number, later: number, undated: number, spread: number}} facts */
  tell({ earlier, later, undated, spread }) {
    const { app } = this;
    const { words, engine } = app;
    const notes = this.claims ? [words.t("claims_note")] : [
      spread ? words.t("time_spread", { n: spread }) : "",
      undated ? words.t("time_undated", { n: undated }) : "",
      words.t("time_note"),
    ].filter(Boolean);
    const title = words.t(`time_per_${this.unit}`);
    this.at.title.textContent = title;
    const bars = this.at.what?.options[0];
    if (bars) bars.textContent = title;
    this.at.notes.textContent = notes.join(" · ");
    this.at.notes.title = notes.join(" · ");
    const { from, to } = this.chosen;
    const shown = words.t("counts", { n: engine.visible, all: app.store.n });
    fill(this.at.choice, rich(words.parts("time_choice", { span: words.range(from, to), shown }), ["shown"]));
    const filtered = engine.filters.from !== undefined || engine.filters.to !== undefined;
    const whole = this.view.from <= this.all.from && this.view.to >= this.all.to;
    this.at.zoom.hidden = whole && this.opening.from <= this.all.from && this.opening.to >= this.all.to && !filtered;
    this.at.zoom.textContent = words.t(whole ? "time_zoom_in" : "time_zoom_out");
    this.at.earlier.hidden = earlier === 0;
    this.at.later.hidden = later === 0;
    fill(this.at.earlier, el("span", { dir: "auto", text: words.t("time_earlier", { n: earlier }) }), " ‹");
    fill(this.at.later, "› ", el("span", { dir: "auto", text: words.t("time_later", { n: later }) }));
  }

  /** Days moved by one step of a key. @param {number} day @param {number} steps */
  step(day, steps) {
    return this.unit === "day" || this.unit === "week" ? day + steps * (this.unit === "week" ? 7 : 1)
      : addUnits(day, this.unit, steps);
  }

  /** @param {"from"|"to"} side @param {KeyboardEvent} event */
  key(side, event) {
    const { from, to } = this.chosen;
    const big = event.shiftKey ? 7 : 1;
    const day = side === "from" ? from : to;
    /** @type {Record<string, () => number>} */
    const moves = {
      ArrowLeft: () => this.step(day, -big), ArrowDown: () => this.step(day, -big),
      ArrowRight: () => this.step(day, big), ArrowUp: () => this.step(day, big),
      PageUp: () => this.step(day, 7), PageDown: () => this.step(day, -7),
      Home: () => (side === "from" ? this.all.from : from), End: () => (side === "to" ? this.all.to : to),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    let next = Math.max(this.all.from, Math.min(this.all.to, move()));
    if (side === "from") next = Math.min(next, to);
    else next = Math.max(next, from);
    if (next < this.first || next >= this.end) this.setView(this.all);
    this.choose(side === "from" ? next : from, side === "to" ? next : to);
  }

  listenToPointer() {
    const { chart } = this.at;
    /** @type {{mode: "from"|"to"|"move"|"new", bar: number, span: import("../state/timeline.js").Span} | null} */
    let drag = null;
    const place = (/** @type {PointerEvent} */ event) => event.clientX - chart.getBoundingClientRect().left;
    chart.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      const x = place(event);
      const { from, to } = this.chosen;
      const [left, right] = [this.x(from), this.x(to + 1)];
      const reach = event.pointerType === "touch" ? 22 : 8;
      const whole = from <= this.view.from && to >= this.view.to;
      const mode = Math.abs(x - left) <= reach && Math.abs(x - left) <= Math.abs(x - right) ? "from"
        : Math.abs(x - right) <= reach ? "to" : x > left && x < right && !whole ? "move" : "new";
      drag = { mode, bar: this.barAt(x), span: { from, to } };
      chart.setPointerCapture(event.pointerId);
      chart.classList.add("dragging");
      this.stop();
      event.preventDefault();
      if (mode === "from" || mode === "to") this.at.handles[mode === "from" ? 0 : 1].focus({ preventScroll: true });
    });
    chart.addEventListener("pointermove", (event) => {
      this.showTip(event);
      if (!drag) return;
      const bar = this.barAt(place(event));
      cancelAnimationFrame(this.#raf);
      const held = drag;
      this.#raf = requestAnimationFrame(() => this.dragTo(held, bar));
    });
    const stop = (/** @type {PointerEvent} */ event) => {
      if (!drag) return;
      const bar = this.barAt(place(event));
      if (drag.mode === "new" && bar === drag.bar) this.dragTo(drag, bar);
      drag = null;
      chart.classList.remove("dragging");
    };
    chart.addEventListener("pointerup", stop);
    chart.addEventListener("pointercancel", () => (drag = null));
    chart.addEventListener("pointerleave", () => (this.at.tip.hidden = true));
  }

  /**
   * @param {{mode: string, bar: number, span: import("../state/timeline.js").Span}} drag
   * @param {number} bar under the pointer
   */
  dragTo(drag, bar) {
    const { edges: bars } = this;
    const { from, to } = drag.span;
    if (drag.mode === "new") {
      const [a, b] = [Math.min(drag.bar, bar), Math.max(drag.bar, bar)];
      this.choose(bars[a], bars[b + 1] - 1);
    } else if (drag.mode === "from") this.choose(Math.min(bars[bar], to), to);
    else if (drag.mode === "to") this.choose(from, Math.max(bars[bar + 1] - 1, from));
    else {
      const shift = bars[bar] - bars[drag.bar];
      this.choose(from + shift, to + shift);
    }
  }

  /** @param {PointerEvent} event */
  showTip(event) {
    if (this.claims) return;
    const { words } = this.app;
    const x = event.clientX - this.at.chart.getBoundingClientRect().left;
    const b = this.barAt(x);
    const count = this.totals[b];
    if (!count) {
      this.at.tip.hidden = true;
      return;
    }
    const span = words.range(this.edges[b], this.edges[b + 1] - 1);
    const size = this.families.length;
    const parts = this.families
      .map((family, f) => [words.t(`family_${family.key}`), Math.round(this.counts[b * size + f])])
      .filter(([, n]) => n)
      .map(([name, n]) => `${name} ${n}`);
    fill(this.at.tip, el("b", { text: span }), ` ${words.t("reports", { n: Math.round(count) })}`, el("br"), parts.join(" · "));
    this.at.tip.hidden = false;
    const wide = this.at.tip.offsetWidth;
    this.at.tip.style.setProperty("left", `${Math.max(0, Math.min(this.width - wide, x - wide / 2))}px`);
  }

  showPlay() {
    const { words } = this.app;
    fill(this.at.play, icon(this.#playing ? "pause" : "play", 11), " ", words.t(this.#playing ? "pause" : "play"));
  }

  toggle() {
    if (this.#playing) return this.stop();
    const { from, to } = this.chosen;
    const wide = to - from + 1;
    const whole = from <= this.view.from && to >= this.view.to;
    if (whole || wide * 2 > this.view.to - this.view.from + 1) this.choose(this.edges[0], this.edges[1] - 1);
    this.#playing = window.setInterval(() => this.forward(), TICK_MS);
    this.showPlay();
  }

  /** One step on; from the end of the view back to rest. */
  forward() {
    const { from, to } = this.chosen;
    const next = this.step(from, 1);
    const length = to - from;
    if (to >= this.view.to) return this.stop();
    const end = this.unit === "month" || this.unit === "year" ? addUnits(next, this.unit, 1) - 1 : next + length;
    this.choose(next, end);
  }

  stop() {
    if (!this.#playing) return;
    clearInterval(this.#playing);
    this.#playing = 0;
    this.showPlay();
  }
}
