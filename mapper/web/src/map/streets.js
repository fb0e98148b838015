/*! protomaps-leaflet 5.1.0, pmtiles 3.2.1, (c) Protomaps LLC, BSD-3-Clause; pbf, @mapbox/vector-tile, (c) Mapbox, BSD-3-Clause; @mapbox/point-geometry, (c) Mapbox, ISC; rbush, (c) Vladimir Agafonkin, MIT; quickselect, (c) Vladimir Agafonkin, ISC; fflate, (c) Arjun Barrett, MIT */
/**
 * The user's own vector tiles under the reports: streets, houses, water and the names of streets.
 * Borders and names of places stay ours, so what the tiles say of them is not drawn.
 */
import L from "leaflet";
import { PMTiles } from "pmtiles";
import { leafletLayer } from "protomaps-leaflet";
import { loadRaw } from "../data/load.js";
import { streetLabels, streetPaint } from "./streetrules.js";
import { announceStreets } from "./streetslot.js";

/** Over the land, under the marks; where online tiles would lie. */
const PANE = "mapper-streets";

/** The archive in the page, as the library asks for it. */
class Embedded {
  /** @type {Promise<Uint8Array<ArrayBuffer>> | null} */
  #bytes = null;

  getKey() {
    return PANE;
  }

  /** @param {number} offset @param {number} length */
  async getBytes(offset, length) {
    this.#bytes ??= loadRaw(PANE);
    return { data: (await this.#bytes).slice(offset, offset + length).buffer };
  }
}

announceStreets((map, source, lang) => {
  const pane = map.createPane(PANE);
  pane.style.zIndex = "250";
  let theme = /** @type {"light"|"dark"} */ ("light");
  let spoken = lang;
  const layer = /** @type {any} */ (
    leafletLayer({
      pane: PANE,
      url: new PMTiles(new Embedded()),
      maxDataZoom: source.max_zoom,
      // a tile of the data covers four of the screen
      minZoom: source.min_zoom + 1,
      maxZoom: map.getMaxZoom(),
      noWrap: true,
      attribution: "",
      lang,
      paintRules: streetPaint(source.layers, theme),
      labelRules: streetLabels(source.layers, theme, lang),
    })
  );
  layer.addTo(map);
  const anew = () => {
    layer.paintRules = streetPaint(source.layers, theme);
    layer.labelRules = streetLabels(source.layers, theme, spoken);
    layer.clearLayout();
    layer.rerenderTiles();
  };
  return {
    setTheme(now) {
      if (now === theme) return;
      theme = now;
      anew();
    },
    setLanguage(now) {
      if (now === spoken) return;
      spoken = now;
      anew();
    },
    paint(context, { left, top }) {
      for (const tile of pane.querySelectorAll("canvas")) {
        const { x, y, width, height } = tile.getBoundingClientRect();
        if (tile.width) context.drawImage(tile, x - left, y - top, width, height);
      }
    },
  };
});
