import type { FailedAt } from '../../model/tests.ts';
import { pathInContainer } from '../../trail/frames/container-path.ts';
import { innermostFirst, type StackPlace } from '../../trail/frames/stack-places.ts';
import type { TestRun } from '../format.ts';
import type { FindFailedAt } from './kept-test-cases.ts';
import type { PathResolver } from './source-paths.ts';

/** True for a path that is a file of the project, and the only one that the path as it was written can mean. */
export type IsProjectFile = (path: string, written: string) => boolean;

interface Files {
  readonly resolvePath: PathResolver | null;
  readonly isProjectFile?: IsProjectFile | null;
}

const noRoots: readonly string[] = [];
const maxPlaces = 100;

function isAbsolute(path: string): boolean {
  return /^(?:[a-z]:)?[\\/]/i.test(path);
}

/**
 * Makes the function that finds where in the project a test failed: the frame nearest to what went wrong that is
 * certain to be of the project. A path of the machine that ran the test is, when it lies in the project's directory; a
 * relative one is, when the project has that file, or when it is the file of the test.
 */
export function createPlaceFinder({ resolvePath, isProjectFile = null }: Files): FindFailedAt {
  // Without a project no place is certain: stacks are not taken apart in vain.
  if (resolvePath === null) return () => null;
  /**
   * The file that ends with the whole path: by the folders of its package, so that a file of that name in another
   * package is not it, or by those below the folder of a container.
   */
  const endingWith = ({ path, line, inPackage }: StackPlace): FailedAt | null => {
    const written = inPackage ?? pathInContainer(path);
    if (written === null || isProjectFile === null) return null;
    const found = resolvePath(written, noRoots, {});
    const isThere = isProjectFile(found, written) && `/${found}`.endsWith(`/${written}`);
    return isThere ? { path: found, line } : null;
  };
  // Kotlin's folders may be without what all packages begin with; Java's never are.
  const isOther = ({ path, inPackage }: StackPlace): boolean =>
    inPackage !== undefined && path.endsWith('.java');
  const isKnownFile = (path: string, place: StackPlace): boolean =>
    !isOther(place) && (isProjectFile === null ? isAbsolute(place.path) : isProjectFile(path, place.path));
  const certain = (run: TestRun, place: StackPlace): FailedAt | null => {
    const { path: written, line } = place;
    if (line === 0) return null;
    // Go names a file without its folder, which is the package: `example.com/shop/price`.
    const module = run.className.includes('/') ? run.className : run.suite;
    const path = resolvePath(
      written,
      noRoots,
      module.includes('/') && !isAbsolute(written) ? { module } : {},
    );
    if (path === '' || isAbsolute(path) || path.startsWith('../')) return endingWith(place);
    const ofPackage = place.inPackage === undefined ? null : endingWith(place);
    if (ofPackage !== null) return ofPackage;
    return isKnownFile(path, place) || path === run.file ? { path, line } : null;
  };
  return (run, { message, details }) => {
    const places = innermostFirst(`${message}\n${details}`).slice(0, maxPlaces);
    const said = run.failedAt === null ? [] : [run.failedAt];
    for (const place of [...said, ...places]) {
      const found = certain(run, place);
      if (found !== null) return found;
    }
    return null;
  };
}
