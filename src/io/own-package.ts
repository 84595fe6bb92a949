import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { HeraldPackage, PackageFile } from '../model/install.ts';

const manifestSchema = z.object({
  version: z.string(),
  description: z.string(),
  files: z.array(z.string()),
  bin: z.object({ herald: z.string() }),
});

type Manifest = z.infer<typeof manifestSchema>;

async function manifestIn(folder: string): Promise<Manifest | null> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  return manifestSchema.safeParse(JSON.parse(text)).data ?? null;
}

async function pathsUnder(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/**
 * The package that a module belongs to: all that its `package.json` says is published. Null for the script alone, as in
 * the image. `from`: the address of the module.
 */
export async function readOwnPackage(from: string): Promise<HeraldPackage | null> {
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    const manifest = await manifestIn(folder);
    if (manifest !== null) return packageIn(folder, manifest);
    if (folder === dirname(folder)) return null;
  }
}

async function packageIn(folder: string, { version, description, files }: Manifest): Promise<HeraldPackage> {
  const left = files.filter((name) => name.startsWith('!')).map((name) => join(folder, name.slice(1)));
  const named = ['package.json', ...files.filter((name) => !name.startsWith('!'))];
  const lists = await Promise.all(named.map((name) => pathsUnder(join(folder, name))));
  const isLeft = (path: string): boolean => left.some((one) => path === one || path.startsWith(one + sep));
  const paths = lists
    .flat()
    .filter((path) => !isLeft(path))
    .sort();
  const read = async (path: string): Promise<PackageFile> => ({
    path: relative(folder, path).split(sep).join('/'),
    content: await readFile(path),
  });
  return { version, description, files: await Promise.all(paths.map(read)) };
}
