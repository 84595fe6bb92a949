import { wellFormed } from '../../model/well-formed.ts';
import { visibleLine } from '../words/visible-text.ts';

/**
 * Paths of what GitLab links back from: an address of one of them leaves "mentioned in" on it at every edit of a
 * comment.
 */
const referencePath =
  /\/(?:issues|merge_requests|milestones|snippets|commit|compare|epics|work_items|iterations|vulnerabilities|alert_management|designs|labels|feature_flags|wikis)\b/i;

/** The full report, beside other files of a run. */
export const reportPage = 'herald-report.html';

/** Of a line of the changes, of a file, of a job's log. */
const lineFragment = /^#(?:[0-9a-f]{40}_\d+_\d+|L\d+(?:-L?\d+)?)$/;

/**
 * The address in characters that end it in no syntax (ampersands stay), or null when it is neither http nor https.
 *
 * An address of an issue, merge request or commit gets a fragment that GitLab's reference pattern does not take
 * (`link_reference_pattern` in `app/models/concerns/referable.rb` of gitlabhq/gitlabhq allows `#[a-z0-9_-]+`), so that
 * it stays a link and leaves no "mentioned in" behind. Where the fragment leads to a line it has to stay, and a query
 * that the pattern does not take (`?line=.`) does the same.
 *
 * A link whose words are its own address is a reference whatever follows the path (`link == text` in
 * `lib/banzai/filter/references/abstract_reference_filter.rb`): the address gets a run of dots that is longer than any
 * in `words`.
 */
export function linkAddress(url: string, words = ''): string | null {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null;
  if (referencePath.test(decoded(parsed.pathname))) {
    const dots = words.includes('://') ? longerThanAnyIn(words) : '.';
    if (lineFragment.test(parsed.hash)) parsed.search = `?line=${dots}`;
    else parsed.hash = `${parsed.hash}${dots}`;
  }
  return parsed.href.replace(/%(?![0-9a-f]{2})/gi, '%25').replace(/["'()<>[\\\]^`{|}]/g, percentEncoded);
}

function longerThanAnyIn(words: string): string {
  const runs = visibleLine(words).match(/\.+/g) ?? [];
  return '.'.repeat(1 + runs.reduce((longest, run) => Math.max(longest, run.length), 0));
}

/**
 * `<project>/-/blob/<sha>/<path>#L<line>` with every part of the path encoded; null for a path that leaves the project.
 */
export function fileAddress(projectUrl: string, sha: string, place: FilePlace): string | null {
  const path = encodedPath(place.path);
  if (path === null) return null;
  return `${projectUrl}/-/blob/${sha}/${path}${place.line === null ? '' : `#L${place.line}`}`;
}

/**
 * `<project>/-/jobs/<id>/artifacts/<view>/<path>` with every part of the path encoded: `file` is GitLab's page of it,
 * `raw` the file itself; null for a path that leaves the project.
 */
export function artifactAddress(
  projectUrl: string,
  jobId: number,
  { view, path }: { readonly view: 'file' | 'raw'; readonly path: string },
): string | null {
  const encoded = encodedPath(path);
  return encoded === null ? null : `${projectUrl}/-/jobs/${jobId}/artifacts/${view}/${encoded}`;
}

function encodedPath(path: string): string | null {
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (/^(?:\/|[a-z]:)/i.test(path) || parts.length === 0 || parts.includes('..')) return null;
  return parts.map((part) => encodeURIComponent(wellFormed(part))).join('/');
}

export interface FilePlace {
  /** Relative to the project. */
  readonly path: string;
  readonly line: number | null;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
