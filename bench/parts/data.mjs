/** Files that the bench generates once, in `bench/.data`, and what Herald reads in them. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { generateJunit } from '../generate-junit.mjs';
import { data } from '../paths.mjs';

/** @param {string} name @param {(path: string) => Promise<void>} generate */
export async function dataFile(name, generate) {
  mkdirSync(data, { recursive: true });
  const path = join(data, name);
  if (!existsSync(path)) await generate(path);
  return path;
}

/** @param {number} tests @param {number} outputBytes of each test */
export function junitFile(tests, outputBytes = 0) {
  const name = `junit-${tests}${outputBytes === 0 ? '' : '-output'}.xml`;
  return dataFile(name, (path) => generateJunit(path, tests, outputBytes));
}

export function megabytesOf(path) {
  return `${(statSync(path).size / 1e6).toFixed(0)} MB`;
}

/** What `inspect --json` printed of one file. Throws where it read less than is there. */
export function readOf({ last }, kind, total) {
  const read = JSON.parse(last.stdout);
  const found = read[kind]?.total;
  if (found !== total) throw new Error(`${read.path}: ${found} of ${total} ${kind}; ${read.error ?? ''}`);
  return read;
}
