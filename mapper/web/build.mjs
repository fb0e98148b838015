// Bundles src/main.js and its styles (with Leaflet's) into dist/: one script, one stylesheet.
// Data URLs for Leaflet's images keep the page free of requests.
import { build } from "esbuild";

const shared = {
  bundle: true,
  minify: true,
  target: ["chrome100", "firefox100", "safari15"],
  charset: "ascii",
  legalComments: "inline",
  logLevel: "warning",
};

await build({
  ...shared,
  entryPoints: { page: "src/main.js" },
  outdir: "dist",
  format: "iife",
  loader: { ".png": "dataurl", ".svg": "text" },
});
