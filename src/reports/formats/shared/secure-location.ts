import { numberAt, textAt, valueAt } from './json-value.ts';

/** Where a vulnerability of a GitLab secure report is, by category. */
export interface SecurePlace {
  readonly path: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
  /** What to add to the message so that it says where: `in openssl 1.1.1c`; empty when the file says it all. */
  readonly where: string;
  /** The place without line numbers and other things that change between runs. */
  readonly stable: string;
}

// A tag or digest is new for every build of the image: GitLab's identity does not include it either.
function imageName(image: string | null): string {
  return image?.replace(/@sha256:[^]*$/i, '').replace(/:[^:/]*$/, '') ?? '';
}

function packageOf(location: unknown): { name: string; version: string } {
  return {
    name: textAt(location, 'dependency', 'package', 'name') ?? '',
    version: textAt(location, 'dependency', 'version') ?? '',
  };
}

function pageOf(location: unknown): string {
  const page = (textAt(location, 'hostname') ?? '') + (textAt(location, 'path') ?? '');
  const parameter = textAt(location, 'param');
  const method = textAt(location, 'method') ?? '';
  if (page === '') return '';
  return `at ${method} ${page}${parameter === null ? '' : ` (parameter ${parameter})`}`.replace('  ', ' ');
}

function whereOf(location: unknown): string {
  const { name, version } = packageOf(location);
  const crash = textAt(location, 'crash_type') ?? textAt(location, 'crash_address');
  const resource = textAt(location, 'kubernetes_resource', 'name');
  const parts = [
    name === '' ? '' : `in ${name} ${version}`.trim(),
    textAt(location, 'file') === null ? pageOf(location) : '',
    crash === null ? '' : `(${crash})`,
    textAt(location, 'image') === null ? '' : `of ${textAt(location, 'image') ?? ''}`,
    resource === null
      ? ''
      : `in ${textAt(location, 'kubernetes_resource', 'kind') ?? 'resource'} ${resource}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/**
 * Reads the location of a vulnerability. What is stable follows GitLab's own location fingerprints: file, class and
 * method; image without tag and package without version; path, method and parameter without host; crash type and state
 * (docs.gitlab.com/development/integrations/secure/#location).
 */
export function securePlace(vulnerability: unknown): SecurePlace {
  const location = valueAt(vulnerability, 'location');
  const keys = ['file', 'class', 'path', 'param', 'crash_type', 'crash_state'];
  const texts = keys.map((key) => textAt(location, key) ?? '');
  const resource = ['kind', 'name', 'container_name'].map(
    (key) => textAt(location, 'kubernetes_resource', key) ?? '',
  );
  const method = textAt(location, 'method') ?? '';
  return {
    path: textAt(location, 'file'),
    line: numberAt(location, 'start_line') ?? numberAt(vulnerability, 'line'),
    endLine: numberAt(location, 'end_line'),
    where: whereOf(location),
    stable: [
      ...texts,
      method,
      packageOf(location).name,
      imageName(textAt(location, 'image')),
      ...resource,
    ].join('\u0000'),
  };
}
