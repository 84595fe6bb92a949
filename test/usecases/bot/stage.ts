import { onTestFinished } from 'vitest';
import { parseReplyMarker } from '../../../src/bot/commands/reply-marker.ts';
import type { EmbeddedJob, EmbeddedUser } from '../../../src/demo/state.ts';
import { connectGitLab } from '../../../src/gitlab/rest.ts';
import type { Noteable } from '../../../src/model/noteable.ts';
import type { Handled, SweepWorld } from '../../../src/usecases/bot/bot-world.ts';
import { handlePayload } from '../../../src/usecases/bot/handle-payload.ts';
import { reportsFromOutside } from '../../../src/usecases/bot/reports-from-outside.ts';
import { aClock, aLog, type TestLog } from '../../gitlab/connect-for-test.ts';
import {
  type EmbeddedGitLab,
  type EmbeddedOptions,
  startEmbeddedGitLab,
} from '../../support/gitlab/embedded-gitlab.ts';
import {
  type EmbeddedNote,
  type EmbeddedState,
  type EmbeddedWorkItem,
  emptyState,
} from '../../support/gitlab/state/state.ts';
import { discussionIdOf } from '../../support/gitlab/work-items/note-json.ts';

/** Who plays, with the role in project 42; `sam` is no member and owns the fork, project 43. */
export const cast = {
  bot: { id: 900, username: 'herald-bot', level: 40 },
  otto: { id: 10, username: 'otto', level: 50 },
  mia: { id: 11, username: 'mia', level: 40 },
  dev: { id: 12, username: 'dev', level: 30 },
  eve: { id: 13, username: 'eve', level: 30 },
  rita: { id: 14, username: 'rita', level: 20 },
  pat: { id: 15, username: 'pat', level: 15 },
  gus: { id: 16, username: 'gus', level: 10 },
  sam: { id: 17, username: 'sam', level: 0 },
  gone: { id: 18, username: 'gone', level: 30 },
  robot: { id: 19, username: 'project_42_bot_0123abcd', level: 40 },
} as const;

export type Who = keyof typeof cast;

export const head = 'a1'.repeat(20);
const forkHead = 'f0'.repeat(20);
export const mr: Noteable = { kind: 'merge_request', project: 42, iid: 7 };
export const forkMr: Noteable = { kind: 'merge_request', project: 42, iid: 8 };
export const issue: Noteable = { kind: 'issue', project: 42, iid: 3 };
export const secretIssue: Noteable = { kind: 'issue', project: 42, iid: 4 };

/** An hour ago: what is older is left alone by sweeps. */
const started = new Date(Date.now() - 3_600_000).toISOString();

function user(who: Who): EmbeddedUser {
  const { id, username } = cast[who];
  return { id, username, ...(who === 'gone' ? { state: 'blocked' } : {}) };
}

function job(id: number, name: string, status: string): EmbeddedJob {
  return {
    id,
    name,
    stage: 'test',
    status,
    allow_failure: false,
    failure_reason: status === 'failed' ? 'script_failure' : null,
    created_at: started,
    started_at: started,
    finished_at: started,
    duration: 10,
    queued_duration: 1,
    coverage: null,
    artifacts: new Map(),
    reports: [],
    trace: '',
  };
}

function work(iid: number, title: string, author: Who): EmbeddedWorkItem & { readonly project_id: number } {
  const times = { created_at: started, updated_at: started };
  return { project_id: 42, iid, title, author: user(author), labels: [], notes: [], ...times };
}

function addWork(state: EmbeddedState): void {
  const branches = { target_branch: 'main', labelEvents: [] };
  state.mergeRequests.push(
    {
      ...work(7, 'Take vouchers', 'dev'),
      ...branches,
      state: 'opened',
      source_project_id: 42,
      source_branch: 'vouchers',
      sha: head,
    },
    {
      ...work(8, 'Mend the printer', 'sam'),
      ...branches,
      state: 'opened',
      source_project_id: 43,
      source_branch: 'printer',
      sha: forkHead,
    },
  );
  state.issues.push(
    { ...work(3, 'The till is slow', 'sam'), state: 'opened' },
    { ...work(4, 'The till can be opened by anybody', 'mia'), state: 'opened', confidential: true },
  );
}

