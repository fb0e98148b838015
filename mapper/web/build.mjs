// Bundles src/main.js and its styles (with Leaflet's) into dist/: one script, one stylesheet.
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
