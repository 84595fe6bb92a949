/** Bytes of a report in whatever encoding → UTF-8 bytes. */

const declarationBytes = 200;

type Decoder = InstanceType<typeof TextDecoder>;

interface Detected {
  /** A label that `TextDecoder` knows; null for UTF-8, which passes through. */
  readonly label: string | null;
  /** Bytes of the byte order mark. */
  readonly skip: number;
  readonly warning: string | null;
}

const utf8: Detected = { label: null, skip: 0, warning: null };

/** Labels as tools write them → as the Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels) knows them. */
function labelOf(declared: string): string {
  const label = declared.trim().toLowerCase().replaceAll('_', '-');
  return /^iso8859-\d+$/.test(label)
    ? label.replace('iso8859', 'iso-8859')
    : label.replace(/^cp(125\d)$/, 'windows-$1');
}

function fromDeclaration(head: Uint8Array): Detected {
  const start = new TextDecoder('latin1').decode(head.subarray(0, declarationBytes));
  const declared = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(start)?.[1];
  if (declared === undefined) return utf8;
  const label = labelOf(declared);
  // Tools that declare ASCII write UTF-8 all the same. A declared UTF-16 that could be read byte by byte up to here is
  // none.
  if (label === 'us-ascii' || label === 'ascii') return utf8;
  try {
    const { encoding } = new TextDecoder(label);
    return encoding === 'utf-8' || encoding.startsWith('utf-16')
      ? utf8
      : { label: encoding, skip: 0, warning: null };
  } catch {
    return { label: null, skip: 0, warning: `unknown encoding "${declared}", read as UTF-8` };
  }
}

/**
 * The encoding of a file by its first bytes: byte order mark, then the pattern of zero bytes, then the XML declaration;
 * UTF-8 otherwise. Source: https://www.w3.org/TR/xml/#sec-guessing
 */
function detectEncoding(head: Uint8Array): Detected {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { label: null, skip: 3, warning: null };
  if (first === 0xff && second === 0xfe) return { label: 'utf-16le', skip: 2, warning: null };
  if (first === 0xfe && second === 0xff) return { label: 'utf-16be', skip: 2, warning: null };
  const opens = (byte: number | undefined): boolean => byte === 0x3c || byte === 0x7b || byte === 0x5b;
  if (opens(first) && second === 0) return { label: 'utf-16le', skip: 0, warning: null };
  if (first === 0 && opens(second)) return { label: 'utf-16be', skip: 0, warning: null };
  return fromDeclaration(head);
}

/**
 * The chunks of a file as UTF-8 without a byte order mark; UTF-8 passes through uncopied. `warn` hears of an unknown
 * encoding.
 */
export async function* toUtf8(
  chunks: AsyncIterable<Uint8Array>,
  warn: (message: string) => void,
): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  let decoder: Decoder | null = null;
  let started = false;
  let head: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (started) {
      yield decoder === null ? chunk : encoder.encode(decoder.decode(chunk, { stream: true }));
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < declarationBytes) continue;
    started = true;
    decoder = decoderFor(head, warn);
    yield firstOf(head, decoder, encoder);
  }
  if (!started) {
    decoder = decoderFor(head, warn);
    yield firstOf(head, decoder, encoder);
  }
  if (decoder !== null) yield encoder.encode(decoder.decode());
}

function decoderFor(head: Uint8Array, warn: (message: string) => void): Decoder | null {
  const { label, warning } = detectEncoding(head);
  if (warning !== null) warn(warning);
  return label === null ? null : new TextDecoder(label);
}

function firstOf(
  head: Uint8Array,
  decoder: Decoder | null,
  encoder: InstanceType<typeof TextEncoder>,
): Uint8Array {
  const content = head.subarray(detectEncoding(head).skip);
  return decoder === null ? content : encoder.encode(decoder.decode(content, { stream: true }));
}
