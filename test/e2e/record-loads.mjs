/** Writes the name of each script that Node loads to the file HERALD_LOADS names: `node --import record-loads.mjs …`. */
import { register } from 'node:module';

const hook = `
import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  if (url.startsWith('file:')) appendFileSync(process.env.HERALD_LOADS, url.slice(url.lastIndexOf('/') + 1) + '\\n');
  return next(url, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
