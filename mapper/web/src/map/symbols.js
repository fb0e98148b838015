/** The symbols of the families, the rings of groups and the badges of areas, on a canvas. */

/**
 * Traces the outline of a family's symbol around a point.
 * @param {CanvasRenderingContext2D} context
 * @param {string} symbol
 * @param {number} x
 * @param {number} y
 * @param {number} r  half its size, pixels
 */
export function trace(context, symbol, x, y, r) {
  context.beginPath();
  if (symbol === "triangle-up" || symbol === "triangle-down") {
    const up = symbol === "triangle-up" ? 1 : -1;
    context.moveTo(x, y - up * r * 1.1);
    context.lineTo(x + r * 1.1, y + up * r * 0.85);
    context.lineTo(x - r * 1.1, y + up * r * 0.85);
    context.closePath();
  } else if (symbol === "square") {
    context.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  } else if (symbol === "bar") {
    context.rect(x - r * 1.15, y - r * 0.5, r * 2.3, r);
  } else {
    context.arc(x, y, symbol === "dot" ? r * 0.68 : r * 0.95, 0, 2 * Math.PI);
  }
}

/**
 * One report: the symbol of its family, cased.
 * @param {CanvasRenderingContext2D} context
 * @param {import("../data/store.js").Family} family
 * @param {"light"|"dark"} theme
 * @param {string} casing
 * @param {number} x
 * @param {number} y
 * @param {number} [r]
 */
export function drawSymbol(context, family, theme, casing, x, y, r = 6) {
  trace(context, family.symbol, x, y, r);
  context.lineJoin = "round";
  context.strokeStyle = casing;
  context.lineWidth = 3;
  context.stroke();
  context.fillStyle = family[theme];
  context.fill();
}

/**
 * Several reports: a ring whose arcs are the shares of the families, the count inside.
 * @param {CanvasRenderingContext2D} context
 * @param {object} ring
 * @param {number} ring.x
 * @param {number} ring.y
 * @param {number} ring.radius
 * @param {number} ring.total
 * @param {ArrayLike<number>} ring.shares
 * @param {number} ring.at          where its shares begin
 * @param {import("../data/store.js").Family[]} families
 * @param {"light"|"dark"} theme
 * @param {Record<string, string>} colours
 */
export function drawRing(context, ring, families, theme, colours) {
  const { x, y, radius, total } = ring;
  const wide = Math.min(7, Math.max(3.6, radius * 0.24));
  const middle = radius - wide / 2;
  context.beginPath();
  context.arc(x, y, radius + 1.5, 0, 2 * Math.PI);
  context.fillStyle = colours.casing;
  context.fill();
  context.lineWidth = wide;
  context.lineCap = "butt";
  const gap = middle > 0 ? 0.7 / middle : 0;
  let from = -Math.PI / 2;
  const kinds = families.reduce((sum, _, f) => sum + (ring.shares[ring.at + f] ? 1 : 0), 0);
  for (let f = 0; f < families.length; f++) {
    const share = ring.shares[ring.at + f];
    if (!share) continue;
    const to = from + (share / total) * 2 * Math.PI;
    context.beginPath();
    const spare = kinds > 1 ? Math.min(gap, (to - from) / 3) : 0;
    context.arc(x, y, middle, from + spare, to - spare);
    context.strokeStyle = families[f][theme];
    context.stroke();
    from = to;
  }
  const text = countText(total);
  const fits = Math.min(15, Math.max(10.5, (radius - wide) * (text.length > 3 ? 0.72 : 0.92)));
  context.font = `600 ${fits}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colours.ink;
  context.fillText(text, x, y + 0.5);
}

/** The system's own type; a canvas knows no inherited font. */
export const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif';

/**
 * @param {number} n
 * @returns {string} 12,345 as "12k"
 */
export function countText(n) {
  if (n < 1000) return String(n);
  if (n < 10_000) return `${(n / 1000).toFixed(1).replace(/\.0$/, "")}k`;
  return n < 1_000_000 ? `${Math.round(n / 1000)}k` : `${(n / 1_000_000).toFixed(1)}M`;
}

/**
 * An area or a list: a plate with its count and a bar of the families' shares.
 * @param {CanvasRenderingContext2D} context
 * @param {object} plate
 * @param {number} plate.x
 * @param {number} plate.y
 * @param {number} plate.total
 * @param {"area"|"line"|"list"} plate.kind
 * @param {ArrayLike<number>} plate.shares
 * @param {number} plate.at
 * @param {import("../data/store.js").Family[]} families
 * @param {"light"|"dark"} theme
 * @param {Record<string, string>} colours
 */
export function drawPlate(context, plate, families, theme, colours) {
  const { x, y, total, kind } = plate;
  const [w, h] = plateSize(total);
  const left = x - w / 2;
  const top = y - h / 2;
  context.fillStyle = colours.casing;
  context.fillRect(left - 1.5, top - 1.5, w + 3, h + 3);
  context.fillStyle = colours.paper;
  context.fillRect(left, top, w, h);
  context.strokeStyle = colours.muted;
  context.lineWidth = 1;
  context.setLineDash(kind === "list" ? [] : [3, 2]);
  context.strokeRect(left + 0.5, top + 0.5, w - 1, h - 1);
  context.setLineDash([]);
  if (kind === "list") {
    context.strokeRect(left + 3.5, top - 2.5, w - 1, h - 1);
    context.fillStyle = colours.paper;
    context.fillRect(left + 1, top + 1, w - 2, h - 2);
  }
  let from = left + 2;
  for (let f = 0; f < families.length; f++) {
    const share = (plate.shares[plate.at + f] / total) * (w - 4);
    if (!share) continue;
    context.fillStyle = families[f][theme];
    context.fillRect(from, top + h - 5, share, 3);
    from += share;
  }
  context.font = `600 11px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colours.ink;
  context.fillText(countText(total), x, top + (h - 4) / 2 + 0.5);
}

/** @param {number} total @returns {[number, number]} width and height of an area's plate */
export const plateSize = (total) => [Math.max(24, 12 + 7 * countText(total).length), 21];

/**
 * An official crossing: a small square that says its status by its sign, not by colour alone.
 * @param {CanvasRenderingContext2D} context
 * @param {string} status
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 * @param {string} ground
 */
export function drawCrossing(context, status, x, y, colour, ground) {
  const r = 6;
  context.lineJoin = "round";
  context.lineCap = "round";
  context.fillStyle = ground;
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(x - r, y - r, 2 * r, 2 * r, 2.5);
  context.fill();
  context.stroke();
  context.beginPath();
  if (status === "closed") {
    context.moveTo(x - 3, y - 3);
    context.lineTo(x + 3, y + 3);
    context.moveTo(x + 3, y - 3);
    context.lineTo(x - 3, y + 3);
  } else if (status === "blocked") {
    context.moveTo(x - 3.2, y);
    context.lineTo(x + 3.2, y);
  } else if (status === "restricted" || status === "disputed") {
    context.moveTo(x, y - 3);
    context.lineTo(x, y + 0.6);
    context.moveTo(x, y + 3);
    context.lineTo(x, y + 3.1);
  } else if (status === "open") {
    context.moveTo(x - 3, y + 0.2);
    context.lineTo(x - 0.8, y + 2.6);
    context.lineTo(x + 3.2, y - 2.6);
  } else {
    context.arc(x, y, 1.2, 0, 2 * Math.PI);
  }
  context.stroke();
}
