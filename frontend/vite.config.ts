// One file for each page that has a script, named as templates name it ({{asset_writing_js}}); the address in
// the page carries the hash of the content, so the name itself needs none.
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: ["es2020", "safari14"],
    modulePreload: false,
    emptyOutDir: true,
    rollupOptions: {
      input: { writing: "src/writing.ts", passkeys: "src/passkeys.ts" },
      output: { entryFileNames: "assets/[name].js" },
    },
  },
});