function addPipelines(state: EmbeddedState): void {
  const pipeline = {
    status: 'failed',
    source: 'merge_request_event',
    created_at: started,
    test_report: null,
  };
  const ref = (iid: number): string => `refs/merge-requests/${iid}/head`;
  state.pipelines.push(
    {
      ...pipeline,
      id: 501,
      project_id: 42,
      ref: ref(7),
      sha: head,
      jobs: [job(601, 'unit', 'failed'), job(602, 'lint', 'success'), job(603, 'deploy', 'manual')],
      statuses: [],
    },
    {
      ...pipeline,
      id: 502,
      project_id: 43,
      ref: ref(8),
      sha: forkHead,
      jobs: [job(611, 'unit', 'failed')],
      statuses: [],
    },
  );
}

/** A till with a merge request of its own, one from a fork, an issue and a confidential one. */
function stageState(config: string | null = null): EmbeddedState {
  const state = emptyState();
  state.projects.push(
    { id: 42, path_with_namespace: 'shop/till', default_branch: 'main' },
    { id: 43, path_with_namespace: 'sam/till', default_branch: 'main' },
  );
  for (const who of Object.keys(cast) as Who[]) {
    const { id, level } = cast[who];
    state.users.push(user(who));
    if (level > 0) state.ci.members.push({ project_id: 42, user_id: id, access_level: level });
  }
  state.ci.members.push(
    { project_id: 43, user_id: cast.sam.id, access_level: 50 },
    { project_id: 43, user_id: cast.bot.id, access_level: 30 },
  );
  state.tokens.push({ value: 'bot-token', kind: 'personal', userId: cast.bot.id });
  state.branches.push({ project_id: 42, name: 'main', sha: 'b0'.repeat(20) });
  state.branches.push({ project_id: 42, name: '1.x', sha: 'b1'.repeat(20) });
  state.milestones.push({ id: 31, project_id: 42, title: '2.0', state: 'active' });
  if (config !== null)
    state.files.push({ project_id: 42, ref: 'main', path: '.herald.yml', content: config });
  addWork(state);
  addPipelines(state);
  return state;
}

export interface Stage {
  readonly gitlab: EmbeddedGitLab;
  readonly state: EmbeddedState;
  readonly log: TestLog;
  readonly clock: ReturnType<typeof aClock>;
  /** A comment, with the payload that tells of it. */
  say(who: Who, text: string, on?: Noteable): { readonly note: EmbeddedNote; readonly payload: Payload };
  /** What the bot makes of a payload. */
  handle(payload: Payload, changes?: Partial<SweepWorld>): Promise<Handled>;
  world(changes?: Partial<SweepWorld>): SweepWorld;
  /** What changed something besides answers and reactions: `PUT /projects/42/issues/3`. */
  deeds(): readonly string[];
  /** All requests of the last `handle`. */
  requests(): readonly string[];
  item(on: Noteable): EmbeddedWorkItem;
  /** Bodies of the bot's answers to a comment. */
  answers(note: EmbeddedNote, on?: Noteable): readonly string[];
  /** Bodies of what the bot wrote by itself. */
  notes(on?: Noteable): readonly string[];
}

/** A sweep that looks after everything but reports. */
export const noReports: Partial<SweepWorld> = {
  isUnreported: () => Promise.resolve(false),
  findUnreported: () => Promise.resolve([]),
  finishAbandonedStatuses: () => Promise.resolve([]),
};

export type Payload = Readonly<Record<string, unknown>>;

const talk = /\/(?:discussions\/[^/]+\/notes|award_emoji)(?:\/\d+)?$/;

/** Whether a request edits or removes an answer, or resolves the thread that it made. */
function isAnswer(path: string, { mergeRequests, issues }: EmbeddedState): boolean {
  const [, noteId, threadId] = /\/(?:notes\/(\d+)|discussions\/([0-9a-f]+))$/.exec(path) ?? [];
  return [...mergeRequests, ...issues].some(({ notes }) =>
    notes.some(
      (note) =>
        (String(note.id) === noteId || note.discussion_id === threadId) &&
        parseReplyMarker(note.body) !== null,
    ),
  );
}

