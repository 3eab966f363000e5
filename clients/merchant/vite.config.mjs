import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// The page is a folder of files under /merchant; whoever serves it needs nothing else.
export default defineConfig({
  root: fileURLToPath(new URL('page', import.meta.url)),
  base: '/merchant/',
  build: { outDir: '../dist/site', emptyOutDir: true, target: 'es2023', reportCompressedSize: false, chunkSizeWarningLimit: 1_000 },
});
