/** The parts of the bench, in the order in which they run and are shown. */
import { join } from 'node:path';
import { loadEmbedded } from './embedded.mjs';
import { benchBot } from './parts/bot.mjs';
import { benchCompare } from './parts/compare.mjs';
import { benchDigest } from './parts/digest.mjs';
import { benchCoverage, benchFiles } from './parts/files.mjs';
import { benchFormats } from './parts/formats.mjs';
import { benchGrowth } from './parts/growth.mjs';
import { benchJson } from './parts/json.mjs';
import { benchJsonFormats } from './parts/json-formats.mjs';
import { benchPage } from './parts/page.mjs';
import { benchReport } from './parts/report.mjs';
import { benchStart } from './parts/start.mjs';
import { benchTraces } from './parts/traces.mjs';
import { benchWaterfall } from './parts/waterfall.mjs';
import { benchXml } from './parts/xml.mjs';
import { root } from './paths.mjs';
import { benchServe, benchServeHere } from './serve.mjs';

const nothing = { figures: {}, tables: [] };

/** @type {Readonly<Record<string, () => Promise<import('./page.mjs').Measured>>>} */
export const parts = {
  start: benchStart,
  bot: benchBot,
  report: benchReport,
  waterfall: benchWaterfall,
  growth: benchGrowth,
  xml: benchXml,
  json: benchJson,
  'json-formats': benchJsonFormats,
  coverage: benchCoverage,
  files: benchFiles,
  page: benchPage,
  compare: benchCompare,
  formats: benchFormats,
  traces: benchTraces,
  digest: benchDigest,
  // What they measure is in their own lines where they give nothing.
  serve: async () => (await benchServe()) ?? nothing,
  'serve-here': async () =>
    (await benchServeHere(await loadEmbedded(), join(root, 'dist/herald.mjs'))) ?? nothing,
};
