import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Cloudscape asks for Open Sans, which we do not ship (140 KB gz): let it ask for what the system has. */
function systemFont(): Plugin {
  return {
    name: 'system-font',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('@cloudscape-design') || !id.endsWith('.css')) return null;
      return code.replaceAll('"Open Sans", "Helvetica Neue", Roboto, Arial, sans-serif', 'system-ui, sans-serif');
    },
  };
}

/**
 * AppLayout holds three layouts and always shows the same one of them here; the other two, with the drag and drop of
 * their drawers, are a tenth of the first load.
 */
function onlyOneLayout(): Plugin {
  return {
    name: 'only-one-layout',
    enforce: 'pre',
    apply: 'build',
    resolveId(source, importer) {
      const unused = source === './classic' || source === './visual-refresh-toolbar';
      return unused && importer?.endsWith('/app-layout/internal.js') ? '\0unused-layout' : null;
    },
    load: (id) => (id === '\0unused-layout' ? 'export default () => null;' : null),
  };
}

/** Writes .br and .gz beside every text asset, so that the server never compresses at run time. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    async writeBundle(options, bundle) {
      const files = Object.keys(bundle).filter((name) => /\.(js|css|html|svg)$/.test(name));
      await Promise.all(
        files.map(async (name) => {
          const path = join(options.dir ?? '', name);
          const content = await readFile(path);
          const [br, gz] = await Promise.all([
            // 11 takes 2.3 s more of one core and saves 1.7 %.
            promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
            promisify(gzip)(content, { level: 9 }),
          ]);
          await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
        }),
      );
    },
  };
}

/** The website takes types from the server, never its code, but for tables of words, and sums, that know nothing else. */
function nothingOfTheServer(): Plugin {
  const server = fileURLToPath(new URL('../src/', import.meta.url));
  const tables = new Set(
    ['features/metrics/definitions.ts', 'features/metrics/intervals.ts', 'operations/zone-clock.ts'].map(
      (path) => `${server}${path}`,
    ),
  );
  return {
    name: 'nothing-of-the-server',
    load(id) {
      if (id.startsWith(server) && !tables.has(id))
        this.error(`${id} is the server's: import its types only, with \`import type\`.`);
    },
  };
}

/** In development the API is that of a running Cordboard; everything that is not the website goes there. */
const server = process.env.CORDBOARD_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: here,
  base: '/console/',
  plugins: [nothingOfTheServer(), systemFont(), onlyOneLayout(), react(), precompress()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 1200,
    // For scripts/third-party.mjs, which makes licenses.txt of it.
    license: { fileName: 'licenses.json' },
    // Which plugin takes how long is no news in the output of npm start.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: { proxy: { '^/(?!console/(?!api/)).+': { target: server, changeOrigin: false } } },
});
