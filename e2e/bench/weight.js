// @ts-check
// Weighs the scripts that a page loads to record one event: minified, and by gzip and brotli at their strongest.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { whole } from './figures.js';
import { figureCell, peerTable } from './table.js';
import { createVisitor } from './visit.js';

/** @typedef {{ minified: number, gzip: number, brotli: number, files: number }} Bytes */
/** @typedef {{ loaded: Bytes, apart: Bytes }} Weight `apart`: built, and not loaded for this */

/** @param {Buffer} script */
const brotli = (script) =>
  brotliCompressSync(script, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: script.length,
    },
  }).length;

/** @param {Buffer[]} scripts @returns {Bytes} */
const weigh = (scripts) => {
  const bytes = { minified: 0, gzip: 0, brotli: 0, files: scripts.length };
  for (const script of scripts) {
    bytes.minified += script.length;
    bytes.gzip += gzipSync(script, { level: 9 }).length;
    bytes.brotli += brotli(script);
  }
  return bytes;
};

const reasons = {
  snowplow: 'signs no request and stores no credentials: its collector accepts events from anybody',
  'search-insights':
    'signs no request, stores no event and reads no answer: it is a beacon for each event, and some code around it',
};

/** @type {import('./dimensions.js').Dimension<Weight>} */
export const weight = {
  title: 'Weight: what a page loads to record one event, in bytes',
  legend: `The table counts all scripts that a page has loaded when one event has arrived, lazy chunks included. Each is compressed
by itself (gzip 9, brotli 11). esbuild bundles them for ES2020, except this tracker's, which are the files of its tag. The
few lines that start and call each one are included. "Not loaded": chunks that were built and that this page did not need.`,
  floor: 'the bytes of its few calls',
  reasons,
  // A build weighs the same each time.
  isConstant: true,
  // Pages mostly wait, and no time is measured.
  parallel: true,
  async measure({ world, browser, bundle }) {
    const trial = world.open(bundle);
    const visitor = await createVisitor(browser, trial);
    const visit = await visitor.visit();
    await visit.click();
    await visit.flush();
    await visit.arrival(1);
    await visit.rest();
    const { loaded, arrivals } = trial.seen;
    if (!arrivals.size) throw new Error('the event has not arrived');
    await visitor.close();
    trial.close();
    const of = (/** @type {boolean} */ isLoaded) =>
      weigh([...bundle.files].filter(([path]) => loaded.has(path) === isLoaded).map(([, script]) => script));
    return { loaded: of(true), apart: of(false) };
  },
  toTables: (peers, results) => [
    peerTable(['minified', 'gzip', 'brotli', 'files', 'not loaded, brotli'], peers, ({ name }) => {
      const [{ loaded, apart }] = results[name];
      return [
        ...[loaded.minified, loaded.gzip, loaded.brotli].map((bytes) => figureCell([bytes])),
        whole(loaded.files),
        apart.files ? `${whole(apart.brotli)} in ${apart.files}` : '',
      ];
    }),
  ],
  charts: (peers, results) => [
    {
      name: 'weight',
      title: 'What a page loads to record one event, brotli',
      unit: 'bytes',
      series: [{ name: 'loaded', values: peers.map(({ name }) => results[name][0].loaded.brotli) }],
    },
  ],
};
