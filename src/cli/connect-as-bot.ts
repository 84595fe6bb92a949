import { credentialsFrom } from '../context/credentials.ts';
import { transportWarning } from '../context/token-origin.ts';
import { UsageError } from '../errors.ts';
import type { Log } from '../io/port.ts';
import type { Host } from './host.ts';

interface BotConnection {
  readonly apiUrl: string;
  /** Seconds. */
  readonly maxWait: number;
  /** What to say where no token of a bot is set. */
  readonly missing: { readonly message: string; readonly hint: string };
}

/** Connects with the bot's token, and logs what is wrong with it or with the way to the server. Throws `UsageError`. */
export async function connectAsBot(
  { apiUrl, maxWait, missing }: BotConnection,
  host: Host,
  log: Log,
): ReturnType<Host['connectGitLab']> {
  const transport = transportWarning(apiUrl);
  if (transport !== null) log.warn(transport);
  const credentials = credentialsFrom(host.variables);
  for (const warning of credentials.warnings) log.warn(warning);
  if (credentials.kind !== 'bot') throw new UsageError(missing.message, { hint: missing.hint });
  const { kind, token: value, variable } = credentials;
  return host.connectGitLab({ apiUrl, token: { kind, value, variable }, log, maxTotalMs: maxWait * 1000 });
}
