// The view as a picture: the map as it stands, drawn anew at twice the size, with title, dates,
// legend and attribution.

import { dekParts, titleWords } from "../state/describe.js";
import { filterWords } from "./chips.js";

const SCALE = 2;
const SERIF = 'Georgia, "Times New Roman", serif';
const SANS = "system-ui, sans-serif";

/** @param {import("./app.js").App} app @returns {HTMLCanvasElement} */
export function pictureWithLegend(app) {
  const { store, words, engine } = app;
  const map = app.map.picture(SCALE);
  const theme = store.meta.themes[app.shownTheme];
  const top = 84 * SCALE;
  const bottom = 52 * SCALE;
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(map.width, 480 * SCALE);
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
    ink.fillText(text, start, y * SCALE, room);
  };
  const title = store.meta.title || titleWords(store, words, app.hot);
  line(title, 32, `bold ${23 * SCALE}px ${SERIF}`, theme.ink);
  const dek = dekParts(words, { n: store.n, extent: app.extent, hot: null, inHot: 0 });
  const filters = filterWords(app).map((one) => one.words);
  line([dek.map((part) => part.text).join(""), words.t("counts", { n: engine.visible, all: store.n })].join(" · "),
    54, `${12.5 * SCALE}px ${SANS}`, theme.ink);
  line(filters.join(" · "), 72, `${11.5 * SCALE}px ${SANS}`, theme.muted);
  legendRow(app, ink, { x: left, y: top + map.height + 20 * SCALE, theme, width: canvas.width });
  const sources = (store.meta.attribution ?? []).map((one) => one.text).join(" · ");
  line(sources, (top + map.height) / SCALE + 42, `${10 * SCALE}px ${SANS}`, theme.muted);
  return canvas;
}

/** Symbols and counts in one row. */
function legendRow(/** @type {import("./app.js").App} */ app, /** @type {CanvasRenderingContext2D} */ ink,
  /** @type {{x: number, y: number, theme: Record<string, string>, width: number}} */ { x, y, theme, width }) {
  const { store, words, engine } = app;
  const counts = new Uint32Array(store.meta.families.length);
  for (let i = 0; i < store.n; i++) if (engine.mask[i]) counts[store.family[i]]++;
  ink.font = `${11.5 * SCALE}px ${SANS}`;
  ink.textAlign = "left";
  ink.direction = "inherit";
  let at = x;
  store.meta.families.forEach((family, f) => {
    if (!counts[f]) return;
    const text = `${words.t(`family_${family.key}`)} ${words.n(counts[f])}`;
    const wide = ink.measureText(text).width;
    if (at + wide + 20 * SCALE > width) return;
    ink.fillStyle = family[app.shownTheme];
    drawSymbol(ink, family.symbol, at + 5 * SCALE, y - 4 * SCALE, 5 * SCALE);
    ink.fillStyle = theme.ink;
    ink.fillText(text, at + 15 * SCALE, y);
    at += wide + 32 * SCALE;
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
