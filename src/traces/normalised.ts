/**
 * The same text for what differs only in numbers, hashes, times, addresses and the folder of the checkout: to find the
 * same cause again.
 */
export function normalised(text: string): string {
  return text
    .slice(0, 500)
    .toLowerCase()
    .replace(/\d{4}-\d\d-\d\d[t ]\d\d:\d\d:\d\d\S{0,12}/g, '<time>')
    .replace(/(?:\/[\w.@-]{1,80}){2,30}\//g, '<path>/')
    .replace(/\b0x[0-9a-f]{1,16}\b|\b[0-9a-f]{7,64}\b/g, '<id>')
    .replace(/\d{1,40}(?:[.,]\d{1,40}){0,4}/g, '<n>')
    .replace(/\s{1,500}/g, ' ')
    .trim();
}
