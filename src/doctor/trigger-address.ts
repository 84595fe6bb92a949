/** The parts of an address that starts pipelines. */
export interface TriggerAddress {
  /** Scheme and host: `https://gitlab.example.com`. */
  readonly origin: string;
  /** Id or full path, as the address has it. */
  readonly project: string;
  /** Null where it is elsewhere, such as in the payload. */
  readonly ref: string | null;
  /**
   * The placeholder of the token: `{herald_token}`, or the token itself where it is not masked; null where it is
   * elsewhere.
   */
  readonly token: string | null;
}

const address =
  /^(https?:\/\/[^/?#]+)[^?#]*\/projects\/([^/?#]+)\/(?:ref\/([^/?#]+)\/)?trigger\/pipeline\?([^#]*)/i;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parameterOf(query: string, name: string): string | null {
  const start = `${name}=`;
  const found = query.split('&').find((part) => part.startsWith(start));
  return found === undefined ? null : decoded(found.slice(start.length));
}

/** Reads the address of a webhook; null for one that starts no pipelines. Source: https://docs.gitlab.com/ci/triggers/#use-a-webhook */
export function readTriggerAddress(url: string): TriggerAddress | null {
  const [, origin, project, path, query = ''] = address.exec(url) ?? [];
  if (origin === undefined || project === undefined) return null;
  return {
    origin: origin.toLowerCase(),
    project: decoded(project),
    ref: path === undefined ? parameterOf(query, 'ref') : decoded(path),
    token: parameterOf(query, 'token'),
  };
}
