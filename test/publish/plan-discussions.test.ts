import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InlineItem, ReviewThread } from '../../src/model/inline-comment.ts';
import type { DiscussionWords } from '../../src/publish/group-items.ts';
import type { OwnThread } from '../../src/publish/inline-author.ts';
import {
  type DiscussionsPlan,
  planDiscussions,
  type WantedDiscussions,
} from '../../src/publish/plan-discussions.ts';

const bot = 900;
const person = 11;
const headSha = 'c'.repeat(40);
const older = 'b'.repeat(40);
const source = '01234567';

/** Ids are 16 hexadecimal digits; the tests name them by one. */
function idOf(name: string): string {
  return Buffer.from(name).toString('hex').padStart(16, '0').slice(-16);
}

function item(name: string, line: number, changes: Partial<InlineItem> = {}): InlineItem {
  return {
    id: idOf(name),
    place: { path: 'a.ts', start: line, end: line },
    extent: { start: line, end: line },
    source,
    group: null,
    head: [],
    body: [{ type: 'paragraph', inlines: [{ type: 'text', text: `mend ${name}` }] }] as never,
    ...changes,
  };
}

const words: DiscussionWords = {
  render: (items) => [...new Set(items.map(({ body }) => JSON.stringify(body)))].join('\n'),
  spotOf: ({ path, end }) =>
    path === 'hidden.ts' ? null : { oldPath: path, newPath: path, oldLine: null, newLine: end, range: null },
  goneLine: 'gone',
};

let lastNote = 0;

function thread(
  about: readonly InlineItem[],
  changes: Partial<ReviewThread> & Partial<OwnThread['comment']> = {},
): OwnThread {
  const [first] = about;
  lastNote += 1;
  const { ids, gone = false, intact = true, text, ...ofThread } = changes;
  return {
    thread: {
      id: `thread ${lastNote}`,
      noteId: lastNote,
      authorId: bot,
      body: '',
      place: {
        headSha,
        path: first?.place.path ?? '',
        line: Math.max(...about.map(({ place }) => place.end)),
      },
      replies: [],
      resolvable: true,
      resolved: false,
      resolvedById: null,
      ...ofThread,
    },
    comment: {
      key: 'report',
      ids: ids ?? about.map(({ id }) => id),
      source,
      gone,
      author: { id: bot, proof: '' },
      text: text ?? words.render(about),
      intact,
    },
  };
}

const resolvedByBot = { resolved: true, resolvedById: bot, gone: true };

function plan(
  items: readonly InlineItem[],
  threads: readonly OwnThread[],
  changes: Partial<WantedDiscussions> = {},
): DiscussionsPlan {
  const alive = new Set(items.map(({ id }) => id));
  return planDiscussions(
    { items, alive, sources: new Set([source]), max: 20, headSha, ...changes },
    threads,
    words,
  );
}

const empty: DiscussionsPlan = {
  create: [],
  update: [],
  reopen: [],
  resolve: [],
  remove: [],
  doubles: [],
  leftOut: 0,
};

describe('threads that stand', () => {
  const a = item('a', 5);

  test('stay while what they say holds', () => {
    expect(plan([a], [thread([a])])).toEqual(empty);
  });

  test('stay on any line of what they are about', () => {
    const wide = item('a', 5, { extent: { start: 3, end: 9 } });
    const own = thread([a], { place: { headSha, path: 'a.ts', line: 9 } });
    expect(plan([wide], [own])).toEqual(empty);
  });

  test('are begun anew where GitLab lost their line, and then the old ones go', () => {
    const own = thread([a], { place: { headSha: older, path: 'a.ts', line: 5 } });
    const planned = plan([a], [own]);
    expect(planned.create).toMatchObject([{ ids: [a.id], place: { start: 5, end: 5 } }]);
    expect(planned.remove).toEqual([own.thread]);
  });

  test('are begun anew where their line stands for something else by now', () => {
    const moved = item('a', 30);
    const own = thread([a]);
    const planned = plan([moved], [own]);
    expect(planned.create).toMatchObject([{ ids: [a.id], place: { end: 30 } }]);
    expect(planned.remove).toEqual([own.thread]);
  });

  test('stay where they are when the diff does not show the new lines', () => {
    const hidden = item('a', 30, { place: { path: 'hidden.ts', start: 30, end: 30 } });
    expect(plan([hidden], [thread([a])])).toEqual(empty);
  });

  test('stay where GitLab does not say where they are', () => {
    expect(plan([item('a', 30)], [thread([a], { place: null })])).toEqual(empty);
  });

  test('say what they say now', () => {
    const own = thread([a], { text: 'something else' });
    expect(plan([a], [own]).update).toMatchObject([{ ids: [a.id], text: words.render([a]), gone: false }]);
  });

  test('are resolved when it is gone, which they say', () => {
    const own = thread([a]);
    const planned = plan([], [own]);
    expect(planned).toEqual({
      ...empty,
      resolve: [{ ...own, ids: [a.id], text: `${words.render([a])}\n\ngone`, gone: true }],
    });
  });

  test('are left alone when it is gone and resolved already', () => {
    expect(plan([], [thread([a], resolvedByBot)])).toEqual(empty);
  });

  test('are not resolved by a run that did not read their report', () => {
    expect(plan([], [thread([a])], { sources: new Set() })).toEqual(empty);
  });

  test('are not resolved while it holds, worth a comment or not', () => {
    expect(plan([], [thread([a])], { alive: new Set([a.id]) })).toEqual(empty);
  });

  test('are opened again when it comes back on its line', () => {
    const own = thread([a], { ...resolvedByBot, text: `${words.render([a])}\n\ngone` });
    const planned = plan([a], [own]);
    expect(planned.reopen).toEqual([own.thread]);
    expect(planned.update).toMatchObject([{ gone: false, text: words.render([a]) }]);
    expect(planned.create).toEqual([]);
  });

  test('stay resolved when it comes back where GitLab lost the line: it is said anew', () => {
    const own = thread([a], { ...resolvedByBot, place: { headSha: older, path: 'a.ts', line: 5 } });
    const planned = plan([a], [own]);
    expect(planned).toMatchObject({ reopen: [], update: [], remove: [] });
    expect(planned.create).toMatchObject([{ ids: [a.id] }]);
  });
});

