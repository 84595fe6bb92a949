import type { TaggedCommit } from '../../model/release-range.ts';
import { compareVersions, type VersionTag, versionOf } from './version-tag.ts';

interface Candidate extends TaggedCommit, VersionTag {}

/** Versions of the same line of releases, the highest first. */
function versionsBelow(own: VersionTag, others: readonly TaggedCommit[]): readonly Candidate[] {
  return others
    .flatMap((one): readonly Candidate[] => {
      const version = versionOf(one.tag);
      return version !== null && version.prefix === own.prefix && compareVersions(version, own) < 0
        ? [{ ...one, ...version }]
        : [];
    })
    .sort((a, b) => compareVersions(b, a));
}

/**
 * The tags that may be the release before a tag, the best first. Of a version these are lower versions of the same line
 * by their order: a release comes after the release before it, whatever release candidates are between, and
 * `v1.4.1` of a maintenance branch comes after `v1.4.0`, even where `v2.0.0` is there. Of a tag without a version they
 * are older tags without one, the newest first.
 */
export function releasesBefore(wanted: TaggedCommit, tags: readonly TaggedCommit[]): readonly TaggedCommit[] {
  const others = tags.filter(({ tag }) => tag !== wanted.tag);
  const own = versionOf(wanted.tag);
  if (own === null)
    return others
      .filter(({ tag, at, sha }) => versionOf(tag) === null && at <= wanted.at && sha !== wanted.sha)
      .sort((a, b) => b.at - a.at);
  const lower = versionsBelow(own, others);
  return own.version.prerelease.length > 0
    ? lower
    : lower.filter(({ version }) => version.prerelease.length === 0);
}

/**
 * The newest release: the highest version without a pre-release, else the highest, else the newest tag; null
 * without tags. Where several lines of releases have versions, the one with the newest tag counts.
 */
export function newestRelease(tags: readonly TaggedCommit[]): TaggedCommit | null {
  const newestFirst = [...tags].sort((a, b) => b.at - a.at);
  const line = newestFirst.flatMap(({ tag }) => versionOf(tag) ?? [])[0]?.prefix;
  if (line === undefined) return newestFirst[0] ?? null;
  const versions = newestFirst
    .flatMap((one): readonly Candidate[] => {
      const version = versionOf(one.tag);
      return version?.prefix === line ? [{ ...one, ...version }] : [];
    })
    .sort((a, b) => compareVersions(b, a));
  return versions.find(({ version }) => version.prerelease.length === 0) ?? versions[0] ?? null;
}
