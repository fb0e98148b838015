// The view as a picture: the map as it stands, drawn anew at twice the size, with title, dates,
// legend and attribution.

import { creditWords, mapWords } from "../map/words.js";
import { dekParts, titleWords } from "../state/describe.js";
import { filterWords } from "./chips.js";

const SCALE = 2;
/** CSS pixels: title and legend need so much. */
const NARROWEST = 480;
const SERIF = 'Georgia, "Times New Roman", serif';
const SANS = "system-ui, sans-serif";
const CREDIT = `${10 * SCALE}px ${SANS}`;
const LEGEND = `${11.5 * SCALE}px ${SANS}`;

/** @param {import("./app.js").App} app @returns {HTMLCanvasElement} */
export function pictureWithLegend(app) {
  const { store, words, engine } = app;
  const { x, y } = app.map.map.getSize();
  const map = app.map.picture({ scale: SCALE, size: { width: Math.max(x, NARROWEST), height: y } });
  const theme = store.meta.themes[app.shownTheme];
  const marking = store.meta.marking ?? "";
  const head = marking ? 26 : 0;
  const top = (84 + head) * SCALE;
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(map.width, NARROWEST * SCALE);
  const measuring = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const legend = legendRows(app, measuring, canvas.width - 32 * SCALE);
  measuring.font = CREDIT;
  const sources = wrapped(measuring, creditLine(app), canvas.width - 32 * SCALE);
  measuring.font = LEGEND;
  const whole = wrapped(measuring, wholeWords(app), canvas.width - 32 * SCALE);
  const bottom = (18 + 22 * legend.length + 18 * whole.length + 14 * sources.length) * SCALE;
  canvas.height = map.height + top + bottom;
  const ink = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ink.fillStyle = theme.paper;
  ink.fillRect(0, 0, canvas.width, canvas.height);
  ink.drawImage(map, 0, top);
  const left = 16 * SCALE;
  ink.direction = words.rtl ? "rtl" : "ltr";
  const start = words.rtl ? canvas.width - left : left;
  const room = canvas.width - 2 * left;
  /** @param {string} text @param {number} y @param {string} font @param {string} colour */
  const line = (text, y, font, colour) => {
    ink.font = font;
    ink.fillStyle = colour;
    ink.textAlign = "start";
    ink.fillText(text, start, (head + y) * SCALE, room);
  };
  if (marking) mark(ink, marking, head * SCALE);
  const title = store.meta.title || titleWords(store, words, app.hot);
  line(title, 32, `bold ${23 * SCALE}px ${SERIF}`, theme.ink);
  const dek = dekParts(words, { n: store.n, extent: app.extent, hot: null, inHot: 0 });
  const filters = filterWords(app).map((one) => one.words);
  line([dek.map((part) => part.text).join(""), words.t("counts", { n: engine.visible, all: store.n })].join(" · "),
    54, `${12.5 * SCALE}px ${SANS}`, theme.ink);
  line(filters.join(" · "), 72, `${11.5 * SCALE}px ${SANS}`, theme.muted);
  drawLegend(app, ink, legend, { x: left, y: top + map.height + 20 * SCALE, colour: theme.ink });
  const under = (top + map.height) / SCALE - head + 20 + 22 * legend.length;
  whole.forEach((text, k) => line(text, under + 18 * k, LEGEND, theme.ink));
  sources.forEach((text, k) => line(text, under + 18 * whole.length + 14 * k, CREDIT, theme.muted));
  return canvas;
}

/**
 * What is about whole countries and borders stands at no place of the map: a line says it.
 * @param {import("./app.js").App} app @returns {string} "" where there is nothing
 */
export function wholeWords(app) {
  const { words, map } = app;
  const ours = mapWords(app.store, app.language);
  const parts = map.wholes().map(({ name, total }) => `\u2068${name} ${words.n(total)}\u2069`);
  return parts.length ? `${ours.t("map.whole")}: ${parts.join(" · ")}` : "";
}