describe('threads that are theirs by now', () => {
  const a = item('a', 5);
  test.each([
    ['answered', { replies: [person] }],
    ['resolved by somebody', { resolved: true, resolvedById: person }],
    ['resolved by nobody knows whom', { resolved: true, resolvedById: null }],
    ['opened again by somebody after the bot resolved it', { gone: true }],
    ['with a text that somebody changed', { intact: false }],
  ])('%s: never touched again, and not said anew', (_why, changes) => {
    const at = { place: { headSha: older, path: 'a.ts', line: 5 } };
    expect(plan([a], [thread([a], changes)])).toEqual(empty);
    expect(plan([], [thread([a], changes)])).toEqual(empty);
    expect(plan([item('a', 30)], [thread([a], { ...changes, ...at })])).toEqual(empty);
  });

  test('an answer of the bot itself takes nothing', () => {
    expect(plan([], [thread([a], { replies: [bot] })]).resolve).toHaveLength(1);
  });
});

describe('the same thing under another name', () => {
  test('a renamed file: the thread that GitLab moved there takes the new name', () => {
    const before = item('a', 5, { place: { path: 'old.ts', start: 5, end: 5 } });
    const after = item('b', 5, { body: before.body });
    const own = thread([before], { place: { headSha, path: 'a.ts', line: 5 } });
    expect(plan([after], [own])).toEqual({
      ...empty,
      update: [{ ...own, ids: [after.id], text: words.render([after]), gone: false }],
    });
  });

  test('of two equal ones the first is mended: its thread is resolved, not that of the second, whose name is now that of the first', () => {
    const { body } = item('same', 1);
    const [one, two] = [item('a', 5, { body }), item('b', 20, { body })];
    const threads = [thread([one]), thread([two])];
    const planned = plan([item('a', 20, { body })], threads);
    expect(planned.resolve.map(({ thread: { id } }) => id)).toEqual([threads[0]?.thread.id]);
    expect(planned.update.map(({ thread: { id }, ids }) => [id, ids])).toEqual([
      [threads[1]?.thread.id, [one.id]],
    ]);
    expect(planned).toMatchObject({ create: [], remove: [] });
  });

  test('a thread that somebody answered keeps its own name, and nothing is said anew', () => {
    const { body } = item('same', 1);
    const [one, two] = [item('a', 5, { body }), item('b', 20, { body })];
    const planned = plan([item('a', 20, { body })], [thread([one]), thread([two], { replies: [person] })]);
    expect(planned).toMatchObject({ create: [], update: [], remove: [], reopen: [] });
    expect(planned.resolve).toHaveLength(1);
  });

  test('another report that says the same there is another thing', () => {
    const a = item('a', 5);
    const other = item('b', 5, { body: a.body, source: '76543210' });
    expect(plan([a, other], [thread([a])]).create).toMatchObject([{ ids: [other.id] }]);
  });
});

