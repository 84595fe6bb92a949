/**
 * Where a format expects long lists, as its file declares it: `[]` for a document that is a list, `runs[].results[]`
 * for the results of each run, `files{}` for an object with a member for each file.
 */
export interface Place {
  readonly keys: ReadonlyMap<string, Place>;
  /** False for a key of so many bytes, with such a first one, that is certainly none of the keys. */
  mayHave(length: number, firstByte: number): boolean;
  /** The place of each entry when the value is a list; null where no list is expected. */
  readonly entry: Place | null;
  /** True where a format expects an object with many members. */
  readonly hasMembers: boolean;
  /** The formats that read this list, or these members, one by one. */
  readonly formats: ReadonlySet<string>;
}

class OpenPlace implements Place {
  readonly keys = new Map<string, OpenPlace>();
  readonly #looks = new Set<number>();
  readonly formats = new Set<string>();
  entry: OpenPlace | null = null;
  hasMembers = false;

  mayHave(length: number, firstByte: number): boolean {
    return this.#looks.has(length * 256 + firstByte);
  }

  at(key: string): OpenPlace {
    const known = this.keys.get(key);
    if (known !== undefined) return known;
    const place = new OpenPlace();
    this.keys.set(key, place);
    this.#looks.add(key.length * 256 + key.charCodeAt(0));
    return place;
  }
}

/** A format with the paths of its lists. */
export interface ListsOfFormat {
  readonly format: string;
  readonly lists?: readonly string[];
}

function add(root: OpenPlace, path: string, format: string): void {
  let place = root;
  const steps = path.split('.');
  for (const [index, step] of steps.entries()) {
    const [, key = '', kind] = /^(\w*)(\[\]|\{\})?$/.exec(step) ?? [];
    if (key !== '') place = place.at(key);
    if (kind === '{}') place.hasMembers = true;
    if (kind !== '[]') continue;
    place.entry ??= new OpenPlace();
    if (index < steps.length - 1) place = place.entry;
  }
  place.formats.add(format);
}

/** The places of all lists that the formats declare: from the document on. */
export function placesOf(formats: readonly ListsOfFormat[]): Place {
  const root = new OpenPlace();
  for (const { format, lists = [] } of formats) for (const path of lists) add(root, path, format);
  return root;
}
