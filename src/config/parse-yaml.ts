import { UsageError } from '../errors.ts';

/** The value of a YAML text; aliases cannot blow it up. Throws `UsageError` that names `path` and the place. */
export async function parseYaml(text: string, path: string): Promise<unknown> {
  const { parseDocument } = await import('yaml');
  try {
    const document = parseDocument(text);
    const [problem] = document.errors;
    if (problem !== undefined) throw problem;
    return document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new UsageError(`${path} is not valid YAML: ${reason}`, { cause: error });
  }
}
