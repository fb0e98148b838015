/** What the map draws, layer by layer; it knows the data and the colours, not the mouse. */
import { worldSize, unitsOfKm, latOf } from "./mercator.js";
import { drawBasemap, drawBorder } from "./ground.js";
import { changeSigns, drawChanges } from "./changes.js";
import { shortName } from "./names.js";
import { layLabels } from "./labels.js";
import { drawLabels } from "./lettering.js";
import { Marks, drawMarks } from "./marks.js";
import { settlements } from "./named.js";
import { hatch, traceOutline } from "./shapes.js";
import { count, findSpots } from "./spots.js";
import { statusOn } from "./status.js";
import { mapWords } from "./words.js";
import { unitX, unitY } from "./mercator.js";
import { NODATE } from "../data/decode.js";
import { STALE_DAYS } from "../state/crossings.js";

/**
 * @typedef {import("./basemap.js").Frame} Frame
 * @typedef {import("./marks.js").Mark} Mark
 */

/** Colours that the theme leaves to the map. */
const OWN = {
  light: { coast: "#a9c3cc", river: "#a9cbd6", halo: "#f4f1e9", crossing: "#6f4a88" },
  dark: { coast: "#2c4452", river: "#264453", halo: "#22272b", crossing: "#c3a1dd" },
};

export class Scene {
  /** @type {"light"|"dark"} */
  theme = "light";
  /** @type {Uint8Array|null} */
  mask = null;
  /** @type {Mark[]} */
  marks = [];
  /** @type {import("./labels.js").Label[]} */
  labels = [];
  /** Day whose crossing status is shown. */
  day = NODATE;
  /** @type {number|null} */
  selected = null;
  /** @type {number[]} outlined badges */
  outlined = [];
  /** Whether online tiles cover the land: the border is then drawn once more, over them. */
  overTiles = false;
  /** Whether something of the focus lies over marks and names. */
  #over = false;
  #focused = false;
  /** @type {[number, number, number][]} circles around marks, drawn last: x, y, radius */
  #rings = [];
  /** @type {Mark|null} */
  lit = null;
  /** @type {import("./changes.js").Drawn | null} what is new, changed or withdrawn, where it is marked */
  changes = null;
  /** @type {ArrayLike<number>} reports hovered elsewhere */
  hovered = [];
  #settlements;

  /**
   * @param {import("../data/store.js").Store} store
   * @param {import("./basemap.js").Basemap} base
   * @param {Map<string, import("./shapes.js").Outline>} outlines
   */
  constructor(store, base, outlines) {
    this.store = store;
    this.base = base;
    this.outlines = outlines;
    this.spots = findSpots(store);
    this.marksOf = new Marks(store, this.spots);
    this.words = mapWords(store, store.meta.lang);
    this.#settlements = settlements(store, this.spots, base.towns);
    this.setVisible(null);
    this.crossings = store.meta.crossings.map((c) => ({ ...c, x: unitX(c.lon), y: unitY(c.lat) }));
  }

  /** @returns {Record<string, string>} */
  get colours() {
    return { ...OWN[this.theme], ...this.store.meta.themes[this.theme] };
  }

  /** @param {Uint8Array|null} mask */
  setVisible(mask) {
    this.mask = mask;
    const counts = count(this.store, this.spots, mask);
    this.marksOf.setCounts(counts);
    this.day = counts.last;
  }

  /** @param {string} lang */
  setLanguage(lang) {
    this.words = mapWords(this.store, lang);
  }

  /** Badges of areas that the ground outlines: where they stay the same, it need not be drawn anew. */
  get areas() {
    return this.spots.badges.flatMap(({ kind }, b) =>
      kind !== "country" && kind !== "border" && this.total(b) ? [b] : []).join();
  }

  /** Whether anything is chosen or pointed at, or was when it was last drawn. */
  get focused() {
    return this.#focused || this.selected !== null || !!this.lit || !!this.changes ||
      this.outlined.length + this.hovered.length > 0;
  }

