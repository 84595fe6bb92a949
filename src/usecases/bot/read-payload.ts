import { UnreadableInputError, UsageError } from '../../errors.ts';
import { maxPayloadBytes } from '../../webhooks/parse-payload.ts';

export interface PayloadSource {
  /** Named by the user; wins. */
  readonly path: string | null;
  /** `TRIGGER_PAYLOAD`: the path of a file, or the body itself where GitLab gave it as a plain variable. */
  readonly variable: string | undefined;
  fileAt(path: string): Promise<{ readonly sizeBytes: number; readonly chunks: AsyncIterable<Uint8Array> }>;
}

const tooLarge = `larger than ${maxPayloadBytes / 1024 / 1024} MB, which GitLab never sends`;

async function readAll(path: string, { fileAt }: PayloadSource, name: string): Promise<string> {
  const { sizeBytes, chunks } = await fileAt(path);
  if (sizeBytes > maxPayloadBytes) throw new UsageError(`the payload ${name} is ${tooLarge}`);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxPayloadBytes) throw new UsageError(`the payload ${name} is ${tooLarge}`);
    pieces.push(Uint8Array.from(chunk));
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

/**
 * Where a runner puts variables of type file: beside the checkout, in a folder of the same name with `.tmp`, each under
 * its own name. Source: https://docs.gitlab.com/ci/variables/#use-file-type-cicd-variables
 */
function isVariableFile(path: string): boolean {
  return /\.tmp[\\/]TRIGGER_PAYLOAD$/.test(path);
}

/** Without the value: the user who sets the variable would choose the text of the message. */
function notVariableFile(cause?: unknown): UsageError {
  return new UsageError('TRIGGER_PAYLOAD does not name a file that a GitLab runner wrote for it', {
    hint: 'GitLab sets it in pipelines that a webhook starts; elsewhere give --payload FILE',
    cause,
  });
}

/**
 * The body of the webhook that started this pipeline: `TRIGGER_PAYLOAD` is a variable of type file. Null when there is
 * none. Throws `UsageError`. Source: https://docs.gitlab.com/ci/triggers/#access-webhook-payload
 */
export async function readPayload(source: PayloadSource): Promise<string | null> {
  const { path, variable } = source;
  if (path !== null) return readAll(path, source, path);
  if (variable === undefined || variable === '') return null;
  if (variable.trimStart().startsWith('{')) return variable;
  if (!isVariableFile(variable)) throw notVariableFile();
  try {
    return await readAll(variable, source, 'that TRIGGER_PAYLOAD names');
  } catch (error) {
    throw error instanceof UnreadableInputError ? notVariableFile(error) : error;
  }
}
