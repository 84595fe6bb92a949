import { framePath } from './frame-path.ts';

interface Checkout {
  /** The project's files, relative with `/`. */
  readonly files: ReadonlySet<string>;
  /** The checkout on the machine that Herald runs on; null when there is none. */
  readonly projectDirectory: string | null;
  /** `group/project`; null when it is not known. */
  readonly projectPath: string | null;
}

function segmentsOf(path: string): readonly string[] {
  return path.replaceAll('\\', '/').split('/');
}

/** How many segments two paths share at their end. */
function sharedAtEnd(first: readonly string[], second: readonly string[]): number {
  let shared = 0;
  while (shared < Math.min(first.length, second.length) && first.at(-1 - shared) === second.at(-1 - shared))
    shared += 1;
  return shared;
}

function byName(files: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const file of files) {
    const name = file.slice(file.lastIndexOf('/') + 1);
    const others = found.get(name);
    if (others === undefined) found.set(name, [file]);
    else others.push(file);
  }
  return found;
}

/** Whether what comes before the file is the checkout of the project, on this machine or another runner's. */
function isCheckout(folder: string, { projectDirectory, projectPath }: Checkout): boolean {
  if (projectDirectory !== null && folder === projectDirectory.replaceAll('\\', '/').replace(/\/$/, ''))
    return true;
  const project = projectPath?.slice(projectPath.lastIndexOf('/') + 1) ?? '';
  return project !== '' && folder.toLowerCase().endsWith(`/${project.toLowerCase()}`);
}

/**
 * Makes the check whether a frame's path, resolved to a file of the project, can mean no other: below the project's
 * checkout it is certain; below another folder, as `/app` of a container is, where no other file shares as many folders
 * with it. Relative paths were resolved from a known folder.
 */
export function createOnlyFile(checkout: Checkout): (path: string, written: string) => boolean {
  const { files } = checkout;
  let names: ReadonlyMap<string, readonly string[]> | null = null;
  return (path, written) => {
    if (!files.has(path)) return false;
    const plain = framePath(written);
    if (!/^(?:[a-z]:)?\//i.test(plain)) return true;
    if (plain.endsWith(`/${path}`) && isCheckout(plain.slice(0, -path.length - 1), checkout)) return true;
    const segments = segmentsOf(plain);
    const shared = sharedAtEnd(segments, path.split('/'));
    names ??= byName(files);
    const others = names.get(segments.at(-1) ?? '') ?? [];
    return !others.some((other) => other !== path && sharedAtEnd(segments, other.split('/')) >= shared);
  };
}
