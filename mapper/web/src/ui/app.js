// The state of the page and the few verbs that change it. Parts read it and listen to the bus.

import { FilterEngine, checkFilters, wordsOf } from "../state/filters.js";
import { fold } from "../state/fold.js";
import { readHash, writeHash } from "../state/hash.js";
import { byDay, extent, openingSpan } from "../state/timeline.js";
import { isoOf } from "../state/dates.js";
import { createWords } from "../state/words.js";
import { reportsOf, timesOf } from "../state/facts.js";

/** @typedef {import("../state/filters.js").Filters} Filters */

/** Up to so many reports the long texts are searched with every word that is typed. */
const SMALL = 20000;

export class App {
  /** @type {(() => void)[]} */
  #offs = [];
  /** @type {((text: string) => void)[]} */
  #sayers = [];
  #hashTimer = 0;
  #search = 0;
  #restoring = true;

  /**
   * @param {HTMLElement} root
   * @param {{store: import("../data/store.js").Store, map: import("../map/map.js").MapView,
   *   bus: import("../data/bus.js").Bus}} parts
   */
  constructor(root, { store, map, bus }) {
    this.root = root;
    this.store = store;
    this.map = map;
    this.bus = bus;
    this.engine = new FilterEngine(store);
    this.times = timesOf(store);
    /** First and last day of all reports. */
    this.extent = extent(this.times);
    /** The shortest span that holds three quarters of the reports. */
    this.hot = openingSpan(byDay(this.times));
    /** Reports that stand nowhere on the map. */
    this.unplaced = reportsOf(store, "shape", (shape) => shape === "" || shape === "none");
    /** Whether the first filter stands: parts need not count before. */
    this.started = false;
    /** @type {number | null} */
    this.selection = null;
    const asked = readHash(address());
    this.asked = asked;
    this.tableOpen = asked.table;
    /** What was decided of doubtful places; it outlives the parts. @type {import("./review.js").Review | null} */
    this.review = null;
    this.reviewing = false;
    /** The report whose place is reviewed. @type {number | null} */
    this.reviewed = null;
    /** @type {string[] | null} keys of the table's columns */
    this.tableColumns = null;
    /** @type {{key: string, descending: boolean} | null} */
    this.tableSort = null;
    /** @type {import("../state/timeline.js").Span | null} days the timeline shows */
    this.timeView = null;
    /** The running count that stands in the timeline, "" for reports per day. */
    this.claims = asked.claims;
    /** Whether what is new or changed is marked on the map. */
    this.marks = asked.marks;
    this.embed = asked.embed || inSmallFrame();
    this.languages = Object.keys(store.meta.messages);
    this.language = this.languages.includes(asked.language) ? asked.language : store.meta.lang || "en";
    this.words = createWords(this.language, this.#messages());
    /** "" follows the machine's preference. */
    this.theme = asked.theme || remembered("mapper-theme");
  }

  #messages() {
    const { messages } = this.store.meta;
    return { ...messages.en?.page, ...messages[this.language]?.page };
  }

  /** @param {string} stage @returns {Record<string, any>} the messages of a stage */
  catalogue(stage) {
    const { messages } = this.store.meta;
    return { ...messages.en?.[stage], ...messages[this.language]?.[stage] };
  }

  /**
   * Listen until the parts are built anew.
   * @template {keyof import("../data/bus.js").Events} K
   * @param {K} name
   * @param {(payload: import("../data/bus.js").Events[K]) => void} listener
   */
  on(name, listener) {
    this.#offs.push(this.bus.on(name, listener));
  }

  /** Something to be undone before the parts are built anew. @param {() => void} undo */
  cleanup(undo) {
    this.#offs.push(undo);
  }

