import type { Summary } from '../../model/summary.ts';
import type { TestCase } from '../../model/tests.ts';
import { type FilePlace, fileAddress } from '../markdown/link-address.ts';

/** Where a test failed, else where it is; null where neither is known. */
export function testPlace({ failedAt, file, line }: TestCase): FilePlace | null {
  if (failedAt !== null) return failedAt;
  return file === null ? null : { path: file, line };
}

/** The address of that place; null where it is not known to be a file of the repository. */
export function testAddress(
  test: TestCase,
  { context, mergeRequest, confirmedFiles }: Summary,
): string | null {
  const place = testPlace(test);
  if (place === null || confirmedFiles?.has(place.path) === false) return null;
  // The internal merge commit of a merged-results pipeline is in no branch and will be gone: link to the head.
  return fileAddress(context.project.url, mergeRequest?.headSha ?? context.commit.sha, place);
}
