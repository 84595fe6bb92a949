import type { SemVer } from 'semver';
import parse from 'semver/functions/parse.js';

/** A tag that names a version. */
export interface VersionTag {
  /** What is before the version: `v`, `web/v`, `release-`; only tags with the same one are of one line of releases. */
  readonly prefix: string;
  readonly version: SemVer;
}

const longest = 255;
/** Numbers with dots, what comes before the release, and the build; a number alone counts where none has dots. */
const forms = [
  /(?<!\d|\d\.)(\d{1,9}(?:\.\d{1,9}){1,3})((?:-[\dA-Za-z.-]{1,100}|[A-Za-z][\dA-Za-z.-]{0,99})?)((?:\+[\dA-Za-z.-]{1,100})?)$/y,
  /(?<!\d)(\d{1,9})((?:-[\dA-Za-z.-]{1,100})?)((?:\+[\dA-Za-z.-]{1,100})?)$/y,
];
const day = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/;

/** Calendar versions have leading zeros and other tools a fourth number, which semantic versions must not have. */
function asSemver(numbers: string, before: string, build: string): string {
  const [major = '0', minor = '0', patch = '0', fourth] = numbers
    .split('.')
    .map((part) => String(Number(part)));
  // People count `rc10` after `rc2`, and semantic versioning only `rc.10` after `rc.2`.
  const counted = before.replace(/(?<=[A-Za-z])(?=\d+$)/, '.').replace(/^(?=[A-Za-z])/, '-');
  const last = fourth === undefined ? build : `+${fourth}${build.replace('+', '.')}`;
  return `${major}.${minor}.${patch}${counted}${last}`;
}

/**
 * The version at the end of a tag; null for tags without one. `1.4` is `1.4.0`, and `2026-11-01` is a version like
 * `2026.11.1`. Source of the order: https://semver.org/#spec-item-11
 */
export function versionOf(tag: string): VersionTag | null {
  if (tag.length > longest) return null;
  const written = tag.replace(day, '$1.$2.$3');
  for (const form of forms)
    for (let at = 0; at < written.length; at += 1) {
      form.lastIndex = at;
      const [, numbers, before = '', build = ''] = form.exec(written) ?? [];
      if (numbers === undefined) continue;
      const version = parse(asSemver(numbers, before, build), { loose: true });
      if (version !== null) return { prefix: written.slice(0, at), version };
    }
  return null;
}

/** Whether a tag names a version before its release: `v2.0.0-rc.1`. */
export function isPreRelease(tag: string): boolean {
  const found = versionOf(tag);
  return found !== null && found.version.prerelease.length > 0;
}

/** The order of releases, also of those that differ by their build alone. */
export function compareVersions(a: VersionTag, b: VersionTag): number {
  return a.version.compare(b.version) || a.version.compareBuild(b.version);
}
