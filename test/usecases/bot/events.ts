import type { Noteable } from '../../../src/model/noteable.ts';
import { cast, mr, type Payload, type Who } from './stage.ts';

const project = { id: 42, path_with_namespace: 'shop/till' };

/** The payload of a merge request's event. */
export function mergeRequestEvent(
  action: string,
  { who = 'dev', on = mr, ...more }: { readonly who?: Who; readonly on?: Noteable } & Payload = {},
): Payload {
  const { changes = {}, ...attributes } = more;
  return {
    object_kind: 'merge_request',
    user: { id: cast[who].id, username: cast[who].username },
    project,
    object_attributes: { id: 1000 + on.iid, iid: on.iid, action, target_project_id: 42, ...attributes },
    changes,
  };
}

export function issueEvent(action: string, iid: number, who: Who = 'sam', changes: object = {}): Payload {
  return {
    object_kind: 'issue',
    user: { id: cast[who].id, username: cast[who].username },
    project,
    object_attributes: { id: 2000 + iid, iid, action },
    changes,
  };
}

export function deploymentEvent(id: number, status: string): Payload {
  return {
    object_kind: 'deployment',
    status,
    deployment_id: id,
    environment: 'production',
    user: { id: cast.mia.id, username: 'mia' },
    project,
    ref: 'main',
  };
}

export function pushEvent(branch: string): Payload {
  return {
    object_kind: 'push',
    event_name: 'push',
    before: '0'.repeat(40),
    after: 'b0'.repeat(20),
    ref: `refs/heads/${branch}`,
    user_id: cast.mia.id,
    project_id: 42,
    project,
    commits: [],
  };
}

export function releaseEvent(tag: string): Payload {
  return { object_kind: 'release', id: 5, action: 'create', tag, name: tag, project };
}