  /** Forget all listeners of the parts. */
  release() {
    for (const off of this.#offs.splice(0)) off();
    this.#sayers = [];
  }

  /** @param {(text: string) => void} sayer  a live region */
  addVoice(sayer) {
    this.#sayers.push(sayer);
  }

  /** Tell those who do not see the page. @param {string} text */
  say(text) {
    for (const sayer of this.#sayers) sayer(text);
  }

  /** Build the first view: language, theme, filters, place, selection. */
  async open() {
    const { asked } = this;
    this.applyTheme();
    this.map.markChanges(this.marks);
    if (this.language !== this.store.meta.lang) this.bus.emit("language", this.language);
    this.started = true;
    const filters = checkFilters(asked.filters ?? this.openingFilters());
    this.engine.set(filters, null);
    await this.bus.emitInSlices("filter", this.#passing());
    if (asked.map) this.map.setView(asked.map);
    else this.map.fit("hot");
    await this.map.show();
    if (filters.text) await this.#searchTexts(filters.text);
    if (asked.selection) {
      const index = this.store.indexOf(asked.selection);
      if (index >= 0) await this.select(index);
      if (asked.map) this.map.setView(asked.map);
    }
    if (asked.review) this.openReview?.(null);
    this.#restoring = false;
    this.bus.on("viewchange", () => this.noteAddress());
    this.bus.on("select", ({ index, from }) => {
      if (from !== "page") void this.select(index, from);
    });
    window.addEventListener("hashchange", () => this.#follow());
  }

  /** @returns {Filters} the hot span, where it leaves anything out */
  openingFilters() {
    if (!this.hot || !this.extent) return {};
    const all = this.hot.from <= this.extent.from && this.hot.to >= this.extent.to;
    return all ? {} : { from: isoOf(this.hot.from), to: isoOf(this.hot.to) };
  }

  /**
   * @param {unknown} filters  all of them; what is not named filters nothing
   * @throws {TypeError} an unknown key or a wrong value
   */
  async setFilter(filters) {
    const checked = checkFilters(filters);
    const before = this.engine.filters.text;
    this.#apply(checked, null);
    if (checked.text && before !== checked.text) await this.#searchTexts(checked.text);
  }

  /** Search the long texts too. @param {string} text */
  async #searchTexts(text) {
    const mine = ++this.#search;
    const words = wordsOf(text);
    const holds = (/** @type {string} */ long) => {
      const folded = fold(long);
      return words.every((word) => folded.includes(word));
    };
    const inTexts = await this.store.searchTexts(holds, this.store.n > SMALL ? (done, of) =>
      this.bus.emit("search-progress", { done, of }) : undefined);
    if (mine !== this.#search || this.engine.filters.text !== text) return;
    this.#apply(this.engine.filters, inTexts);
  }

  /** @param {Filters} filters @param {Uint8Array | null} inTexts */
  #apply(filters, inTexts) {
    this.engine.set(filters, inTexts);
    this.bus.emit("filter", this.#passing());
    this.noteAddress();
  }

  /** @returns {import("../data/bus.js").Filter} */
  #passing() {
    return { mask: this.engine.mask, visible: this.engine.visible };
  }

  /** Change some filters and keep the others. @param {Filters} some null lets one go */
  patch(some) {
    return this.setFilter({ ...this.engine.filters, ...some });
  }

  /**
   * Open the details of a report, or close them.
   * @param {number | null} index
   * @param {string} from who chose it
   */
  async select(index, from = "page") {
    this.selection = index;
    if (from === "page") this.bus.emit("select", { index, from });
    if (this.showDetails) await this.showDetails(index);
    this.noteAddress();
  }

  /** @type {((index: number | null) => Promise<void>) | null} set by the details panel */
  showDetails = null;
  /** @type {((tab: string) => void) | null} set by the sheet of a phone */
  openSheet = null;
  /** @type {((open: boolean) => void) | null} set by the table */
  openTable = null;
  /** @type {((index: number | null) => void) | null} set by the details panel: of a report, or all */
  openReview = null;
  /** @type {((list: {indexes: ArrayLike<number>, title: string}) => void) | null} */
  showList = null;

  /** @param {string} lang */
  setLanguage(lang) {
    if (!this.languages.includes(lang) || lang === this.language) return;
    this.language = lang;
    this.words = createWords(lang, this.#messages());
    this.rebuild?.();
    this.bus.emit("language", lang);
    this.noteAddress();
  }

  /** @type {(() => void) | null} set by the layout */
  rebuild = null;

  /** Mark on the map what is new or changed, or not. @param {boolean} on */
  setMarks(on) {
    this.marks = on;
    this.map.markChanges(on);
    this.noteAddress();
  }

  /** Show a running count in the timeline. @param {string} key "" for reports per day */
  setClaims(key) {
    this.claims = key;
    this.noteAddress();
  }

  /** @returns {"light" | "dark"} */
  get shownTheme() {
    if (this.theme === "light" || this.theme === "dark") return this.theme;
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  /** @param {string} theme "light", "dark" or "" */
  setTheme(theme) {
    this.theme = theme;
    remember("mapper-theme", theme);
    this.applyTheme();
    this.noteAddress();
  }

  applyTheme() {
    this.colour(this.shownTheme);
    this.bus.emit("theme", this.shownTheme);
  }

  /** Write the colours of a theme where the stylesheet finds them. @param {"light" | "dark"} theme */
  colour(theme) {
    const html = document.documentElement;
    const { themes, families } = this.store.meta;
    html.dataset.theme = theme;
    for (const [name, value] of Object.entries(themes?.[theme] ?? {})) {
      html.style.setProperty(`--${name}`, value);
    }
    for (const family of families) html.style.setProperty(`--family-${family.key}`, family[theme]);
  }

  /** What window.mapper.state() answers: all of it can be written as JSON. */
  state() {
    const { from = null, to = null } = this.engine.filters;
    return {
      view: this.map.view(),
      filters: structuredClone(this.engine.filters),
      time: { from, to },
      selection: this.selection === null ? null : this.store.id(this.selection),
      language: this.language,
      theme: this.shownTheme,
      table: this.tableOpen,
      claims: this.claims,
      marks: this.marks,
      visible: this.engine.visible,
      count: this.store.n,
    };
  }

  /** @returns {string} the address of what is shown, without the # */
  hash() {
    return writeHash({
      embed: this.asked.embed,
      map: this.map.view(),
      filters: this.engine.filters,
      selection: this.selection === null ? "" : this.store.id(this.selection),
      language: this.language === (this.store.meta.lang || "en") ? "" : this.language,
      theme: this.theme,
      table: this.tableOpen,
      review: this.reviewing,
      claims: this.claims,
      marks: this.marks,
    });
  }

  /** Keep the address in step, soon. */
  noteAddress() {
    if (this.#restoring) return;
    clearTimeout(this.#hashTimer);
    this.#hashTimer = window.setTimeout(() => {
      try {
        history.replaceState(null, "", `#${this.hash()}`);
      } catch {
        // a sandboxed or srcdoc frame has no address of its own
      }
    }, 250);
  }

  /** Somebody wrote another address. */
  async #follow() {
    const hash = address();
    if (hash.replace(/^#/, "") === this.hash()) return;
    const asked = readHash(hash);
    if (asked.language) this.setLanguage(asked.language);
    if (asked.theme) this.setTheme(asked.theme);
    if (asked.filters) await this.setFilter(asked.filters);
    if (asked.map) this.map.setView(asked.map);
    if (asked.review && !this.reviewing) this.openReview?.(null);
    const index = asked.selection ? this.store.indexOf(asked.selection) : -1;
    if (index >= 0) await this.select(index);
  }
}

/** The address part after the #, "" where the frame refuses it. */
function address() {
  try {
    return location.hash;
  } catch {
    return "";
  }
}

/** @param {string} key */
function remembered(key) {
  try {
    return localStorage.getItem(key) || "";
  } catch {
    return "";
  }
}

/** @param {string} key @param {string} value */
function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // nothing is kept in a sandboxed frame
  }
}

/** A small frame of another page shows the map, a legend line and the attribution only. */
function inSmallFrame() {
  return window.parent !== window && (innerHeight < 380 || innerWidth < 340);
}
