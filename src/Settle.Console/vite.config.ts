import { defineConfig } from "vite";

// What the server embeds is committed, so its names are stable and its bytes the same on every
// machine. `npm run dev` serves the sources and passes questions on to `settle serve`.
export default defineConfig({
  base: "./",
  build: {
    outDir: "../Settle.AspNetCore/wwwroot",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        entryFileNames: "app.js",
        chunkFileNames: "[name].js",
        assetFileNames: (asset) =>
          asset.names[0]?.endsWith(".css") ? "app.css" : "[name][extname]",
      },
    },
  },
  worker: {
    format: "es",
    rollupOptions: { output: { entryFileNames: "verify.js" } },
  },
  server: {
    // The server takes only what its own page asks: it sees the page's own host and origin.
    proxy: {
      "/v1": {
        target: process.env.SETTLE_URL ?? "http://127.0.0.1:7171",
        changeOrigin: false,
      },
    },
  },
});
