import type { Noteable } from '../model/noteable.ts';
import type { WebhookEvent } from '../webhooks/registry.ts';

/** A claim of an event that its object cannot confirm: it counts only when GitLab's API confirms it. */
export type Claim =
  | {
      readonly kind: 'push';
      readonly type: 'branch' | 'tag';
      readonly change: 'created' | 'updated' | 'deleted';
      /** Null where the trigger API overwrote it. */
      readonly ref: string | null;
      /** For a tag with a message this is the SHA of the tag, not of a commit; null where GitLab gives none. */
      readonly sha: string | null;
      /** Null where there is none. */
      readonly commit: string | null;
      /** The commit that the branch or tag was at before; null where there was none. */
      readonly before: string | null;
    }
  | {
      readonly kind: 'release';
      readonly action: 'create' | 'update' | 'delete' | null;
      readonly tag: string;
    }
  | { readonly kind: 'deployment'; readonly id: number }
  | PipelineClaim
  | { readonly kind: 'milestone'; readonly id: number; readonly action: string | null }
  | {
      readonly kind: 'wiki_page';
      readonly slug: string | null;
      readonly action: 'create' | 'update' | 'delete' | null;
    }
  | {
      readonly kind: 'emoji';
      readonly on: Noteable | null;
      readonly noteId: number | null;
      readonly id: number;
      readonly action: 'award' | 'revoke';
    }
  | { readonly kind: 'feature_flag'; readonly name: string | null; readonly active: boolean }
  | { readonly kind: 'access_token'; readonly id: number; readonly expiresOn: string | null }
  | { readonly kind: 'vulnerability'; readonly id: number | null; readonly state: string | null };

/** What a pipeline event or a job event says. */
export interface PipelineClaim {
  readonly kind: 'pipeline';
  /** The project that it runs in, which is the fork for a pipeline of a fork. */
  readonly runsIn: number;
  readonly id: number | null;
  readonly sha: string | null;
  /** Branch or tag; for a merge request its source branch. Of a job event null. */
  readonly ref: string | null;
  /** Of a job event; null for the pipeline as a whole. */
  readonly jobId: number | null;
  /** The status of the pipeline, or of the job. */
  readonly status: string | null;
}

type Of<Kind extends WebhookEvent['kind']> = Extract<WebhookEvent, { readonly kind: Kind }>;

function shaOf(text: string | null): string | null {
  return text !== null && /^(?!0+$)(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : null;
}

/** Of a reaction on a comment, the object that the comment is on. */
function placeOf({ mergeRequestIid, issueIid }: Of<'emoji'>, project: number): Noteable | null {
  if (mergeRequestIid !== null) return { kind: 'merge_request', project, iid: mergeRequestIid };
  return issueIid === null ? null : { kind: 'issue', project, iid: issueIid };
}

/** The event names the vulnerability by its address only: `…/-/security/vulnerabilities/123`. */
function vulnerabilityIdOf({ url }: Of<'vulnerability'>): number | null {
  const [, id] = /\/vulnerabilities\/(\d{1,15})$/.exec(url ?? '') ?? [];
  return id === undefined ? null : Number(id);
}

function ofPush(event: Of<'push'> | Of<'tag_push'>): Claim {
  const { change, after, checkoutSha } = event;
  const sha = shaOf(after);
  const before = shaOf(event.before);
  return event.kind === 'push'
    ? { kind: 'push', type: 'branch', change, ref: event.branch, sha, commit: sha, before }
    : { kind: 'push', type: 'tag', change, ref: event.tag, sha, commit: shaOf(checkoutSha), before };
}

const claims: { readonly [Kind in WebhookEvent['kind']]?: (event: Of<Kind>, project: number) => Claim } = {
  push: ofPush,
  tag_push: ofPush,
  release: ({ action, tag }) => ({ kind: 'release', action, tag }),
  deployment: ({ id }) => ({ kind: 'deployment', id }),
  pipeline: ({ id, sha, ref, status, runsIn }, project) => {
    const where = { runsIn: runsIn ?? project, id, sha: shaOf(sha), ref };
    return { kind: 'pipeline', ...where, jobId: null, status };
  },
  job: ({ pipelineId, id, sha, status }, project) => {
    const where = { runsIn: project, id: pipelineId, sha: shaOf(sha), ref: null };
    return { kind: 'pipeline', ...where, jobId: id, status };
  },
  milestone: ({ id, action }) => ({ kind: 'milestone', id, action }),
  wiki_page: ({ slug, action }) => ({ kind: 'wiki_page', slug, action }),
  emoji: (event, project) => {
    const { noteId, id, action } = event;
    return { kind: 'emoji', on: placeOf(event, project), noteId, id, action };
  },
  feature_flag: ({ name, active }) => ({ kind: 'feature_flag', name, active }),
  access_token: ({ id, expiresOn }) => ({ kind: 'access_token', id, expiresOn }),
  vulnerability: (event) => ({ kind: 'vulnerability', id: vulnerabilityIdOf(event), state: event.state }),
};

function claimIn<Kind extends WebhookEvent['kind']>(event: Of<Kind>, project: number): Claim | null {
  const claim: ((event: Of<Kind>, project: number) => Claim) | undefined = claims[event.kind];
  return claim === undefined ? null : claim(event, project);
}

/** The claim of an event; null where its object shows whether the event is true. */
export function claimOf(event: WebhookEvent, project: number): Claim | null {
  return claimIn(event, project);
}
