import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const corpus = process.env['HERALD_CORPUS'];
const check = corpus === undefined ? null : join(corpus, '..', 'cases', 'check.mjs');
const isThere = check !== null && existsSync(check);

describe('small inputs with known answers', () => {
  test.skipIf(!isThere)('all hold for dist/herald.mjs (skipped where the corpus comes without them)', () => {
    const result = spawnSync(process.execPath, [check ?? '', 'dist/herald.mjs'], { encoding: 'utf8' });
    expect(result.status, result.stdout + result.stderr).toBe(0);
    expect(result.stdout).toMatch(/^[1-9]\d* passed, 0 failed$/m);
  });
});
