/**
 * Writes the name of each script that Node loads, and `connects` for each connection, to the file HERALD_LOADS names:
 * `node --import record-loads.mjs …`.
 */
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { register } from 'node:module';

const hook = `
import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  if (url.startsWith('file:')) appendFileSync(process.env.HERALD_LOADS, url.slice(url.lastIndexOf('/') + 1) + '\\n');
  return next(url, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
subscribe('net.client.socket', () => {
  appendFileSync(process.env.HERALD_LOADS, 'connects\n');
});
