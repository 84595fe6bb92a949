/**
 * How often a property that costs much is tried: a fifth of `all` in `npm test`, all in `npm run test:slow` and
 * `npm run test:random`. The fifth are the first of them, as the seed is the same.
 */
export function runs(all: number): number {
  return process.env['HERALD_TEST_ALL_RUNS'] === undefined ? Math.ceil(all / 5) : all;
}