  /** @param {CanvasRenderingContext2D} context @param {Frame} frame */
  drawGround(context, frame) {
    drawBasemap(context, this.base, frame, this.colours);
    const { colours } = this;
    this.spots.badges.forEach((badge, b) => {
      const outline = this.outlines.get(badge.id);
      if (badge.kind === "country" || badge.kind === "border" || !this.total(b)) return;
      if (outline) this.#outline(context, frame, outline, colours.muted, false);
    });
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   * @param {import("./shapes.js").Outline} outline
   * @param {string} colour
   * @param {boolean} strong
   */
  #outline(context, frame, outline, colour, strong) {
    const size = worldSize(frame.zoom);
    const [west, north, east, south] = outline.box;
    const across = Math.max(east - west, south - north) * size;
    const off = west * size > frame.left + frame.width || east * size < frame.left ||
      north * size > frame.top + frame.height || south * size < frame.top;
    // where an area fills the view, its outline and hatching would be noise
    const whole = across < 0.75 * Math.max(frame.width, frame.height);
    if (off || (!strong && (across < 40 || !whole))) return;
    if (strong) this.#over = true;
    if (outline.closed) {
      context.globalAlpha = strong ? 0.5 : 0.28;
      hatch(context, outline, frame, colour);
      context.globalAlpha = 1;
    }
    traceOutline(context, outline, frame);
    context.strokeStyle = colour;
    context.lineJoin = "round";
    context.lineWidth = strong ? (outline.closed ? 1.8 : 4) : 0.9;
    context.setLineDash(strong ? [] : [5, 4]);
    context.globalAlpha = strong ? 0.95 : 0.6;
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /** @param {number} b  badge @returns {number} reports of it that pass */
  total(b) {
    const f = this.store.meta.families.length;
    let sum = 0;
    for (let k = b * f; k < (b + 1) * f; k++) sum += this.marksOf.byBadge[k];
    return sum;
  }

  /**
   * Marks and names.
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   * @param {import("./place.js").Rect} view     visible part of the canvas
   * @param {import("./place.js").Rect[]} covered controls over it
   */
  drawMarks(context, frame, view, covered) {
    const { store, colours, words } = this;
    this.marks = this.marksOf.inFrame(frame);
    if (this.overTiles) drawBasemap(context, this.base, frame, colours, true);
    const lang = words.lang;
    this.labels = layLabels({
      base: this.base,
      frame,
      more: this.#settlements(frame.zoom, boxOf(frame), this.marksOf.totals),
      view,
      covered,
      bodies: this.marks,
      signs: this.changes ? changeSigns(context, frame, this.changes, this) : [],
      countryName: (code) => words.country(code),
      adminName: (code) => words.admin1(code),
      crossings: this.crossings.map((c) => {
        const { status, since } = statusOn(c.calendar, this.day);
        return { x: c.x, y: c.y, id: c.id, name: shortName(c.names[lang] ?? c.name), status, under: this.#statusText(status, since) };
      }),
      rtl: words.rtl,
      context,
    });
    for (const { sign } of this.labels) {
      if (!sign?.leader) continue;
      context.strokeStyle = colours.muted;
      context.lineWidth = 0.9;
      context.beginPath();
      context.moveTo(sign.leader[0], sign.leader[1]);
      context.lineTo(sign.leader[2], sign.leader[3]);
      context.stroke();
    }
    drawMarks(context, this.marks, store.meta.families, this.spots.badges, this.theme, colours);
    drawLabels(context, this.labels, colours);
  }

  /** @param {string} status @param {number} since */
  #statusText(status, since) {
    if (status === "unknown") return "";
    const { words } = this;
    const said = words.t(`crossing.${status}`);
    if (since === NODATE) return said;
    if (this.day - since > STALE_DAYS) return words.t("crossing.known", { status: said, month: words.monthShort(since) });
    // the year of the day shown goes without saying
    const date = words.year(since) === words.year(this.day) ? words.dayMonth(since) : words.day(since);
    return words.t("crossing.since", { status: said, date });
  }

  /**
   * What is chosen or pointed at: circles of uncertainty, outlines, links of a list.
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   */
  drawFocus(context, frame) {
    const { colours, store } = this;
    this.#focused = false;
    this.#focused = this.focused;
    this.#over = false;
    this.#rings = [];
    for (const badge of this.outlined) this.#badge(context, frame, badge);
    if (this.lit) this.#rings.push([this.lit.x, this.lit.y, this.lit.r + 4]);
    for (let k = 0; k < Math.min(50, this.hovered.length); k++) this.#report(context, frame, this.hovered[k], false);
    if (this.selected !== null) this.#report(context, frame, this.selected, true);
    // counts and names stand over an outline, never under it
    if (this.#over) {
      drawMarks(context, this.marks, store.meta.families, this.spots.badges, this.theme, colours);
      drawLabels(context, this.labels, colours);
    }
    for (const [x, y, r] of this.#rings) this.#ring(context, x, y, r, colours.focus);
    if (this.changes) drawChanges(context, frame, this.changes, this);
  }

  /** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {number} b */
  #badge(context, frame, b) {
    const { colours } = this;
    const badge = this.spots.badges[b];
    const outline = this.outlines.get(badge.id);
    const pair = /^border:([A-Z]{2}-[A-Z]{2})$/.exec(badge.id)?.[1];
    if (pair && drawBorder(context, this.base, frame, pair, colours.focus, 4)) {
      this.#over = true;
    } else if (outline) {
      this.#outline(context, frame, outline, colours.focus, true);
    } else if (badge.kind === "list") {
      this.#links(context, frame, badge);
    } else if (badge.radius > 0) {
      this.#circle(context, frame, badge.x, badge.y, badge.radius);
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {number} i @param {boolean} strong */
  #report(context, frame, i, strong) {
    const { store, spots } = this;
    const p = store.place[i];
    const b = spots.badgeOfPlace[p];
    if (b >= 0) {
      if (strong || spots.badges[b].kind !== "country") this.#badge(context, frame, b);
      return;
    }
    const spot = spots.ofPlace[p];
    if (spot < 0) return;
    const size = worldSize(frame.zoom);
    const x = spots.x[spot] * size - frame.left;
    const y = spots.y[spot] * size - frame.top;
    const mark = this.marks.find((m) => Math.hypot(m.x - x, m.y - y) < m.r);
    const km = store.placeNumber("uncertainty_km", p);
    if (strong && km > 0) this.#circle(context, frame, spots.x[spot], spots.y[spot], km);
    this.#rings.push([mark?.x ?? x, mark?.y ?? y, (mark?.r ?? 6) + 4]);
  }

  /** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} r @param {string} colour */
  #ring(context, x, y, r, colour) {
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    context.strokeStyle = colour;
    context.lineWidth = 2.5;
    context.stroke();
  }

  /** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {number} ux @param {number} uy @param {number} km */
  #circle(context, frame, ux, uy, km) {
    this.#over = true;
    const size = worldSize(frame.zoom);
    const r = unitsOfKm(km, latOf(uy)) * size;
    context.beginPath();
    context.arc(ux * size - frame.left, uy * size - frame.top, r, 0, 2 * Math.PI);
    context.fillStyle = this.colours.focus;
    context.globalAlpha = 0.1;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = this.colours.focus;
    context.lineWidth = 1.2;
    context.setLineDash([4, 3]);
    context.stroke();
    context.setLineDash([]);
  }

