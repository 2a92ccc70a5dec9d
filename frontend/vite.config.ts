// One file for each page that has a script, named as templates name it ({{asset_writing_js}}); the address in
// the page carries the hash of the content, so the name itself needs none. tools/frontend bundles each by
// itself (PAGE), so that no page waits for a second file.
import { defineConfig } from "vite";

const pages: Record<string, string> = {
  drop: "src/drop_page.ts", embed: "src/embed.ts", help: "src/help_page.ts", leave: "src/leave.ts", look: "src/look_page.ts",
  passkeys: "src/passkeys.ts", photos: "src/photos_page.ts", worker: "src/worker.ts", writing: "src/writing.ts",
};
const page = process.env.PAGE ?? "";
// No module: one is told by document.currentScript where it stands, the other browsers of 2020 take no other way.
const classic = ["embed", "worker"];

export default defineConfig({
  build: {
    target: ["es2020", "safari14"],
    modulePreload: false,
    emptyOutDir: false,
    rollupOptions: {
      input: { [page]: pages[page]! },
      output: { entryFileNames: "assets/[name].js", format: classic.includes(page) ? "iife" : "es" },
    },
  },
});
