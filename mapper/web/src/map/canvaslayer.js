/**
 * A Leaflet layer that is one canvas, somewhat larger than the view, so that a pan shows no edge.
 * It is drawn anew when the map rests, or when a pan is about to leave it.
 */
import L from "leaflet";

const MARGIN = 0.18;

/**
 * @typedef {import("./basemap.js").Frame} Frame
 * @typedef {(context: CanvasRenderingContext2D, frame: Frame) => void} Draw
 */

export class CanvasLayer extends L.Layer {
  #draw;
  #pane;
  /** @type {HTMLCanvasElement} */
  #canvas = document.createElement("canvas");
  /** @type {Frame|null} */
  #frame = null;
  #waiting = 0;
  /** Nothing is drawn before the first view stands. */
  #asleep = true;

  /**
   * @param {Draw} draw
   * @param {string} pane
   */
  constructor(draw, pane) {
    super();
    this.#draw = draw;
    this.#pane = pane;
    this.#canvas.className = "mapper-canvas leaflet-zoom-animated";
    this.#canvas.setAttribute("aria-hidden", "true");
  }

  /** What the canvas shows now. */
  get frame() {
    return this.#frame;
  }

  /** @param {L.Map} map */
  onAdd(map) {
    (map.getPane(this.#pane) ?? map.getPanes().overlayPane).append(this.#canvas);
    return this;
  }

  /** Draws now, and from now on whenever the view changes. */
  wake() {
    this.#asleep = false;
    this.redraw();
  }

  onRemove() {
    this.#canvas.remove();
    return this;
  }

  getEvents() {
    return {
      viewreset: () => this.redraw(),
      zoom: () => this.#settle(),
      moveend: () => this.redraw(),
      move: () => this.#follow(),
      resize: () => this.redraw(),
      zoomanim: (/** @type {any} */ event) => this.#animate(event.center, event.zoom),
    };
  }

  /** Draws at the next frame; many calls draw once. */
  request() {
    this.#waiting ||= requestAnimationFrame(() => {
      this.#waiting = 0;
      this.redraw();
    });
  }

  /** Draws now. */
  redraw() {
    const map = this._map;
    if (!map || this.#asleep) return;
    const view = map.getSize();
    if (!view.x || !view.y) return;
    const pad = view.multiplyBy(MARGIN).round();
    const width = view.x + 2 * pad.x;
    const height = view.y + 2 * pad.y;
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const canvas = this.#canvas;
    const corner = map.containerPointToLayerPoint(L.point(-pad.x, -pad.y)).round();
    const origin = map.getPixelOrigin();
    this.#frame = {
      zoom: map.getZoom(),
      left: origin.x + corner.x,
      top: origin.y + corner.y,
      width,
      height,
    };
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.#draw(context, this.#frame);
    L.DomUtil.setTransform(canvas, corner, 1);
  }

  /** Redraws before a pan shows the end of the canvas. */
  #follow() {
    const map = this._map;
    const frame = this.#frame;
    if (!map || !frame || frame.zoom !== map.getZoom()) return;
    const view = map.getSize();
    const corner = map.containerPointToLayerPoint(L.point(0, 0)).add(map.getPixelOrigin());
    const left = corner.x - frame.left;
    const top = corner.y - frame.top;
    const out = left < 0 || top < 0 || left + view.x > frame.width || top + view.y > frame.height;
    if (out) this.request();
  }

  /** A zoom without animation, or a pinch in progress. */
  #settle() {
    const map = this._map;
    this.#animate(map.getCenter(), map.getZoom());
  }

  /**
   * @param {L.LatLng} center
   * @param {number} zoom
   */
  #animate(center, zoom) {
    const frame = this.#frame;
    if (!frame) return;
    const map = /** @type {any} */ (this._map);
    const scale = map.getZoomScale(zoom, frame.zoom);
    const corner = map.unproject(L.point(frame.left, frame.top), frame.zoom);
    L.DomUtil.setTransform(this.#canvas, map._latLngToNewLayerPoint(corner, zoom, center), scale);
  }
}