  /** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {import("./spots.js").Badge} badge */
  #links(context, frame, badge) {
    this.#over = true;
    const size = worldSize(frame.zoom);
    const x = badge.x * size - frame.left;
    const y = badge.y * size - frame.top;
    context.strokeStyle = this.colours.focus;
    context.fillStyle = this.colours.focus;
    context.lineWidth = 1;
    for (const part of badge.parts) {
      const px = part.x * size - frame.left;
      const py = part.y * size - frame.top;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(px, py);
      context.stroke();
      context.beginPath();
      context.arc(px, py, 4, 0, 2 * Math.PI);
      context.fill();
    }
  }

  /**
   * What a mark is called.
   * @param {Mark} mark
   * @returns {string}
   */
  nameOf(mark) {
    const { words, store, spots } = this;
    if (mark.badge >= 0) {
      const badge = spots.badges[mark.badge];
      const names = mark.badges.map((b) => spots.badges[b].name);
      const place = names.length > 3 ? `${names.slice(0, 3).join("; ")} …` : names.join("; ");
      return words.t(`map.${badge.kind}`, { n: mark.total, place });
    }
    const p = spots.place[mark.spot];
    const place = store.placeText("matched_name", p) || store.placeText("place", p);
    const box = this.marksOf.box(mark);
    const spread = box && (box[0] !== box[2] || box[1] !== box[3]);
    return words.t(spread ? "map.cluster_near" : "map.cluster", { n: mark.total, place });
  }
}

/** @param {Frame} frame @returns {[number, number, number, number]} west, north, east, south, units */
function boxOf({ zoom, left, top, width, height }) {
  const size = worldSize(zoom);
  return [left / size, top / size, (left + width) / size, (top + height) / size];
}
