/** Draws the names that `labels.js` has found a place for. */
import { LINE } from "./labels.js";
import { FONT, drawCrossing } from "./symbols.js";

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./labels.js").Label[]} labels
 * @param {Record<string, string>} colours
 */
export function drawLabels(context, labels, colours) {
  context.lineJoin = "round";
  for (const label of labels) {
    const { kind, text, x, y, align } = label;
    if (label.dot) drawDot(context, label.dot, label.rank, colours);
    if (label.sign) {
      drawCrossing(context, label.sign.status, label.sign.x, label.sign.y, colours.crossing, colours.paper);
    }
    context.font = label.font;
    context.textAlign = align;
    context.textBaseline = "middle";
    context.strokeStyle = kind === "crossing" ? colours.paper : colours.halo;
    context.lineWidth = 3;
    const colour = kind === "country" || kind === "admin1" ? colours.muted : colours.ink;
    if (label.spacing) {
      spaced(context, text, label.rect[0], y, label.spacing, colour);
    } else {
      context.fillStyle = colour;
      label.lines.forEach((line, at) => {
        context.strokeText(line, x, y + LINE * at);
        context.fillText(line, x, y + LINE * at);
      });
    }
    if (label.under) {
      const below = y + LINE * label.lines.length;
      context.font = `400 10.5px ${FONT}`;
      context.strokeText(label.under, x, below);
      context.fillStyle = colours.muted;
      context.fillText(label.under, x, below);
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}} dot
 * @param {number} rank
 * @param {Record<string, string>} colours
 */
function drawDot(context, { x, y }, rank, colours) {
  context.beginPath();
  context.arc(x, y, rank < 2 ? 3.2 : 2.4, 0, 2 * Math.PI);
  context.fillStyle = colours.paper;
  context.fill();
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.2;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} left
 * @param {number} y
 * @param {number} spacing
 * @param {string} colour
 */
function spaced(context, text, left, y, spacing, colour) {
  context.textAlign = "left";
  context.fillStyle = colour;
  for (const pass of ["halo", "text"]) {
    let x = left;
    for (const letter of text) {
      if (pass === "halo") context.strokeText(letter, x, y);
      else context.fillText(letter, x, y);
      x += context.measureText(letter).width + spacing;
    }
  }
}
