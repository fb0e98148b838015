/** The small things on the map: zoom buttons, scale, north, the end of the data, attribution. */
import L from "leaflet";
import { creditWords } from "./words.js";

/** A scale bar that names its length in the language of the page. */
class Scale extends /** @type {any} */ (L.Control.Scale) {
  /** @type {(metres: number) => string} */
  name = (metres) => String(metres);

  /** Leaflet's own step, which writes "m" or "km". @param {number} most metres across the widest bar */
  _updateMetric(most) {
    const metres = this._getRoundNum(most);
    this._updateScale(this._mScale, this.name(metres), metres / most);
  }
}

/**
 * @param {L.Map} map
 * @param {object} actions
 * @param {() => void} actions.home
 * @param {import("../data/store.js").Credit[]} attribution
 * @param {number} dataZoom  the embedded data end there
 */
export function createControls(map, actions, attribution, dataZoom) {
  const container = map.getContainer();
  const make = (/** @type {string} */ name, /** @type {string} */ tag = "div") => {
    const element = document.createElement(tag);
    element.className = name;
    container.append(element);
    L.DomEvent.disableClickPropagation(element);
    return element;
  };
  const box = make("mapper-zoom");
  const button = (/** @type {string} */ sign, /** @type {() => void} */ act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.addEventListener("click", act);
    box.append(made);
    return made;
  };
  const zoomIn = button("+", () => map.zoomIn(1));
  const zoomOut = button("\u2212", () => map.zoomOut(1));
  const home = button("\u2302", actions.home);
  const scale = new /** @type {any} */ (Scale)({ imperial: false, maxWidth: 110 }).addTo(map);
  const north = make("mapper-north");
  north.setAttribute("role", "img");
  north.textContent = "N";
  const notice = make("mapper-end");
  notice.setAttribute("role", "status");
  const credit = make("mapper-attribution");
  const credits = attribution.map(({ text, url }, k) => {
    if (k) credit.append(" \u00b7 ");
    const link = document.createElement(url ? "a" : "span");
    link.textContent = text;
    link.dir = "auto";
    if (link instanceof HTMLAnchorElement) {
      link.href = url;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
    credit.append(link);
    return link;
  });
  // the page's own SHA-256, in short; `mapper verify` recomputes it
  const hash = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="mapper-sha256"]'))?.content;
  if (hash) {
    const seal = document.createElement("span");
    seal.className = "mapper-seal";
    seal.dir = "ltr";
    seal.textContent = `sha256 ${hash.slice(0, 12)}`;
    seal.title = `sha256 ${hash}`;
    credit.append(" \u00b7 ", seal);
  }
  let ended = "";
  const settle = () => {
    const beyond = map.getZoom() > dataZoom;
    notice.textContent = beyond ? ended : "";
    notice.hidden = !beyond;
    zoomIn.disabled = map.getZoom() >= map.getMaxZoom();
    zoomOut.disabled = map.getZoom() <= map.getMinZoom();
  };
  map.on("zoomend", settle);
  return {
    covering: [box, credit, north, /** @type {HTMLElement} */ (scale.getContainer())],
    /** @param {import("./words.js").MapWords} words */
    speak(words) {
      for (const [element, key] of /** @type {const} */ ([
        [zoomIn, "map.zoom_in"],
        [zoomOut, "map.zoom_out"],
        [home, "map.home"],
        [north, "map.north"],
      ])) {
        element.setAttribute("aria-label", words.t(key));
        element.title = words.t(key);
      }
      attribution.forEach((one, k) => (credits[k].textContent = creditWords(one, words)));
      scale.name = words.length;
      map.whenReady(() => scale._update());
      ended = words.t("map.end_of_data");
      settle();
    },
  };
}
