/** True from that version on; unknown ones count as old. */
export function isFromVersion(version: string | null, major: number, minor: number): boolean {
  const [, ofMajor, ofMinor] = /^(\d{1,4})\.(\d{1,4})/.exec(version ?? '') ?? [];
  if (ofMajor === undefined || ofMinor === undefined) return false;
  return Number(ofMajor) > major || (Number(ofMajor) === major && Number(ofMinor) >= minor);
}
