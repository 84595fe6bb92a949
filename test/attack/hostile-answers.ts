import type { EmbeddedAnswer, EmbeddedRequest } from '../../src/demo/http.ts';
import type { Spoiling } from '../../src/demo/server.ts';

/**
 * Fields that GitLab fills with its own words and numbers, or whose form it checks: what people write there is refused.
 * Every other text of an answer is hostile, so that a new field is attacked by itself.
 */
const ofGitLab =
  /^(?:state|status|sha|id|short_id|iid|url|web_url|path_with_namespace|full_path|default_branch|source|type|issue_type|access_level|membership_state|parent_ids|detailed_merge_status|merge_status|merge_(?:commit_)?sha|squash_commit_sha|start_sha|head_sha|base_sha|visibility|action|noteable_type|discussion_id|username|scope|scopes|event|kind|tier|link_type|encoding|content|content_sha256|blob_id|commit_id|last_commit_id|target_type|version|revision|.*_(?:at|on|url|path))$/;

function spoiled(value: unknown, name: string, text: string): unknown {
  if (typeof value === 'string') return ofGitLab.test(name) ? value : text;
  if (Array.isArray(value)) return value.map((inner: unknown) => spoiled(inner, name, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spoiled(inner, key, text)]));
}

/** A GitLab whose people have written this text wherever people can write. */
export function saidEverywhere(text: string): (request: EmbeddedRequest) => Spoiling | undefined {
  return ({ method, path }) => {
    // What people wrote into the text of a release stays as it is, whatever it does.
    if (method !== 'GET' || path === '/graphql' || /\/releases\/[^/]+$/.test(path)) return undefined;
    return {
      spoil: (answer: EmbeddedAnswer): EmbeddedAnswer => {
        const { body, status } = answer;
        const isJson = typeof body === 'object' && !(body instanceof Uint8Array);
        return isJson && status < 300 ? { ...answer, body: spoiled(body, '', text) } : answer;
      },
    };
  };
}