describe('several at once', () => {
  const grouped = (name: string, line: number): InlineItem => item(name, line, { group: 'g' });

  test('of one group on adjacent lines are one comment, which stands at the last', () => {
    const planned = plan([grouped('a', 5), grouped('b', 6), grouped('c', 8)], []);
    expect(planned.create.map(({ ids, place }) => [ids.length, place.start, place.end])).toEqual([
      [2, 5, 6],
      [1, 8, 8],
    ]);
  });

  test('one of a group is mended: the thread says the rest, and knows what it was about', () => {
    const [a, b] = [grouped('a', 5), grouped('b', 6)];
    const planned = plan([a], [thread([a, b])]);
    expect(planned.update).toMatchObject([{ ids: [a.id, b.id], text: words.render([a]) }]);
    expect(planned).toMatchObject({ create: [], resolve: [], remove: [] });
  });

  test('more than there is room for: the first ones, and how many are left out', () => {
    const items = Array.from({ length: 30 }, (_, index) => item(`n${index}`, index + 1));
    const planned = plan(items, [], { max: 4 });
    expect(planned.create.map(({ place }) => place.start)).toEqual([1, 2, 3, 4]);
    expect(planned.leftOut).toBe(26);
  });

  test('open threads that somebody answered take room, resolved ones do not', () => {
    const [a, b, c, d] = [item('a', 1), item('b', 2), item('c', 3), item('d', 4)];
    const threads = [
      thread([a], { replies: [person] }),
      thread([b], { resolved: true, resolvedById: person }),
    ];
    const planned = plan([a, b, c, d], threads, { max: 2 });
    expect(planned.create).toMatchObject([{ ids: [c.id] }]);
    expect(planned.leftOut).toBe(1);
  });

  test('what the diff does not show is no comment', () => {
    expect(plan([item('a', 1, { place: { path: 'hidden.ts', start: 1, end: 1 } })], [])).toEqual(empty);
  });

  test('two threads about one thing: the older one stays', () => {
    const a = item('a', 5);
    const [first, second] = [thread([a]), thread([a])];
    expect(plan([a], [second, first])).toEqual({
      ...empty,
      remove: [second.thread],
      doubles: [second.thread],
    });
  });

  test('after a run that was cut off between the new thread and the old one, the new one stays', () => {
    const a = item('a', 30);
    const [old, fresh] = [thread([a], { place: { headSha: older, path: 'a.ts', line: 5 } }), thread([a])];
    expect(plan([a], [old, fresh])).toEqual({ ...empty, remove: [old.thread], doubles: [old.thread] });
  });

  test('a second one that somebody answered stays', () => {
    const a = item('a', 5);
    expect(plan([a], [thread([a]), thread([a], { replies: [person] })])).toEqual(empty);
  });
});

describe('whatever stands and whatever is said', () => {
  const anItem = fc
    .record({
      name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      line: fc.integer({ min: 1, max: 12 }),
      say: fc.constantFrom('x', 'y'),
      group: fc.constantFrom(null, 'g'),
    })
    .map(({ name, line, say, group }) => item(name, line, { body: item(`${name}, ${say}`, 1).body, group }));
  const items = fc.uniqueArray(anItem, { selector: ({ id }) => id, maxLength: 5 });
  const aThread = fc
    .record({
      about: fc.uniqueArray(anItem, { selector: ({ id }) => id, minLength: 1, maxLength: 3 }),
      changes: fc.constantFrom<Parameters<typeof thread>[1]>(
        {},
        {},
        { replies: [person] },
        { resolved: true, resolvedById: person },
        { intact: false },
        resolvedByBot,
        { place: { headSha: older, path: 'a.ts', line: 3 } },
      ),
    })
    .map(({ about, changes }) => thread(about, changes));

  /** What stands after a plan was carried out. */
  function after(
    threads: readonly OwnThread[],
    { create, update, reopen, resolve, remove }: DiscussionsPlan,
  ): readonly OwnThread[] {
    const kept = threads.filter((own) => !remove.includes(own.thread));
    const changed = kept.map((own): OwnThread => {
      const edit = [...update, ...resolve].find((one) => one.thread === own.thread);
      const comment =
        edit === undefined
          ? own.comment
          : { ...own.comment, ids: edit.ids, text: edit.text, gone: edit.gone };
      const isResolved = resolve.some((one) => one.thread === own.thread);
      const resolved = isResolved || (own.thread.resolved && !reopen.includes(own.thread));
      return {
        thread: { ...own.thread, resolved, resolvedById: isResolved ? bot : own.thread.resolvedById },
        comment,
      };
    });
    const begun = create.map(({ ids, place, text }) =>
      thread([], { ids, text, place: { headSha, path: place.path, line: place.end } }),
    );
    return [...changed, ...begun];
  }

  test('a second run writes nothing, and threads of people are left alone', () => {
    fc.assert(
      fc.property(items, fc.array(aThread, { maxLength: 4 }), (said, threads) => {
        const first = plan(said, threads);
        const touched = [...first.update, ...first.resolve].map((one) => one.thread);
        for (const { thread: one, comment } of threads)
          if (one.replies.length > 0 || !comment.intact || one.resolvedById === person)
            expect([...touched, ...first.reopen, ...first.remove]).not.toContain(one);
        expect(plan(said, after(threads, first))).toEqual(empty);
      }),
      { numRuns: 2_000 },
    );
  });

  test('everything that is said stands in exactly one open thread, and nothing else stands', () => {
    fc.assert(
      fc.property(items, fc.array(aThread, { maxLength: 4 }), (said, threads) => {
        const stands = after(threads, plan(said, threads));
        const isTheirs = ({ thread: one, comment }: OwnThread): boolean =>
          one.replies.length > 0 || !comment.intact || one.resolvedById === person;
        if (threads.some(isTheirs)) return;
        const open = stands.filter((own) => !own.thread.resolved);
        for (const name of ['a', 'b', 'c', 'd', 'e']) {
          const times = open.filter(({ comment }) => comment.text.includes(`mend ${name}`)).length;
          expect(times).toBe(said.some(({ id }) => id === idOf(name)) ? 1 : 0);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
