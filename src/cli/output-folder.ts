import { isAbsolute, relative, resolve, sep } from 'node:path';
import { UsageError } from '../errors.ts';
import type { Files } from '../io/port.ts';

/**
 * The files of the folder that `output` names, which lies in the project directory: a merge request's `.herald.yml` can
 * name any folder, and links in a checkout can lead anywhere. Throws `UsageError`, for links when something is written.
 */
export function outputFolder(files: Files, output: string, root: string): Files {
  const within = relative(root, resolve(root, output));
  if (isAbsolute(within) || within.split(sep)[0] === '..')
    throw new UsageError(`output ${JSON.stringify(output)} is outside the project directory`, {
      hint: 'name a folder inside it',
    });
  const folder = within.split(sep).join('/');
  const at = (path: string): string => (folder === '' ? path : `${folder}/${path}`);
  return {
    find: (patterns) => files.find(patterns.map(at)),
    read: (path) => files.read(at(path)),
    readText: (path, maxMebibytes) => files.readText(at(path), maxMebibytes),
    write: (path, content) => files.write(at(path), content),
  };
}
