import { type FoundCause, findCause } from '../../src/traces/find-cause.ts';
import { createTraceReader } from '../../src/traces/read-trace.ts';
import { mask } from '../mask.ts';

/** The cause of a log that comes in pieces of so many bytes. */
export function causeOfBytes(
  bytes: Uint8Array,
  pieceBytes = 1_000,
  safe: (text: string) => string = mask,
): FoundCause | null {
  const reader = createTraceReader();
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.write(bytes.subarray(at, at + pieceBytes));
  return findCause(reader.end(), safe);
}

export function causeOfText(log: string): FoundCause | null {
  return causeOfBytes(Buffer.from(log));
}

/** Whether any text of a cause holds a control character but a tab. */
export function hasEscapes(cause: FoundCause | null): boolean {
  const texts = [
    cause?.headline ?? '',
    cause?.command ?? '',
    ...(cause?.excerpt ?? []).map(({ text }) => text),
  ];
  return texts.some((text) => /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/.test(text));
}
