// The page around the map: made once, handed the map, then driven by the bus.
//
//   const page = createPage({ store, bus });      // lays the page out
//   const map = createMap(page.mapBox, …);        // the map goes into its middle
//   await page.start({ map });                    // hash, opening filter, panels, first counts
//   page.filters, page.select(id), page.state()   // what window.mapper answers

/**
 * What the page asks of the map.
 * @typedef {object} MapView
 * @property {(bounds: [number, number, number, number]) => void} fit  south, west, north, east
 * @property {() => {lat: number, lon: number, zoom: number}} view
 * @property {(view: {lat: number, lon: number, zoom: number}) => void} setView
 * @property {(index: number) => void} show   brings a report's place into sight
 * @property {() => void} resize              the box has another size
 */
