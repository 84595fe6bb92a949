import { readFileSync } from 'node:fs';

/** A message in the shape that the documentation of its tool has. */
export function alertFixture(name: string): Readonly<Record<string, unknown>> {
  const url = new URL(`../../fixtures/alerts/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Readonly<Record<string, unknown>>;
}
