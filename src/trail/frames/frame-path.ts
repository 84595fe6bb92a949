/** What runtimes, bundlers and error trackers put before a path: `file://`, `webpack:///./`, `app:///`. */
const scheme = /^(?:webpack(?:-internal)?:\/\/\/?|app:\/\/\/?|file:\/\/|turbopack:\/\/\/?)/;

/** The path of a frame without its scheme and without `./` before it, with slashes as Git has them. */
export function framePath(written: string): string {
  return written
    .replaceAll('\\', '/')
    .replace(scheme, '')
    .replace(/^(?:\.\/)+/, '');
}
