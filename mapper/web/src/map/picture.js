/** The map as a picture of its own, for a file or for paper: drawn anew, with its scale. */
import { unitX, unitY, worldSize } from "./mercator.js";
import { drawScale, scaleBar } from "./scale.js";

/** @typedef {{width: number, height: number}} Size   CSS pixels */

/**
 * @param {object} drawn
 * @param {import("leaflet").Map} drawn.map
 * @param {import("./scene.js").Scene} drawn.scene
 * @param {import("./streetslot.js").Streets | null} drawn.streets
 * @param {object} asked
 * @param {number} asked.scale          pixels of the picture for one of the screen
 * @param {Size} [asked.size]           other than that of the screen: the same ground is shown
 * @param {"light"|"dark"} [asked.theme] other than that of the screen
 * @returns {HTMLCanvasElement}
 */
export function drawPicture({ map, scene, streets }, { scale, size: wanted, theme = scene.theme }) {
  const seen = map.getSize();
  // the user's own tiles are on the screen as they are, and can be taken over only so
  const size = wanted && !streets ? wanted : { width: seen.x, height: seen.y };
  const frame = frameOf(map, size);
  const canvas = document.createElement("canvas");
  canvas.width = size.width * scale;
  canvas.height = size.height * scale;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(scale, scale);
  const shown = scene.theme;
  scene.theme = theme;
  scene.drawGround(context, frame);
  streets?.paint(context, map.getContainer().getBoundingClientRect());
  const bar = scaleBar(frame, scene.words);
  scene.drawMarks(context, frame, [0, 0, size.width, size.height], [bar.rect]);
  scene.drawFocus(context, frame);
  drawScale(context, bar, scene.colours);
  scene.theme = shown;
  return canvas;
}

/** What fills the view, in the middle of a picture of this size. @param {import("leaflet").Map} map @param {Size} size */
function frameOf(map, { width, height }) {
  const seen = map.getSize();
  const zoom = map.getZoom() + Math.log2(Math.min(width / seen.x, height / seen.y));
  const { lat, lng } = map.getCenter();
  const world = worldSize(zoom);
  return { zoom, left: unitX(lng) * world - width / 2, top: unitY(lat) * world - height / 2, width, height };
}
