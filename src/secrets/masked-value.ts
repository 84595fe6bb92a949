/** Takes secrets out of a text: see `createTextMask`. */
export type MaskText = (text: string) => string;

function maskedList(list: readonly unknown[], mask: MaskText): unknown {
  const parts = list.map((part) => maskedPart(part, mask));
  return parts.some((part, index) => part !== list[index]) ? parts : list;
}

function maskedMap(map: ReadonlyMap<unknown, unknown>, mask: MaskText): unknown {
  const parts = [...map].map(([key, value]) => [key, maskedPart(value, mask)] as const);
  return parts.some(([key, value]) => value !== map.get(key)) ? new Map(parts) : map;
}

function maskedObject(object: object, mask: MaskText): unknown {
  let isChanged = false;
  const parts = Object.entries(object).map(([name, part]: [string, unknown]) => {
    const masked = maskedPart(part, mask);
    isChanged ||= masked !== part;
    return [name, masked] as const;
  });
  return isChanged ? Object.fromEntries(parts) : object;
}

function maskedPart(value: unknown, mask: MaskText): unknown {
  if (typeof value === 'string') return mask(value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return maskedList(value, mask);
  if (value instanceof Map) return maskedMap(value, mask);
  return value instanceof Date || value instanceof Set ? value : maskedObject(value, mask);
}

/**
 * Masks every text inside a value: of objects, lists and what maps have under their keys. Names of fields, keys, numbers and functions
 * stay; what holds no secret is the same object.
 */
export function maskedValue<Value>(value: Value, mask: MaskText): Value {
  // A text stays a text, and everything else keeps its shape.
  return maskedPart(value, mask) as Value;
}