/** Attribution in the page's language. @param {import("./app.js").App} app */
export function creditLine(app) {
  const ours = mapWords(app.store, app.language);
  return (app.store.meta.attribution ?? []).map((one) => `\u2068${creditWords(one, ours)}\u2069`).join(" · ");
}

/**
 * The handling mark: a dark strip at the head.
 * @param {CanvasRenderingContext2D} ink @param {string} text @param {number} tall
 */
function mark(ink, text, tall) {
  const { width } = ink.canvas;
  ink.fillStyle = "#20262b";
  ink.fillRect(0, 0, width, tall);
  ink.font = `bold ${13 * SCALE}px ${SANS}`;
  ink.fillStyle = "#fff";
  ink.textAlign = "center";
  ink.fillText(text, width / 2, tall * 0.7, width - 24 * SCALE);
}

/**
 * A long text in lines, broken at blanks.
 * @param {CanvasRenderingContext2D} ink with the font set @param {string} text @param {number} room
 */
function wrapped(ink, text, room) {
  /** @type {string[]} */
  const lines = [];
  if (!text) return lines;
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && ink.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** @typedef {{family: import("../data/store.js").Family, text: string, wide: number}} Entry */

/**
 * Symbols and counts of what is shown, in as many rows as they need.
 * @param {import("./app.js").App} app @param {CanvasRenderingContext2D} ink @param {number} room
 * @returns {Entry[][]}
 */
function legendRows(app, ink, room) {
  const { store, words, engine } = app;
  const counts = new Uint32Array(store.meta.families.length);
  for (let i = 0; i < store.n; i++) if (engine.mask[i]) counts[store.family[i]]++;
  ink.font = LEGEND;
  /** @type {Entry[][]} */
  const rows = [[]];
  let used = 0;
  store.meta.families.forEach((family, f) => {
    if (!counts[f]) return;
    const text = `${words.t(`family_${family.key}`)} ${words.n(counts[f])}`;
    const wide = ink.measureText(text).width + 32 * SCALE;
    if (used + wide > room && used) {
      rows.push([]);
      used = 0;
    }
    rows[rows.length - 1].push({ family, text, wide });
    used += wide;
  });
  return rows;
}

/**
 * @param {import("./app.js").App} app @param {CanvasRenderingContext2D} ink @param {Entry[][]} rows
 * @param {{x: number, y: number, colour: string}} place
 */
function drawLegend(app, ink, rows, { x, y, colour }) {
  ink.font = LEGEND;
  const { rtl } = app.words;
  const [start, on] = rtl ? [ink.canvas.width - x, -1] : [x, 1];
  ink.textAlign = "start";
  rows.forEach((row, r) => {
    let at = start;
    const base = y + 22 * SCALE * r;
    for (const { family, text, wide } of row) {
      ink.fillStyle = family[app.shownTheme];
      drawSymbol(ink, family.symbol, at + on * 5 * SCALE, base - 4 * SCALE, 5 * SCALE);
      ink.fillStyle = colour;
      ink.fillText(text, at + on * 15 * SCALE, base);
      at += on * wide;
    }
  });
}

/** @param {CanvasRenderingContext2D} ink @param {string} shape @param {number} x @param {number} y @param {number} r */
export function drawSymbol(ink, shape, x, y, r) {
  ink.beginPath();
  if (shape === "triangle-up") {
    ink.moveTo(x, y - r);
    ink.lineTo(x + r, y + r * 0.85);
    ink.lineTo(x - r, y + r * 0.85);
  } else if (shape === "triangle-down") {
    ink.moveTo(x, y + r);
    ink.lineTo(x + r, y - r * 0.85);
    ink.lineTo(x - r, y - r * 0.85);
  } else if (shape === "square") ink.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7);
  else if (shape === "bar") ink.rect(x - r, y - r * 0.4, r * 2, r * 0.8);
  else ink.arc(x, y, shape === "dot" ? r * 0.65 : r, 0, Math.PI * 2);
  ink.closePath();
  ink.fill();
}
