/** The end of a key: `error: |-`. Keys of a block are at one column; deeper lines belong to the key above. */
const entry = /^(\s*)(?:'([^']{1,100})'|"([^"]{1,100})"|([\w$.-]{1,100})):(?:\s+(.*)|\s*)$/;
const block = /^[|>][-+]?\d?$/;

function indentOf(line: string): number {
  return line.search(/\S|$/);
}

function dedented(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map(indentOf);
  const shared = Math.min(...indents);
  return Number.isFinite(shared)
    ? lines
        .map((line) => line.slice(shared))
        .join('\n')
        .trimEnd()
    : '';
}

function unquoted(value: string): string {
  const [, quote, inner] = /^(['"])(.*)\1$/s.exec(value) ?? [];
  if (inner === undefined) return value;
  if (quote === "'") return inner.replaceAll("''", "'");
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'string' ? parsed : inner;
  } catch {
    return inner;
  }
}

/**
 * The fields of the YAML block of a test point, each as text: block scalars without their indentation, quotes taken
 * off, nested values as they are written. Read leniently, as producers write what no parser takes: classes, circles.
 */
export function yamlFields(lines: readonly string[]): ReadonlyMap<string, string> {
  const first = lines.find((line) => entry.test(line));
  const fields = new Map<string, string>();
  if (first === undefined) return fields;
  const column = indentOf(first);
  let key: string | null = null;
  let value = '';
  let below: string[] = [];
  const close = (): void => {
    if (key === null) return;
    const text =
      block.test(value) || value === '' ? dedented(below) : unquoted([value, ...below].join('\n').trim());
    if (!fields.has(key)) fields.set(key, text);
  };
  for (const line of lines) {
    const match = indentOf(line) === column ? entry.exec(line) : null;
    if (match === null) {
      below.push(line);
      continue;
    }
    close();
    key = match[2] ?? match[3] ?? match[4] ?? '';
    value = (match[5] ?? '').trim();
    below = [];
  }
  close();
  return fields;
}
