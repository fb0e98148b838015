/** Reports about whole countries and borders: no place on the map, a line of names with counts. */

/**
 * @typedef {{badge: number, name: string, total: number, spoken: string, shares: number[]}} Whole
 */

/**
 * @param {import("./scene.js").Scene} scene
 * @returns {Whole[]} those with passing reports, the most reported first
 */
export function wholes(scene) {
  const { words, spots, store } = scene;
  const { families } = store.meta;
  const entries = spots.badges.flatMap((badge, b) => {
    if (badge.kind !== "country" && badge.kind !== "border") return [];
    const total = scene.total(b);
    if (!total) return [];
    const code = badge.id.replace(/^(country|border):/, "");
    const ours = /^(country|border):[A-Z]{2}(-[A-Z]{2})?$/.test(badge.id);
    const name = !ours ? badge.name : badge.kind === "border" ? words.border(code) : words.country(code);
    const spoken = words.t(badge.kind === "border" ? "map.line" : "map.area", { n: total, place: name });
    const shares = families.map((_, f) => scene.marksOf.byBadge[b * families.length + f]);
    return [{ badge: b, name, total, spoken, shares }];
  });
  return entries.sort((a, b) => b.total - a.total);
}
