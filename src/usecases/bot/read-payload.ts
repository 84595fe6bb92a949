import { UsageError } from '../../errors.ts';
import { maxPayloadBytes } from '../../webhooks/parse-payload.ts';

export interface PayloadSource {
  /** Named by the user; wins. */
  readonly path: string | null;
  /** `TRIGGER_PAYLOAD`: the path of a file, or the body itself where GitLab gave it as a plain variable. */
  readonly variable: string | undefined;
  fileAt(path: string): Promise<{ readonly sizeBytes: number; readonly chunks: AsyncIterable<Uint8Array> }>;
}

const tooLarge = `larger than ${maxPayloadBytes / 1024 / 1024} MB, which GitLab never sends`;

async function readAll(path: string, { fileAt }: PayloadSource): Promise<string> {
  const { sizeBytes, chunks } = await fileAt(path);
  if (sizeBytes > maxPayloadBytes) throw new UsageError(`the payload ${path} is ${tooLarge}`);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxPayloadBytes) throw new UsageError(`the payload ${path} is ${tooLarge}`);
    pieces.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

/**
 * The body of the webhook that started this pipeline: `TRIGGER_PAYLOAD` is a variable of type file. Null when there is none.
 * Throws `UsageError`. Source: https://docs.gitlab.com/ci/triggers/#access-webhook-payload
 */
export async function readPayload(source: PayloadSource): Promise<string | null> {
  const { path, variable } = source;
  if (path !== null) return readAll(path, source);
  if (variable === undefined || variable === '') return null;
  if (variable.trimStart().startsWith('{')) return variable;
  return readAll(variable, source);
}
