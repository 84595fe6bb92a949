import { pathInContainer } from './container-path.ts';
import { framePath } from './frame-path.ts';
import type { StackPlace } from './stack-places.ts';

export interface FrameOrigin {
  /** `group/project`, with which the checkouts of runners end. */
  readonly projectPath: string;
  /** Folders in which the tests may have run, the most likely first; the root of the project comes after them. */
  readonly folders?: readonly string[];
}

/** A question each: more would cost more than a link is worth. */
const maxCandidates = 6;
const maxLength = 500;

/** Folders that builds write into: what is before them is a module. */
const output = /^(?:target|build|out|dist|reports?|coverage|test-?results|junit|\..*)$/i;

/** The folders of a file by Maven's and Gradle's convention; https://maven.apache.org/guides/introduction/introduction-to-the-standard-directory-layout.html */
function sourceRoots(path: string): readonly string[] {
  const language = path.endsWith('.kt') ? 'kotlin' : path.slice(path.lastIndexOf('.') + 1);
  return [`src/main/${language}/`, `src/test/${language}/`];
}

/** What follows the project's path in a path of a runner: `/builds/group/project/…`, `C:\builds\group\project\…`. */
function afterProject(path: string, projectPath: string): string | null {
  const folder = `/${projectPath.toLowerCase()}/`;
  const at = projectPath === '' ? -1 : path.toLowerCase().lastIndexOf(folder);
  return at < 0 ? null : path.slice(at + folder.length);
}

function isAbsolute(path: string): boolean {
  return /^(?:[a-z]:)?\//i.test(path);
}

function isInProject(path: string): boolean {
  const parts = path.split('/');
  return path.length <= maxLength && parts.every((part) => part !== '' && part !== '.' && part !== '..');
}

/** The folders that a report's own path names: `core` of `core/target/surefire-reports/TEST-a.xml`. */
export function foldersOfReport(report: string): readonly string[] {
  const parts = report.replaceAll('\\', '/').split('/').slice(0, -1);
  const end = parts.findIndex((part) => output.test(part));
  const module = end < 0 ? parts : parts.slice(0, end);
  // The path of a report that a job handed over begins with the name of the job.
  return [module.slice(1), module].map((some) => some.join('/')).filter((folder) => folder !== '');
}

/** Each path in each folder, the folders in their order. */
function inEach(folders: readonly string[], paths: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => paths.map((path) => (folder === '' ? path : `${folder}/${path}`)));
}

function possible({ path: written, inPackage }: StackPlace, origin: FrameOrigin): readonly string[] {
  const path = framePath(written);
  const folders = [...(origin.folders ?? []), ''];
  if (inPackage !== undefined)
    return inEach(
      folders,
      sourceRoots(inPackage).map((root) => `${root}${inPackage}`),
    );
  const below = isAbsolute(path) ? afterProject(path, origin.projectPath) : null;
  if (below !== null) return [below];
  const contained = pathInContainer(path);
  if (contained !== null) return inEach(folders, [contained]);
  return isAbsolute(path) || !path.includes('/') ? [] : inEach(folders, [path]);
}

/**
 * The files of a repository that a frame may name, the likeliest first, where nobody knows which files there are; at
 * most six. A name alone says too little; so does a path of a machine that is neither below the project nor where
 * containers keep it.
 */
export function candidateFiles(place: StackPlace, origin: FrameOrigin): readonly string[] {
  return [...new Set(possible(place, origin))].filter(isInProject).slice(0, maxCandidates);
}
