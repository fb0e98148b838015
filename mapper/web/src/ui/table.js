// The table twin of the map: the same reports as rows. Only the rows in sight exist; they keep
// their true numbers for screen readers, sort by every column and follow the filters.

import { passing, sortRows } from "../state/order.js";
import { DEFAULT, columnsOf } from "./columns.js";
import { data, el, fill } from "./el.js";

/** @typedef {import("./columns.js").Col} Col */

const ROW = 44;
const GAP = 12;
const SPARE = 6;
/** Browsers stop at some 17 million px of height; beyond this the scroll is scaled. */
const TALLEST = 12_000_000;

/**
 * @param {import("./app.js").App} app
 * @param {HTMLElement} box
 */
export function tablePanel(app, box) {
  const table = new TableView(app, box);
  app.openTable = (open) => table.open(open);
  table.open(app.tableOpen);
}

class TableView {
  /** @param {import("./app.js").App} app @param {HTMLElement} box */
  constructor(app, box) {
    this.app = app;
    this.box = box;
    this.all = columnsOf(app);
    this.chosen = app.tableColumns ?? DEFAULT;
    this.sort = app.tableSort ?? { key: "date", descending: false };
    /** @type {Uint32Array} */
    this.rows = new Uint32Array(0);
    /** Row and column that hold the focus; row -1 is the header. */
    this.focus = { row: 0, column: 0 };
    this.stale = true;
    /** @type {{first: number, last: number} | null} rows that exist */
    this.shown = null;
    this.at = this.build();
    this.buildHead();
    app.on("filter", () => {
      this.stale = true;
      if (app.tableOpen) this.refresh();
    });
    app.on("select", ({ index }) => this.follow(index));
    const observer = new ResizeObserver(() => this.paint());
    observer.observe(this.at.scroller);
    app.cleanup(() => observer.disconnect());
  }

  get columns() {
    return this.chosen.map((key) => this.all.find((one) => one.key === key)).filter((one) => one !== undefined);
  }

  build() {
    const { app } = this;
    const { words } = app;
    const head = el("div", { class: "thead", role: "row", "aria-rowindex": 1 });
    const body = el("div", { class: "tbody", role: "rowgroup" });
    const filler = el("div", { class: "filler", "aria-hidden": "true" });
    const scroller = el("div", { class: "scroller", on: { scroll: () => this.paint() } },
      el("div", { role: "rowgroup", class: "thead-group" }, head), filler, body);
    const grid = el("div", { class: "grid", role: "grid", "aria-label": words.t("part_table"), on: {
      keydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
    } }, scroller);
    const chooser = el("details", { class: "chooser" }, el("summary", { text: words.t("table_columns") }),
      el("div", { class: "choices" }, this.all.map((one) => {
        const tick = el("input", { type: "checkbox", value: one.key, on: { change: () => this.chooseColumns() } });
        tick.checked = this.chosen.includes(one.key);
        return el("label", { class: "tick" }, tick, data(one.title));
      })));
    const status = el("span", { class: "table-status" });
    const close = el("button", { type: "button", class: "small", text: words.t("table_close"), on: { click: () => this.open(false) } });
    fill(this.box, el("div", { class: "table-head" }, el("h2", { text: words.t("part_table") }), status, chooser, close), grid);
    const toggle = el("button", { type: "button", class: "small table-toggle", text: words.t("table_open"),
      "aria-expanded": "false", on: { click: () => this.open(!app.tableOpen) } });
    app.root.querySelector(".over")?.append(toggle);
    return { head, body, filler, scroller, grid, chooser, status, toggle };
  }

