/**
 * The bill of materials of the scripts in dist/, as CycloneDX 1.6 JSON (https://cyclonedx.org/docs/1.6/json/): every package whose code esbuild put
 * into the bundle, with the version, licence and integrity of package-lock.json. No time and no chance in it: the same
 * bundle gives the same bytes, and its serial number comes from its content.
 */
import { createHash } from 'node:crypto';

/**
 * @typedef {{ version: string, integrity?: string, license?: string, dependencies?: Record<string, string> }}
 * LockedPackage
 * @typedef {{ imports: readonly { path: string }[] }} MetafileInput
 * @typedef {object} Bundled
 * @property {string} name
 * @property {string} version
 * @property {string} license
 * @property {readonly { name: string, sha256: string }[]} scripts the files of the bundle
 * @property {ReadonlyMap<string, string>} files inputs whose code is in the bundle, with the folder of their package;
 * '' for Herald's own
 * @property {Readonly<Record<string, MetafileInput>>} inputs of esbuild's metafile
 * @property {Readonly<Record<string, LockedPackage>>} locked packages of package-lock.json by folder
 */

/** @param {string} folder @returns {string} the package's name */
function nameOf(folder) {
  return folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md
 * @param {string} name @param {string} version @returns {string} */
function purlOf(name, version) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** @param {string} integrity as npm writes it @returns {{ alg: string, content: string }[]} */
function hashesOf(integrity) {
  return integrity.split(' ').map((hash) => {
    const [, bits = '', content = ''] = /^sha(\d+)-(.+)$/.exec(hash) ?? [];
    return { alg: `SHA-${bits}`, content: Buffer.from(content, 'base64').toString('hex') };
  });
}

/** @param {string} license SPDX identifier or expression @returns {object[]} */
function licensesOf(license) {
  return /^[\w.+-]+$/.test(license) ? [{ license: { id: license } }] : [{ expression: license }];
}

/** @param {string} folder @param {LockedPackage | undefined} locked */
function componentOf(folder, locked) {
  const name = nameOf(folder);
  if (locked?.integrity === undefined || locked.license === undefined)
    throw new Error(`package-lock.json does not know ${folder} with integrity and licence`);
  const purl = purlOf(name, locked.version);
  const [group, own] = name.startsWith('@') ? name.split('/') : [undefined, name];
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group === undefined ? {} : { group }),
    name: own,
    version: locked.version,
    hashes: hashesOf(locked.integrity),
    licenses: licensesOf(locked.license),
    purl,
  };
}

/** A UUID whose digits are those of a hash. @param {string} text @returns {string} */
function serialNumberOf(text) {
  const hex = createHash('sha256').update(text).digest('hex');
  // Version 8 and variant of RFC 9562: made by a rule of one's own.
  const digits = `${hex.slice(0, 12)}8${hex.slice(13, 16)}8${hex.slice(17, 32)}`;
  return `urn:uuid:${digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}

/** @param {Bundled} bundled @returns {string} the bill of materials, as it is written */
export function sbomOf({ name, version, license, scripts, files, inputs, locked }) {
  const folders = [...new Set(files.values())].filter((folder) => folder !== '').sort();
  const components = new Map(folders.map((folder) => [folder, componentOf(folder, locked[folder])]));
  const root = `${name}@${version}`;
  /** @type {Map<string, Set<string>>} */
  const needs = new Map(
    [root, ...[...components.values()].map(({ purl }) => purl)].map((ref) => [ref, new Set()]),
  );
  /** @param {string | undefined} folder */
  const refOf = (folder) => (folder === '' ? root : components.get(folder ?? '?')?.purl);
  for (const [file, folder] of files)
    for (const { path } of inputs[file]?.imports ?? []) {
      const [from, to] = [refOf(folder), refOf(files.get(path))];
      if (from !== undefined && to !== undefined && from !== to) needs.get(from)?.add(to);
    }
  const body = {
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': root,
        name,
        version,
        licenses: licensesOf(license),
        components: scripts.map((script) => ({
          type: 'file',
          name: script.name,
          hashes: [{ alg: 'SHA-256', content: script.sha256 }],
        })),
      },
    },
    // Two folders can hold one version of one package.
    components: [
      ...new Map([...components.values()].map((component) => [component.purl, component])).values(),
    ],
    dependencies: [...needs].map(([ref, on]) => ({ ref, dependsOn: [...on].sort() })),
  };
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: serialNumberOf(JSON.stringify(body)),
    ...body,
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}
