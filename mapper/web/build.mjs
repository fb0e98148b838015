// Bundles src/main.js and src/style.css (with Leaflet's) into dist/: one script, one stylesheet.
// Data URLs for Leaflet's images keep the page free of requests.
import { build } from "esbuild";

await build({
  entryPoints: { page: "src/main.js" },
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome100", "firefox100", "safari15"],
  charset: "ascii",
  legalComments: "inline",
  loader: { ".png": "dataurl", ".svg": "text" },
  logLevel: "warning",
});
