/** Masks secrets in a text: see `createTextMask`. */
export type MaskText = (text: string) => string;

function maskedList(list: readonly unknown[], mask: MaskText): unknown {
  const parts = list.map((part) => maskedPart(part, mask));
  return parts.every((part, index) => part === list[index]) ? list : parts;
}

function maskedMap(map: ReadonlyMap<unknown, unknown>, mask: MaskText): unknown {
  const parts = [...map].map(([key, value]) => [key, maskedPart(value, mask)] as const);
  return parts.some(([key, value]) => value !== map.get(key)) ? new Map(parts) : map;
}

function maskedObject(object: object, mask: MaskText): unknown {
  const changed: [string, unknown][] = [];
  // Reports have tens of thousands of objects, nearly all of them without a secret: nothing is copied before one is
  // found.
  for (const name of Object.keys(object)) {
    const part: unknown = Reflect.get(object, name);
    const masked = maskedPart(part, mask);
    if (masked !== part) changed.push([name, masked]);
  }
  return changed.length === 0 ? object : { ...object, ...Object.fromEntries(changed) };
}

function maskedPart(value: unknown, mask: MaskText): unknown {
  if (typeof value === 'string') return mask(value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return maskedList(value, mask);
  if (value instanceof Map) return maskedMap(value, mask);
  return value instanceof Date || value instanceof Set ? value : maskedObject(value, mask);
}

/**
 * Masks every text inside a value: of objects, lists and what maps have under their keys. Names of fields, keys,
 * numbers and functions stay; a value without a secret stays the same object.
 */
export function maskedValue<Value>(value: Value, mask: MaskText): Value;
export function maskedValue(value: unknown, mask: MaskText): unknown {
  return maskedPart(value, mask);
}
