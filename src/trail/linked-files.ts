/** What follows `/-/blob/`: a commit and a path in the form of `fileAddress`. */
const commitAndPath = /^[0-9a-f]{7,64}\/([^\s#?()<>"[\]|]{1,3000})/;
/** More links of one text would not change what is shown. */
const maxLinks = 200;

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** The files of a project that a text links at a commit, each once, in their order. */
export function linkedFiles(text: string, projectUrl: string): readonly string[] {
  const [, ...pieces] = text.split(`${projectUrl}/-/blob/`, maxLinks + 1);
  const paths = pieces.flatMap((piece) => {
    const path = decoded(commitAndPath.exec(piece)?.[1] ?? '');
    return path === null || path === '' ? [] : [path];
  });
  return [...new Set(paths)];
}