  buildHead() {
    const { columns: shown } = this;
    const least = shown.reduce((sum, one) => sum + one.width[0] + GAP, GAP);
    this.box.style.setProperty("--tracks", shown.map(({ width: [px, fr] }) => `minmax(${px}px, ${fr}fr)`).join(" "));
    this.box.style.setProperty("--least", `${least}px`);
    this.at.grid.setAttribute("aria-colcount", String(shown.length));
    fill(this.at.head, shown.map((one, c) => {
      const sorted = this.sort.key === one.key;
      const order = sorted ? (this.sort.descending ? "descending" : "ascending") : "none";
      return el("div", {
        role: "columnheader", class: "th", "aria-colindex": c + 1, "aria-sort": one.sort ? order : false,
        tabindex: -1, dataset: { row: "-1", column: String(c) },
        on: { click: () => this.sortBy(one) },
      }, data(one.title), one.sort ? el("span", { class: "arrow", "aria-hidden": "true", text: sorted ? (this.sort.descending ? "↓" : "↑") : "" }) : null);
    }));
  }

  chooseColumns() {
    const ticked = [...this.at.chooser.querySelectorAll("input")].filter((tick) => tick.checked).map((tick) => tick.value);
    this.chosen = this.all.map((one) => one.key).filter((key) => ticked.includes(key));
    if (!this.chosen.length) this.chosen = ["date"];
    this.app.tableColumns = this.chosen;
    this.focus.column = 0;
    this.buildHead();
    this.paint(true);
  }

  /** @param {Col} column */
  sortBy(column) {
    if (!column.sort) return;
    const again = this.sort.key === column.key;
    this.sort = { key: column.key, descending: again && !this.sort.descending };
    this.app.tableSort = this.sort;
    const held = this.at.head.contains(document.activeElement);
    this.buildHead();
    // the head was made anew: whoever sorted by key stays on it
    if (held) this.focus = { row: -1, column: this.columns.indexOf(column) };
    this.refresh();
    if (held) this.markFocus(true);
    this.app.say(this.app.words.t(this.sort.descending ? "sorted_down" : "sorted_up", { column: column.title }));
  }

  /** @param {boolean} open */
  open(open) {
    this.app.tableOpen = open;
    this.box.hidden = !open;
    this.app.root.classList.toggle("with-table", open);
    this.at.toggle.setAttribute("aria-expanded", String(open));
    this.at.toggle.textContent = this.app.words.t(open ? "table_close" : "table_open");
    if (open) this.refresh();
    this.app.noteAddress();
  }

  refresh() {
    const { app } = this;
    const { engine, words } = app;
    this.rows = passing(engine.mask, engine.visible);
    const by = this.all.find((one) => one.key === this.sort.key);
    if (by?.sort) sortRows(this.rows, by.sort, this.sort.descending);
    this.stale = false;
    this.at.grid.setAttribute("aria-rowcount", String(this.rows.length + 1));
    this.at.status.textContent = words.t("counts", { n: this.rows.length, all: app.store.n });
    this.focus.row = Math.min(this.focus.row, Math.max(0, this.rows.length - 1));
    const tall = Math.min(TALLEST, this.rows.length * ROW);
    this.at.filler.style.setProperty("height", `${tall}px`);
    this.paint(true);
  }

  /** Rows are placed by share of the scroll where there are too many for one px each. */
  get squeeze() {
    return Math.max(1, (this.rows.length * ROW) / TALLEST);
  }

  /** @param {boolean} [anew] whether rows that stay are made anew */
  paint(anew = false) {
    if (this.stale || this.box.hidden) return;
    const { scrollTop, clientHeight } = this.at.scroller;
    const first = Math.max(0, Math.floor((scrollTop * this.squeeze) / ROW) - SPARE);
    const last = Math.min(this.rows.length, first + Math.ceil(clientHeight / ROW) + 2 * SPARE);
    const offset = this.squeeze === 1 ? first * ROW : Math.max(0, scrollTop - SPARE * ROW);
    this.at.body.style.setProperty("transform", `translateY(${offset}px)`);
    if (!anew && this.shown?.first === first && this.shown.last === last) return;
    const had = this.at.body.contains(document.activeElement);
    this.shown = { first, last };
    const made = [];
    for (let r = first; r < last; r++) made.push(this.row(r));
    fill(this.at.body, made);
    this.markFocus(had);
  }

