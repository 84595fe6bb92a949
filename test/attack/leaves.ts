type Path = readonly (string | number)[];

/** The places of all texts in a value. */
function textsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, [...path, name]));
}

/** The value with another one at a place. */
export function withLeaf(value: unknown, [first, ...rest]: Path, leaf: unknown): unknown {
  if (first === undefined) return leaf;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value.map((inner: unknown, index) =>
      String(index) === String(first) ? withLeaf(inner, rest, leaf) : inner,
    );
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === first ? withLeaf(inner, rest, leaf) : inner,
    ]),
  );
}

/** A hash of a text below a limit: which places a text is put into. */
function below(limit: number, text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (sum * 31 + text.charCodeAt(at)) % 1_000_003;
  return sum % limit;
}

/** The value so many times, each time with a hostile text in one place, whichever the text itself chooses. */
export function hostileLeaves(value: unknown, draw: () => string, times: number): readonly unknown[] {
  const places = textsIn(value);
  return Array.from({ length: times }, (_, index) => {
    const text = draw();
    const place = places[below(places.length, `${index}${text}`)] ?? [];
    return withLeaf(value, place, text);
  });
}
