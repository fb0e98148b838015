/** Which view shows what: a hot group, one report, all of them. */
import L from "leaflet";
import { latOf, lonOf, unitsOfKm } from "./mercator.js";

/** Nothing opens closer than this: the ground around must be seen. */
const FIT_ZOOM = 11.5;

/**
 * @param {import("leaflet").Map} map
 * @param {import("./scene.js").Scene} scene
 * @param {boolean} calm  nothing moves by itself
 */
export function createFitting(map, scene, calm) {
  const { store, outlines } = scene;

  /** @param {number} index */
  function inView(index) {
    const p = store.place[index];
    const { spots } = scene;
    const badge = spots.badgeOfPlace[p];
    if (badge >= 0) return badgeInView(spots.badges[badge]);
    if (spots.ofPlace[p] < 0) return true;
    return map.getBounds().pad(-0.08).contains([store.latitude[p], store.longitude[p]]);
  }

  /** Whether any of an area, a line or a list is in view. @param {import("./spots.js").Badge} badge */
  function badgeInView(badge) {
    const box = outlines.get(badge.id)?.box;
    const reach = badge.radius > 0 ? unitsOfKm(badge.radius, latOf(badge.y)) : 0;
    const [west, north, east, south] = box ?? [badge.x - reach, badge.y - reach, badge.x + reach, badge.y + reach];
    return map.getBounds().intersects([[latOf(south), lonOf(west)], [latOf(north), lonOf(east)]]);
  }

  /** @type {import("./map.js").MapView["fit"]} */
  function fitTo(what) {
    if (what === "all") return fitBounds(everything(), 40);
    if (what === "hot") return fitTo(store.meta.hot.length ? { hot: 0 } : "all");
    if ("hot" in what) return fitBounds(widened(store.meta.hot[what.hot].bounds, 0.2), 60);
    if ("bounds" in what) return fitBounds(what.bounds, 40);
    if ("report" in what) {
      const p = store.place[what.report];
      const badge = scene.spots.badgeOfPlace[p];
      const outline = badge >= 0 ? outlines.get(scene.spots.badges[badge].id) : undefined;
      if (outline) {
        const [west, north, east, south] = outline.box;
        return fitBounds([latOf(south), lonOf(west), latOf(north), lonOf(east)], 40);
      }
      if (badge >= 0) {
        const { x, y } = scene.spots.badges[badge];
        return fitTo({ lat: latOf(y), lon: lonOf(x) });
      }
      if (Number.isNaN(store.latitude[p])) return undefined;
      return fitTo({ lat: store.latitude[p], lon: store.longitude[p] });
    }
    map.setView([what.lat, what.lon], Math.min(what.zoom ?? Math.max(map.getZoom(), FIT_ZOOM), map.getMaxZoom()), { animate: !calm });
    return undefined;
  }

  /** @param {[number, number, number, number]} bounds @param {number} padding */
  function fitBounds([south, west, north, east], padding) {
    map.fitBounds([[south, west], [north, east]], {
      padding: [padding, padding],
      maxZoom: FIT_ZOOM,
      animate: false,
    });
  }

  /** @returns {[number, number, number, number]} of all that is placed and passes */
  function everything() {
    const { spots } = scene;
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    const take = (/** @type {number} */ x, /** @type {number} */ y) => {
      west = Math.min(west, x);
      east = Math.max(east, x);
      north = Math.min(north, y);
      south = Math.max(south, y);
    };
    for (let s = 0; s < spots.n; s++) {
      if (scene.marksOf.totals[s]) take(spots.x[s], spots.y[s]);
    }
    spots.badges.forEach((badge, b) => {
      if (badge.kind !== "country" && scene.total(b)) take(badge.x, badge.y);
    });
    if (west > east) return [-60, -170, 75, 170];
    return widened([latOf(south), lonOf(west), latOf(north), lonOf(east)], 0.3);
  }

  return { fitTo, inView };
}

/**
 * @param {[number, number, number, number]} bounds
 * @param {number} least  degrees across
 * @returns {[number, number, number, number]}
 */
function widened([south, west, north, east], least) {
  const tall = Math.max(0, least - (north - south)) / 2;
  const wide = Math.max(0, least - (east - west)) / 2;
  return [south - tall, west - wide, north + tall, east + wide];
}