  /** @param {number} r */
  row(r) {
    const { app } = this;
    const i = this.rows[r];
    const selected = app.selection === i;
    return el("div", {
      role: "row", class: "tr", "aria-rowindex": r + 2, "aria-selected": String(selected), dataset: { index: String(i) },
      on: {
        click: (/** @type {MouseEvent} */ event) => {
          if (/** @type {Element} */ (event.target).closest("a")) return;
          void app.select(i);
        },
        pointerenter: () => app.bus.emit("hover", { indexes: [i], from: "table" }),
        pointerleave: () => app.bus.emit("hover", { indexes: [], from: "table" }),
      },
    }, this.columns.map((column, c) => {
      const cell = el("div", { role: "gridcell", class: `td td-${column.key.split(":")[0]}`, "aria-colindex": c + 1,
        tabindex: -1, dataset: { row: String(r), column: String(c) } });
      const inner = el("div", { class: "clip" });
      column.fill(i, inner);
      cell.append(inner);
      return cell;
    }));
  }

  /** @param {boolean} take whether the cell takes the focus */
  markFocus(take) {
    for (const cell of this.at.grid.querySelectorAll('[tabindex="0"]')) cell.setAttribute("tabindex", "-1");
    const { row, column } = this.focus;
    const wanted = `[data-row="${row}"][data-column="${column}"]`;
    const cell = /** @type {HTMLElement | null} */ (this.at.grid.querySelector(wanted))
      ?? /** @type {HTMLElement | null} */ (this.at.head.firstElementChild);
    cell?.setAttribute("tabindex", "0");
    if (take) cell?.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const cell = /** @type {HTMLElement} */ (event.target).closest("[data-row]");
    if (!(cell instanceof HTMLElement)) return;
    const row = Number(cell.dataset.row);
    const column = Number(cell.dataset.column);
    const page = Math.max(1, Math.floor(this.at.scroller.clientHeight / ROW) - 2);
    const across = this.app.words.rtl ? -1 : 1;
    const last = this.rows.length - 1;
    /** @type {Record<string, number[]>} */
    const moves = {
      ArrowDown: [row + 1, column], ArrowUp: [row - 1, column],
      ArrowRight: [row, column + across], ArrowLeft: [row, column - across],
      PageDown: [row + page, column], PageUp: [Math.max(0, row - page), column],
      Home: [event.ctrlKey ? 0 : row, 0], End: [event.ctrlKey ? last : row, this.columns.length - 1],
    };
    const move = moves[event.key];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (row < 0) this.sortBy(this.columns[column]);
      else void this.app.select(this.rows[row]);
      return;
    }
    if (!move) return;
    event.preventDefault();
    this.focus = {
      row: Math.max(-1, Math.min(last, move[0])),
      column: Math.max(0, Math.min(this.columns.length - 1, move[1])),
    };
    this.reveal(this.focus.row);
    this.markFocus(true);
    const index = this.rows[this.focus.row];
    this.app.bus.emit("hover", { indexes: index === undefined ? [] : [index], from: "table" });
  }

  /** Scroll so that a row is in sight. @param {number} row */
  reveal(row) {
    if (row < 0) return;
    const top = (row * ROW) / this.squeeze;
    const room = this.at.scroller.clientHeight - ROW - 36;
    const at = this.at.scroller.scrollTop;
    if (top < at) this.at.scroller.scrollTop = top;
    else if (top > at + room) this.at.scroller.scrollTop = top - room;
    this.paint();
  }

  /** The map chose a report: show its row. @param {number | null} index */
  follow(index) {
    if (!this.app.tableOpen || this.stale) return;
    const row = index === null ? -1 : this.rows.indexOf(index);
    if (row >= 0) {
      this.focus.row = row;
      this.reveal(row);
    }
    this.paint(true);
  }
}
