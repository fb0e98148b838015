// Bundles src/main.js and its styles (with Leaflet's) into dist/: one script, one stylesheet; and a
// second script for pages that hold vector tiles.
// Data URLs for Leaflet's images keep the page free of requests.
import { resolve } from "node:path";
import { build } from "esbuild";

/** Only the parts of Leaflet that the page uses: half of it. */
const parts = {
  name: "parts-of-leaflet",
  setup({ onResolve }) {
    onResolve({ filter: /^leaflet$/ }, () => ({ path: resolve("src/map/leaflet.js") }));
  },
};

const unused = {
  name: "styles-we-do-not-use",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@protomaps\/basemaps$/ }, () => ({ path: "basemaps", namespace: "none" }));
    onLoad({ filter: /./, namespace: "none" }, () => ({
      contents: "export const namedFlavor = () => ({}), get_country_name = () => [], get_multiline_name = get_country_name;",
    }));
  },
};

const shared = {
  bundle: true,
  minify: true,
  target: ["chrome100", "firefox100", "safari15"],
  charset: "ascii",
  legalComments: "inline",
  logLevel: "warning",
  plugins: [parts],
};

await build({
  ...shared,
  entryPoints: { page: "src/main.js" },
  outdir: "dist",
  format: "iife",
  loader: { ".png": "dataurl", ".svg": "text" },
});

// The program of pages with vector tiles of the user's own; the stylesheet is the same. The library
// reads Leaflet as a global; its ready-made styles, which we do not use, are left out.
await build({
  ...shared,
  entryPoints: { streets: "src/streets.js" },
  outdir: "dist",
  format: "iife",
  inject: ["src/map/leafletglobal.js"],
  loader: { ".css": "empty", ".png": "dataurl", ".svg": "text" },
  plugins: [parts, unused],
});
