import type { EmbeddedMergeRequest } from '../../support/gitlab/state/state.ts';
import { cast, type Stage } from '../bot/stage.ts';

export type Method = 'merge' | 'squash' | 'squash-merge' | 'fast-forward' | 'rebased';

interface Work {
  readonly method?: Method;
  readonly title?: string;
  readonly description?: string;
  readonly labels?: readonly string[];
  /** Messages of its commits. */
  readonly messages?: readonly string[];
  /** The branch that it goes into. */
  readonly into?: string;
  readonly author?: string;
}

/** The project of a stage in which people merge, push and tag; each of it an hour after the other. */
export class Workshop {
  private readonly stage: Stage;
  private time: number;
  private made = 0;
  private iid = 100;

  /** Begins so long ago that the last of it has just happened. */
  constructor(stage: Stage, days = 60) {
    this.stage = stage;
    this.time = stage.clock.now().getTime() - days * 86_400_000;
    this.moveTo('main', this.commit('Begin', []));
  }

  private next(): string {
    this.time += 3_600_000;
    return new Date(this.time).toISOString();
  }

  headOf(branch: string): string {
    return (
      this.stage.state.branches.find(({ name, project_id: at }) => at === 42 && name === branch)?.sha ?? ''
    );
  }

  private moveTo(name: string, sha: string): void {
    const { branches } = this.stage.state;
    const found = branches.find((one) => one.project_id === 42 && one.name === name);
    if (found === undefined) branches.push({ project_id: 42, name, sha });
    else found.sha = sha;
  }

  branch(name: string, from: string): void {
    const { tags } = this.stage.state;
    this.moveTo(name, tags.find((tag) => tag.name === from)?.commit ?? this.headOf(from));
  }

  commit(message: string, parents: readonly string[], author = 'Dee Developer'): string {
    this.made += 1;
    const id = this.made.toString(16).padStart(40, 'd');
    this.stage.state.commits.push({
      project_id: 42,
      id,
      parent_ids: parents,
      title: message.split('\n', 1)[0] ?? '',
      message,
      author_name: author,
      author_email: `${author.toLowerCase().replaceAll(' ', '.')}@example.com`,
      created_at: this.next(),
    });
    return id;
  }

  /** A push without a merge request. */
  push(message: string, branch = 'main', author = 'Dee Developer'): string {
    const sha = this.commit(message, [this.headOf(branch)], author);
    this.moveTo(branch, sha);
    return sha;
  }

  tag(name: string, on = 'main'): string {
    const sha = this.headOf(on);
    const { tags } = this.stage.state;
    const at = tags.findIndex((tag) => tag.name === name);
    if (at >= 0) tags.splice(at, 1);
    tags.push({ project_id: 42, name, target: sha, commit: sha });
    return sha;
  }

  release(name: string, description = '', on = 'main'): string {
    const sha = this.tag(name, on);
    const at = this.stage.clock.now().toISOString();
    this.stage.state.releases.push({
      project_id: 42,
      tag_name: name,
      name,
      description,
      created_at: at,
      released_at: at,
      commit: { id: sha },
    });
    return sha;
  }

  issue(iid: number, title: string, confidential = false): void {
    const at = new Date(this.time).toISOString();
    const author = { id: cast.mia.id, username: 'mia' };
    const times = { created_at: at, updated_at: at };
    this.stage.state.issues.push({
      project_id: 42,
      iid,
      title,
      author,
      labels: [],
      notes: [],
      confidential,
      state: 'closed',
      ...times,
    });
  }

  private branchOff(messages: readonly string[], from: string, author: string): readonly string[] {
    const shas: string[] = [];
    for (const message of messages) shas.push(this.commit(message, [shas.at(-1) ?? from], author));
    return shas;
  }

  /** A merge request that is merged; its number. */
  merge(work: Work = {}): number {
    this.iid += 1;
    const { iid } = this;
    const { method = 'merge', title = `Change ${iid}`, into = 'main', author = 'Dee Developer' } = work;
    const created = this.next();
    const start = this.headOf(into);
    const shas = this.branchOff(work.messages ?? [title], start, author);
    const head = shas.at(-1) ?? start;
    const keys = this.land(method, { iid, into, head, title, shas, messages: work.messages ?? [title] });
    const merged = this.next();
    const mergeRequest: EmbeddedMergeRequest = {
      project_id: 42,
      iid,
      title,
      description: work.description ?? '',
      author: { id: cast.dev.id, username: 'dev' },
      labels: [...(work.labels ?? [])],
      notes: [],
      labelEvents: [],
      state: 'merged',
      source_project_id: 42,
      source_branch: `b${iid}`,
      target_branch: into,
      created_at: created,
      updated_at: merged,
      ended_at: merged,
      sha: head,
      commits: shas.map((id, at) => ({
        id,
        title: work.messages?.[at] ?? title,
        message: work.messages?.[at] ?? title,
        author_name: author,
      })),
      ...keys,
    };
    this.stage.state.mergeRequests.push(mergeRequest);
    return iid;
  }

  private land(
    method: Method,
    how: {
      readonly iid: number;
      readonly into: string;
      readonly head: string;
      readonly title: string;
      readonly shas: readonly string[];
      readonly messages: readonly string[];
    },
  ): Pick<EmbeddedMergeRequest, 'merge_commit_sha' | 'squash_commit_sha' | 'merged_commit_sha'> {
    const { iid, into, head, title, messages } = how;
    const start = this.headOf(into);
    const message = `Merge branch 'b${iid}' into '${into}'\n\n${title}\n\nSee merge request shop/till!${iid}`;
    if (method === 'fast-forward') {
      this.moveTo(into, head);
      return { merge_commit_sha: null };
    }
    // GitLab rebased it as it merged: no answer shows the new commits.
    if (method === 'rebased') {
      const shas = this.branchOff(messages, start, 'Dee Developer');
      this.moveTo(into, shas.at(-1) ?? start);
      return { merge_commit_sha: null, merged_commit_sha: shas.at(-1) ?? start };
    }
    if (method === 'merge') {
      const merge = this.commit(message, [start, head]);
      this.moveTo(into, merge);
      return { merge_commit_sha: merge };
    }
    const squash = this.commit(title, [start]);
    if (method === 'squash') {
      this.moveTo(into, squash);
      return { merge_commit_sha: null, squash_commit_sha: squash };
    }
    const merge = this.commit(message, [start, squash]);
    this.moveTo(into, merge);
    return { merge_commit_sha: merge, squash_commit_sha: squash };
  }
}
