import { innermostFirst, type StackPlace } from '../../model/stack-places.ts';
import type { FailedAt } from '../../model/tests.ts';
import type { TestRun } from '../format.ts';
import type { FindFailedAt } from './kept-test-cases.ts';
import type { PathResolver } from './source-paths.ts';

/** True for a path that is a file of the project. */
export type IsProjectFile = (path: string) => boolean;

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
  const certain = (run: TestRun, { path: written, line }: StackPlace): FailedAt | null => {
    if (line === 0) return null;
    // Go names a file without its folder, which is the package: `example.com/shop/price`.
    const module = run.className.includes('/') ? run.className : run.suite;
    const path = resolvePath(
      written,
      noRoots,
      module.includes('/') && !isAbsolute(written) ? { module } : {},
    );
    if (path === '' || isAbsolute(path) || path.startsWith('../')) return null;
    const isKnown = isProjectFile === null ? isAbsolute(written) : isProjectFile(path);
    return isKnown || path === run.file ? { path, line } : null;
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
