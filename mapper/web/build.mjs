// Bundles src/main.js and its styles (with Leaflet's) into dist/: one script, one stylesheet.
// Data URLs for Leaflet's images keep the page free of requests. `import text from "worker:x.js"`
// gives the bundled source of a worker as a string, to be started from a Blob.
import { build } from "esbuild";
import { dirname, resolve } from "node:path";

const shared = {
  bundle: true,
  minify: true,
  target: ["chrome100", "firefox100", "safari15"],
  charset: "ascii",
  legalComments: "inline",
  logLevel: "warning",
};

const worker = {
  name: "worker",
  setup(plugin) {
    plugin.onResolve({ filter: /^worker:/ }, ({ path, importer }) => ({
      path: resolve(dirname(importer), path.slice("worker:".length)),
      namespace: "worker",
    }));
    plugin.onLoad({ filter: /.*/, namespace: "worker" }, async ({ path }) => {
      const made = await build({ ...shared, entryPoints: [path], format: "iife", write: false });
      return { contents: made.outputFiles[0].text, loader: "text", watchFiles: [path] };
    });
  },
};

await build({
  ...shared,
  entryPoints: { page: "src/main.js" },
  outdir: "dist",
  format: "iife",
  loader: { ".png": "dataurl", ".svg": "text" },
  plugins: [worker],
});
