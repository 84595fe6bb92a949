const idForm = /^[1-9]\d{0,14}$/;

/** The id that a text is; null for any other text. */
export function idIn(text: string): number | null {
  return idForm.test(text) ? Number(text) : null;
}

/** A project or group as people name it: its id, or its full path as it is. */
export function idOrPath(text: string): number | string {
  return idIn(text) ?? text;
}
