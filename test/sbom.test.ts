import { describe, expect, test } from 'vitest';
import * as z from 'zod';

const moduleSchema = z.object({
  sbomOf: z.custom<(bundled: object) => string>((value) => typeof value === 'function'),
});
// The tools are plain JavaScript, which the types do not cover.
const { sbomOf } = moduleSchema.parse(await import(new URL('../tools/sbom.mjs', import.meta.url).href));

/** The fields of https://cyclonedx.org/docs/1.6/json/ that are written, and no other. */
const hash = z.strictObject({
  alg: z.enum(['SHA-256', 'SHA-512']),
  content: z.string().regex(/^(?:[0-9a-f]{64}|[0-9a-f]{128})$/),
});
const license = z.union([
  z.strictObject({ license: z.strictObject({ id: z.string() }) }),
  z.strictObject({ expression: z.string() }),
]);
const component = {
  'bom-ref': z.string().min(1),
  name: z.string().min(1),
  version: z.string(),
  licenses: z.array(license),
};
const bomSchema = z.strictObject({
  $schema: z.literal('http://cyclonedx.org/schema/bom-1.6.schema.json'),
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.6'),
  serialNumber: z.string().regex(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
  version: z.literal(1),
  metadata: z.strictObject({
    component: z.strictObject({
      type: z.literal('application'),
      ...component,
      components: z.array(
        z.strictObject({ type: z.literal('file'), name: z.string().min(1), hashes: z.array(hash) }),
      ),
    }),
  }),
  components: z.array(
    z.strictObject({
      type: z.literal('library'),
      group: z.string().optional(),
      purl: z.string(),
      hashes: z.array(hash),
      ...component,
    }),
  ),
  dependencies: z.array(z.strictObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

const integrity = `sha512-${Buffer.alloc(64, 7).toString('base64')}`;
const a = 'node_modules/@scope/a';
const b = `${a}/node_modules/b`;
const bundled = {
  name: 'herald',
  version: '1.2.3',
  license: 'MIT',
  scripts: [{ name: 'herald.mjs', sha256: 'ab'.repeat(32) }],
  files: new Map([
    ['src/main.ts', ''],
    [`${a}/index.js`, a],
    [`${b}/index.js`, b],
  ]),
  inputs: {
    'src/main.ts': { imports: [{ path: `${a}/index.js` }, { path: 'node_modules/gone/index.js' }] },
    [`${a}/index.js`]: { imports: [{ path: `${a}/other.js` }, { path: `${b}/index.js` }] },
    [`${b}/index.js`]: { imports: [] },
  },
  locked: {
    [a]: { version: '2.0.0', integrity, license: 'ISC' },
    [b]: { version: '0.1.0', integrity, license: '(MIT OR Apache-2.0)' },
    'node_modules/unused': { version: '9.9.9', integrity, license: 'MIT' },
  },
};

const read = (given: object): z.infer<typeof bomSchema> => bomSchema.parse(JSON.parse(sbomOf(given)));

describe('the bill of materials of the bundle', () => {
  test('has what is in the bundle, as the lock file knows it, and what needs what', () => {
    const bom = read(bundled);
    expect(bom.components.map(({ purl }) => purl)).toEqual(['pkg:npm/%40scope/a@2.0.0', 'pkg:npm/b@0.1.0']);
    expect(bom.components[0]).toMatchObject({
      group: '@scope',
      name: 'a',
      licenses: [{ license: { id: 'ISC' } }],
      hashes: [{ alg: 'SHA-512', content: '07'.repeat(64) }],
    });
    expect(bom.components[1]?.licenses).toEqual([{ expression: '(MIT OR Apache-2.0)' }]);
    expect(bom.metadata.component.components).toEqual([
      { type: 'file', name: 'herald.mjs', hashes: [{ alg: 'SHA-256', content: 'ab'.repeat(32) }] },
    ]);
    expect(bom.dependencies).toEqual([
      { ref: 'herald@1.2.3', dependsOn: ['pkg:npm/%40scope/a@2.0.0'] },
      { ref: 'pkg:npm/%40scope/a@2.0.0', dependsOn: ['pkg:npm/b@0.1.0'] },
      { ref: 'pkg:npm/b@0.1.0', dependsOn: [] },
    ]);
  });

  test('is the same for the same bundle, whatever the order, and has another number for another one', () => {
    const turned = { ...bundled, files: new Map([...bundled.files].reverse()) };
    expect(sbomOf(turned)).toBe(sbomOf(bundled));
    const other = [{ name: 'herald.mjs', sha256: 'cd'.repeat(32) }];
    expect(read({ ...bundled, scripts: other }).serialNumber).not.toBe(read(bundled).serialNumber);
  });

  test('fails for a package that the lock file does not know', () => {
    expect(() => sbomOf({ ...bundled, locked: {} })).toThrow(
      'package-lock.json does not know node_modules/@scope/a',
    );
  });
});
