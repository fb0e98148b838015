/**
 * Online tiles over the embedded land, where the page was made with them. They lie under the marks
 * and the names; where they do not load the embedded map shows through, and the page says so.
 */
import L from "leaflet";

/** Over the land, under the marks. */
const PANE = "mapper-tiles";

/**
 * @param {L.Map} map
 * @param {{url: string, host: string, name: string, max_zoom: number} | undefined} source
 * @param {HTMLElement} container
 * @returns {{speak: (words: import("./words.js").MapWords) => void} | null} null without tiles
 */
export function addTiles(map, source, container) {
  if (!source) return null;
  const pane = map.createPane(PANE);
  pane.style.zIndex = "250";
  const notice = document.createElement("div");
  notice.className = "mapper-end mapper-offline";
  notice.setAttribute("role", "status");
  notice.hidden = true;
  container.append(notice);
  let words = /** @type {import("./words.js").MapWords | null} */ (null);
  let failed = false;
  const tell = () => {
    notice.hidden = !failed;
    notice.textContent = failed && words ? words.t("map.tiles_failed", { host: source.host }) : "";
  };
  const layer = L.tileLayer(source.url, { pane: PANE, maxNativeZoom: source.max_zoom, maxZoom: map.getMaxZoom() });
  layer.on("tileerror", () => {
    failed = true;
    tell();
  });
  layer.on("tileload", () => {
    failed = false;
    tell();
  });
  layer.addTo(map);
  return {
    speak(now) {
      words = now;
      tell();
    },
  };
}
