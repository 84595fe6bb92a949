/** Where the bench finds what it measures and leaves what it generates. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const bench = dirname(fileURLToPath(import.meta.url));
export const root = join(bench, '..');
export const herald = join(root, 'dist/herald.mjs');
/** Generated files and bundles; not in git. */
export const data = join(bench, '.data');
export const peers = join(bench, 'peers');
