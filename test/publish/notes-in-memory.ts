import { createHash } from 'node:crypto';
import { GitLabRefusedError } from '../../src/errors.ts';
import type { Note, Notes, Users } from '../../src/gitlab/ports/port.ts';
import type { Clock, Log } from '../../src/io/port.ts';
import type { MergeRequestAddress } from '../../src/model/context.ts';
import type { Pipeline } from '../../src/model/pipeline.ts';
import type { PipelineSource } from '../../src/publish/known-pipelines.ts';
import { type ProvePart, proverOf } from '../../src/publish/note-parts.ts';

export const ownUserId = 7;
export const otherUserId = 8;

/** A signature as the token of these tests makes it. */
function aSignature(text: string): string {
  return createHash('sha256').update(`token ${text}`).digest('base64url').slice(0, 22);
}

/** The proof of parts of the own user, as the token of these tests makes it. */
export function aProver(mergeRequest: MergeRequestAddress, key: string): ProvePart {
  return proverOf(aSignature, { place: mergeRequest, key, authorId: ownUserId });
}

/** What happens around each request: tests order the steps, count them, or make them fail. */
export interface Hooks {
  /** Awaited before a request reaches GitLab and again before its answer reaches the caller. */
  step(label: string): Promise<void>;
  /** A reading has just seen the state of the notes. */
  onRead(): void;
}

const noHooks: Hooks = { step: () => Promise.resolve(), onRead: () => undefined };

export function aNote(fields: Partial<Note> & Pick<Note, 'id' | 'body'>): Note {
  return {
    authorId: ownUserId,
    system: false,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    ...fields,
  };
}

/** The notes of one merge request as GitLab keeps them; every client of it is one `clientOf`. */
export class NotesInMemory {
  readonly requests: string[] = [];
  notes: Note[];
  /** Pipelines that GitLab lists for the merge request. */
  pipelines: readonly number[] = [];
  /** Pipelines of the project besides. */
  children: readonly number[] = [];
  /** Whether lists say how many pages there are. */
  counts = true;
  private readonly pageSize: number;
  private lastId: number;

  constructor(notes: readonly Note[] = [], pageSize = 100) {
    this.notes = [...notes];
    this.pageSize = pageSize;
    this.lastId = Math.max(0, ...notes.map(({ id }) => id));
  }

  clientOf(hooks: Hooks = noHooks): Users & Notes & PipelineSource {
    const request = async <T>(label: string, effect: () => T): Promise<T> => {
      await hooks.step(label);
      this.requests.push(label);
      const result = effect();
      await hooks.step(`${label}, answered`);
      return result;
    };
    return {
      fetchCurrentUser: () => request('GET user', () => ({ id: ownUserId, username: 'herald' })),
      signature: (text) => aSignature(text),
      fetchNotePage: (_mergeRequest, page) =>
        request(`GET page ${page}`, () => {
          hooks.onRead();
          const last = Math.max(1, Math.ceil(this.notes.length / this.pageSize));
          const notes = this.notes.slice((page - 1) * this.pageSize, page * this.pageSize);
          return { notes, more: page < last, last: this.counts ? last : null };
        }),
      fetchNote: (_mergeRequest, noteId) =>
        request(`GET note ${noteId}`, () => {
          hooks.onRead();
          return this.notes.find(({ id }) => id === noteId) ?? null;
        }),
      createNote: (_mergeRequest, body) => request('POST note', () => this.create(body)),
      updateNote: (_mergeRequest, noteId, body) =>
        request(`PUT note ${noteId}`, () => this.update(noteId, body)),
      deleteNote: (_mergeRequest, noteId) =>
        request(`DELETE note ${noteId}`, () => {
          this.notes = this.notes.filter(({ id }) => id !== noteId);
        }),
      fetchPipelinesOf: () =>
        request('GET pipelines', () => [...this.pipelines].sort((a, b) => b - a).map(aPipeline)),
      fetchNewestJobs: (_projectId, pipelineId) =>
        request(`GET pipeline ${pipelineId}`, () => {
          if (![...this.pipelines, ...this.children].includes(pipelineId)) throw refused(404);
          return [];
        }),
    };
  }

  /** Requests without the one for the user, as `METHOD what`. */
  get noteRequests(): readonly string[] {
    return this.requests.filter((label) => label !== 'GET user');
  }

  private create(body: string): Note {
    this.lastId += 1;
    const note = aNote({ id: this.lastId, body: stored(body) });
    this.notes.push(note);
    return note;
  }

  private update(noteId: number, body: string): Note {
    const index = this.notes.findIndex(({ id }) => id === noteId);
    const old = this.notes[index];
    if (old === undefined) throw refused(404);
    const note = { ...old, body: stored(body) };
    this.notes[index] = note;
    return note;
  }
}

function aPipeline(id: number): Pipeline {
  const url = `https://gitlab.example.com/g/p/-/pipelines/${id}`;
  const rest = { ref: 'topic', source: null, createdAt: null };
  return { id, sha: 'c'.repeat(40), status: 'success', projectId: 1, url, ...rest };
}

function stored(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd();
}

export function refused(status: number): GitLabRefusedError {
  return new GitLabRefusedError(`GitLab answered ${status}`, { status, request: 'PUT /notes' });
}

export function aClock(sleep: Clock['sleep'] = () => Promise.resolve()): Clock {
  return { now: () => new Date('2026-01-01T00:00:00Z'), sleep, random: () => 0.5 };
}

export function aLog(lines: string[] = []): Log {
  const add =
    (level: string) =>
    (message: string): void => {
      lines.push(`${level}: ${message}`);
    };
  return {
    debug: add('debug'),
    info: add('info'),
    warn: add('warn'),
    error: add('error'),
    section: (_title, work) => work(),
  };
}