function payloadOf(note: EmbeddedNote, on: Noteable, action: string): Payload {
  const isIssue = on.kind === 'issue';
  return {
    object_kind: 'note',
    event_type: on.iid === secretIssue.iid && isIssue ? 'confidential_note' : 'note',
    user: { id: note.author.id, username: note.author.username, name: note.author.username },
    project_id: on.project,
    project: { id: on.project, path_with_namespace: 'shop/till' },
    object_attributes: {
      id: note.id,
      action,
      note: note.body,
      noteable_type: isIssue ? 'Issue' : 'MergeRequest',
      discussion_id: discussionIdOf(note),
      author_id: note.author.id,
      system: note.system,
    },
    [isIssue ? 'issue' : 'merge_request']: { id: 1000 + on.iid, iid: on.iid },
  };
}

/** The payload of an edited comment. */
export function edited(note: EmbeddedNote, on: Noteable = mr): Payload {
  return payloadOf(note, on, 'update');
}

export async function aStage(
  config: string | null = null,
  options: Omit<EmbeddedOptions, 'state'> = {},
): Promise<Stage> {
  const state = stageState(config);
  const gitlab = await startEmbeddedGitLab({ ...options, state });
  onTestFinished(() => gitlab.stop());
  const clock = aClock(new Date().toISOString());
  const log = aLog();
  let [seen, begun] = [0, 0];
  const item: Stage['item'] = ({ kind, iid }) => {
    const all: readonly EmbeddedWorkItem[] = kind === 'issue' ? state.issues : state.mergeRequests;
    const found = all.find((one) => one.iid === iid);
    if (found === undefined) throw new Error(`there is no ${kind} ${iid}`);
    return found;
  };
  const world: Stage['world'] = (changes = {}) => {
    const client = connectGitLab({
      apiUrl: gitlab.apiUrl,
      token: { kind: 'bot', value: 'bot-token', variable: 'HERALD_TOKEN' },
      log,
      clock,
      audit: () => undefined,
      caFile: null,
      variables: {},
    });
    const server = { url: gitlab.url, apiUrl: gitlab.apiUrl };
    const outside = { gitlab: client, clock, log, mask: (words: string) => words };
    return {
      gitlab: client,
      clock,
      log,
      dryRun: false,
      config: '.herald.yml',
      scope: { ownProject: 42, projects: [], deny: [] },
      ...reportsFromOutside(outside, { server, dryRun: changes.dryRun ?? false }),
      ...changes,
    };
  };
  return {
    gitlab,
    state,
    log,
    clock,
    item,
    world,
    say(who, body, on = mr) {
      state.nextId += 1;
      const at = clock.now().toISOString();
      const note = {
        id: state.nextId,
        author: user(who),
        body,
        system: false,
        created_at: at,
        updated_at: at,
      };
      item(on).notes.push(note);
      return { note, payload: payloadOf(note, on, 'create') };
    },
    handle(payload, changes) {
      begun = gitlab.requests.length;
      return handlePayload(JSON.stringify(payload), world(changes));
    },
    deeds() {
      const fresh = gitlab.requests.slice(seen);
      seen = gitlab.requests.length;
      return fresh.flatMap(({ method, path, status }) =>
        method === 'GET' || talk.test(path) || isAnswer(path, state)
          ? []
          : [`${method} ${path}${status < 300 ? '' : ` ${status}`}`],
      );
    },
    requests: () => gitlab.requests.slice(begun).map(({ method, path }) => `${method} ${path}`),
    answers: (note, on = mr) =>
      item(on).notes.flatMap(({ author, body }) =>
        author.id === cast.bot.id && parseReplyMarker(body)?.noteId === note.id ? [body] : [],
      ),
    notes: (on = mr) =>
      item(on).notes.flatMap(({ author, body }) =>
        author.id === cast.bot.id && parseReplyMarker(body) === null ? [body] : [],
      ),
  };
}
