import { createHash } from 'node:crypto';
import { Unreadable } from './consumer.ts';
import { isGzip } from './unzipped.ts';

/** One file of a gzip file that may hold several, one after another. */
export interface GzipMember {
  /** As the header has it: GitLab's runner writes the whole path; null where it has none that can be shown. */
  readonly path: string | null;
  readonly unpackedBytes: number;
  /** SHA-256 of the unpacked bytes. */
  readonly digest: string;
  /** The member alone, still packed. */
  readonly packed: Uint8Array;
}

export interface MemberLimits {
  /** Of all members together. */
  readonly maxUnpackedBytes: number;
  readonly maxMembers: number;
}

const fixedHeaderBytes = 10;
const trailerBytes = 8;
const flags = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;
const maxPathLength = 400;

function brokenAt(what: string): Unreadable {
  return new Unreadable(`is a gzip file that is cut off or broken (${what})`);
}

/** Reads the fields of a header in order. */
class Header {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.at = start + fixedHeaderBytes;
    if (this.at > bytes.length) throw brokenAt('its header ends too early');
  }

  skip(count: number): void {
    this.at += count;
  }

  skipExtra(): void {
    this.skip(2 + (this.#bytes[this.at] ?? 0) + (this.#bytes[this.at + 1] ?? 0) * 256);
  }

  text(): string {
    const end = this.#bytes.indexOf(0, this.at);
    if (end < 0) throw brokenAt('its header ends too early');
    const text = new TextDecoder().decode(
      this.#bytes.subarray(this.at, Math.min(end, this.at + maxPathLength)),
    );
    this.at = end + 1;
    return text;
  }
}

/** A path that can be shown: a stranger may have written it. */
function shownPath(text: string): string | null {
  const path = text.replace(/^(?:\.?\/)+/, '');
  return path === '' || /[\p{C}\p{Zl}\p{Zp}]/u.test(path) ? null : path;
}

/** GitLab's runner keeps the name alone in the name, and the whole path in the comment. */
function readHeader(
  bytes: Uint8Array,
  start: number,
): { readonly path: string | null; readonly end: number } {
  const header = new Header(bytes, start);
  const has = bytes[start + 3] ?? 0;
  if ((has & flags.extra) !== 0) header.skipExtra();
  const name = (has & flags.name) === 0 ? '' : header.text();
  const comment = (has & flags.comment) === 0 ? '' : header.text();
  if ((has & flags.headerCrc) !== 0) header.skip(2);
  if (header.at > bytes.length) throw brokenAt('its header ends too early');
  return { path: shownPath(comment) ?? shownPath(name), end: header.at };
}

interface Body {
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly digest: string;
}

async function readBody(packed: Uint8Array, maxBytes: number): Promise<Body> {
  const { createInflateRaw } = await import('node:zlib');
  const inflate = createInflateRaw();
  const hash = createHash('sha256');
  let unpackedBytes = 0;
  inflate.end(packed);
  try {
    for await (const chunk of inflate) {
      if (!(chunk instanceof Uint8Array)) continue;
      unpackedBytes += chunk.byteLength;
      if (unpackedBytes > maxBytes) throw new Unreadable('is too large when it is unpacked');
      hash.update(chunk);
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw brokenAt(error instanceof Error ? error.message : String(error));
  }
  return { packedBytes: inflate.bytesWritten, unpackedBytes, digest: hash.digest('hex') };
}

/**
 * The members of a gzip file. Where a job names several files for one report, GitLab's runner packs each as a member of
 * its own, and nobody can read them when they are unpacked as one. Nothing unpacked is kept; whether each member is
 * whole is checked when it is read. Throws `Unreadable` for what is broken, or larger than the limits.
 * Source: RFC 1952, section 2; `commands/helpers/archives` of gitlab-runner
 */
export async function gzipMembers(bytes: Uint8Array, limits: MemberLimits): Promise<readonly GzipMember[]> {
  const members: GzipMember[] = [];
  let left = limits.maxUnpackedBytes;
  for (let start = 0; start < bytes.length; ) {
    if (!isGzip(bytes.subarray(start))) throw brokenAt('something else follows in it');
    if (members.length >= limits.maxMembers)
      throw new Unreadable(`holds more than ${limits.maxMembers} files`);
    const { path, end } = readHeader(bytes, start);
    const { packedBytes, unpackedBytes, digest } = await readBody(bytes.subarray(end), left);
    const next = end + packedBytes + trailerBytes;
    if (next > bytes.length) throw brokenAt('it ends too early');
    members.push({ path, unpackedBytes, digest, packed: bytes.subarray(start, next) });
    left -= unpackedBytes;
    start = next;
  }
  return members;
}
