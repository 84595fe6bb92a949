import type { JsonLinesFormat, TextFormat, XmlElement, XmlFormat, XmlRoot } from './format.ts';
import type { ListedFormat } from './listed-formats.ts';
import { createXmlReader } from './xml/reader.ts';

/** What the first bytes of a file say about how to read it; `unknown` says why in one sentence. */
export type Sniffed =
  | { readonly syntax: 'xml'; readonly format: XmlFormat }
  /** Which JSON format it is, only the parsed value shows. */
  | { readonly syntax: 'json' }
  | { readonly syntax: 'json-lines'; readonly format: JsonLinesFormat }
  | { readonly syntax: 'text'; readonly format: TextFormat }
  | { readonly syntax: 'unknown'; readonly error: string; readonly isForeign: boolean };

function foreign(error: string): Sniffed {
  return { syntax: 'unknown', error, isForeign: true };
}

function broken(error: string): Sniffed {
  return { syntax: 'unknown', error, isForeign: false };
}

const textHeadCharacters = 4 * 1024;
const maxFirstValues = 10;
/**
 * What JSON begins with, behind the line that a wrapper of a tool may print (see `consumer.ts`); `[ERROR]` and the like
 * begin lines of build tools.
 */
const jsonStart = /^(?:\[command\][^\n]*\n\s*)?(?:\{|\[\s*(?:[\]"{[\d-]|true|false|null|$))/;

/** The formats of one syntax, in their order. */
export function formatsOf<Syntax extends ListedFormat['syntax']>(
  formats: readonly ListedFormat[],
  syntax: Syntax,
): readonly Extract<ListedFormat, { syntax: Syntax }>[] {
  return formats.filter(
    (format): format is Extract<ListedFormat, { syntax: Syntax }> => format.syntax === syntax,
  );
}

/** Most documents show their root and its first child in so many bytes. */
const sniffBytes = 1024;

/**
 * Shows start tags in the first bytes of a document, and about as many as are asked for: `visit` says when it has seen
 * enough.
 */
function eachElement(head: Uint8Array, visit: (element: XmlElement) => 'enough' | 'more'): void {
  const seen: { isEnough: boolean } = { isEnough: false };
  const reader = createXmlReader(
    {
      open: (element) => {
        if (visit(element) === 'enough') seen.isEnough = true;
      },
      close: () => undefined,
      end: () => undefined,
    },
    { warn: () => undefined, incomplete: () => undefined },
  );
  for (let at = 0; at < head.length && !seen.isEnough; at += sniffBytes)
    reader.write(head.subarray(at, at + sniffBytes));
  if (!seen.isEnough) reader.end();
}

/**
 * The root element of a document and its first child, as the first bytes show them, for the time that `look` takes:
 * attributes are read while the root's tag is there. Null when there is no element.
 */
function withRoot<Seen>(head: Uint8Array, look: (root: XmlRoot) => Seen): Seen | null {
  let firstChild: string | null = null;
  eachElement(head, ({ depth, name }) => {
    if (depth === 1) firstChild ??= name;
    return firstChild === null ? 'more' : 'enough';
  });
  const seen: Seen[] = [];
  eachElement(head, (element) => {
    if (seen.length > 0) return 'enough';
    const namespace = element.attribute('xmlns') ?? namespaceIn(head);
    const attribute = (name: string): string | null => element.attribute(name);
    seen.push(look({ name: element.name, namespace, attribute, firstChild }));
    return 'enough';
  });
  return seen[0] ?? null;
}

/** A namespace declared for a prefix: `<ns:TestRun xmlns:ns="…">`. */
function namespaceIn(head: Uint8Array): string | null {
  const start = new TextDecoder().decode(head.subarray(0, 2_048));
  return /<(\w+):\w+[^>]*?\sxmlns:\1\s*=\s*["']([^"']*)["']/.exec(start)?.[2] ?? null;
}

function sniffXml(head: Uint8Array, formats: readonly ListedFormat[]): Sniffed {
  const candidates = formatsOf(formats, 'xml');
  return (
    withRoot(head, (root): Sniffed => {
      const format = candidates.find((candidate) => candidate.detect(root));
      if (format !== undefined) return { syntax: 'xml', format };
      if (/^html$/i.test(root.name)) return foreign('is an HTML page, not a report');
      const name = root.name.slice(0, 60).replace(/[^\x20-\x7e]/g, '?');
      return foreign(`is XML with the root <${name}>, which is not a known report`);
    }) ?? broken('looks like XML and has no element')
  );
}

function parsedLines(text: string, complete: boolean): readonly unknown[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const whole = complete ? lines : lines.slice(0, -1);
  return whole.slice(0, maxFirstValues * 4).flatMap((line): unknown[] => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

function sniffJsonLines(text: string, complete: boolean, formats: readonly ListedFormat[]): Sniffed | null {
  const first = parsedLines(text, complete).slice(0, maxFirstValues);
  if (first.length === 0) return null;
  const format = formatsOf(formats, 'json-lines').find((candidate) => candidate.detect(first));
  return format === undefined ? null : { syntax: 'json-lines', format };
}

const knownBinaries: readonly (readonly [string, readonly number[]])[] = [
  ['a zip archive', [0x50, 0x4b, 0x03, 0x04]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['an SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
  ['an ELF program', [0x7f, 0x45, 0x4c, 0x46]],
];

function binaryKind(head: Uint8Array): string | null {
  const known = knownBinaries.find(([, magic]) => magic.every((byte, index) => head[index] === byte));
  if (known !== undefined) return known[0];
  // Zero bytes in XML come from tests that print them; in anything that starts otherwise they mean no text.
  return head.subarray(0, 512).includes(0) && head[0] !== 0x3c ? 'binary' : null;
}

/** Decides from the first bytes (UTF-8) how to read a file. `complete` = these are all of its bytes. */
export function sniff(head: Uint8Array, complete: boolean, formats: readonly ListedFormat[]): Sniffed {
  if (head.length === 0) return broken('is empty');
  const binary = binaryKind(head);
  if (binary !== null) return foreign(`is ${binary}, not a report`);
  const text = new TextDecoder().decode(head);
  const start = text.trimStart();
  if (start === '') return broken('holds only white space');
  if (start.startsWith('<')) return sniffXml(head, formats);
  const lines = sniffJsonLines(text, complete, formats);
  if (lines !== null) return lines;
  if (jsonStart.test(start)) return { syntax: 'json' };
  const format = formatsOf(formats, 'text').find((candidate) =>
    candidate.detect(text.slice(0, candidate.headCharacters ?? textHeadCharacters)),
  );
  if (format !== undefined) return { syntax: 'text', format };
  if (/<\?xml\b|<testsuites?\b|<coverage\b/.test(text)) return sniffXml(head, formats);
  return foreign(`is not a known report; it begins with "${firstWords(start)}"`);
}

function firstWords(text: string): string {
  return (text.split('\n', 1)[0] ?? '').slice(0, 40).replace(/[^\x20-\x7e]/g, '?');
}
