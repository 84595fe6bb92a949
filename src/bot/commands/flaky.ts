import { type Document, list, paragraph, text } from '../../model/document.ts';
import type { KnownTest } from '../../model/facts.ts';
import {
  type FlakyMark,
  findFlakyMark,
  flakyKey,
  flakyPermission,
  testLabel,
} from '../../model/flaky-mark.ts';
import { nearest } from '../../model/nearest.ts';
import type { QuarantineFile } from '../../model/quarantine.ts';
import { quarantinePath } from '../../model/quarantine.ts';
import { withEntry } from '../../trail/quarantine/add-entry.ts';
import { dayOf } from '../../trail/quarantine/honour-quarantine.ts';
import { decide } from '../permissions.ts';
import type { BotCommand, CommandInput, CommandOutcome, Decision } from './command.ts';
import { act, cannot, sentence, usageOf } from './outcome.ts';
import { timeAgo } from './time-ago.ts';

const maxShown = 10;
const maxLength = 1_000;

/** Ways in which people and tools write a test with its class or suite; reports show `name in class`. */
function namesOf({ suite, className, name }: KnownTest): readonly string[] {
  const places = [...new Set([className, suite])].filter((place) => place !== '');
  return [
    name,
    ...places.flatMap((place) => [
      ...[': ', ' ', '::', '.', '#', ' > ', '/'].map((between) => `${place}${between}${name}`),
      `${name} in ${place}`,
    ]),
  ];
}

function labels(tests: readonly KnownTest[]): readonly string[] {
  return [...new Set(tests.map(testLabel))];
}

type Found = { readonly label: string; readonly isLookedUp: boolean } | CommandOutcome;

function several(wanted: string, found: readonly string[]): CommandOutcome {
  const shown = found.slice(0, maxShown).map((label): Document => sentence`${label}`);
  const more = found.length - shown.length;
  return cannot([
    ...sentence`Several tests are called ${wanted}; say which:`,
    list(...shown),
    ...(more > 0 ? [paragraph(text(`and ${more} more.`))] : []),
  ]);
}

/** The test that the author means; among several of that name, failing ones come first. */
function findTest(wanted: string, tests: readonly KnownTest[] | null): Found {
  if (tests === null) return { label: wanted, isLookedUp: false };
  const named = tests.filter((test) => namesOf(test).includes(wanted));
  const failing = labels(named.filter((test) => test.failing));
  const found = failing.length > 0 ? failing : labels(named);
  const [label] = found;
  if (label === undefined) {
    const meant = nearest(wanted, [...new Set(tests.flatMap((test) => [test.name, testLabel(test)]))]);
    return cannot(
      meant === null
        ? sentence`The report of the latest pipeline has no test ${wanted}.`
        : sentence`The report of the latest pipeline has no test ${wanted}; did you mean ${meant}?`,
    );
  }
  return found.length === 1 ? { label, isLookedUp: true } : several(wanted, found);
}

function markedWords({ test, by, at }: FlakyMark, now: Date): Document {
  return sentence`${test} is already marked as flaky, by ${by}, ${timeAgo(at, now)}.`;
}

function wantedIn({ args }: CommandInput['call']): string {
  return args.join(' ').trim();
}

const until = /^--until(?:=(.*))?$/;

function hasUntil({ args }: CommandInput['call']): boolean {
  return args.some((arg) => until.test(arg));
}

/** The words before `--until`, and the day after it, which may be missing. */
function untilIn({ args }: CommandInput['call']): { readonly wanted: string; readonly day: string } {
  const at = args.findIndex((arg) => until.test(arg));
  const [, glued] = until.exec(args[at] ?? '') ?? [];
  const rest = args.slice(at + 1);
  const day = glued ?? rest.shift() ?? '';
  return { wanted: [...args.slice(0, at), ...rest].join(' ').trim(), day };
}

/** True for a day of the calendar; 30 February is read as a day in March. */
function isDay(word: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(word) ? new Date(`${word}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && dayOf(day) === word;
}

function longerIn({ entries }: QuarantineFile, label: string, day: string): string | null {
  const there = entries.find(({ entry }) => entry.test === label && entry.expires >= day);
  return there === undefined ? null : there.entry.expires;
}

/** What is wrong with the words of the command; null where nothing is. */
function wrongWords(wanted: string, day: string, now: Date): CommandOutcome | null {
  if (wanted === '' || day === '') return usageOf(flaky);
  if (wanted.length > maxLength) return cannot(sentence`That is too long for the name of a test.`);
  if (!isDay(day)) return cannot(sentence`${day} is not a day. Write it like ${'2026-12-31'}.`);
  return day < dayOf(now) ? cannot(sentence`${day} is over.`) : null;
}

function planQuarantine({ call, facts, on }: CommandInput): CommandOutcome {
  const { wanted, day } = untilIn(call);
  const { quarantine, actor, project, now } = facts;
  const wrong = wrongWords(wanted, day, now);
  if (wrong !== null) return wrong;
  const found = findTest(wanted, facts.tests);
  if ('kind' in found) return found;
  if (quarantine === null || actor === null)
    return cannot(sentence`GitLab does not show me the files of this project.`);
  const { branch, text: before, problem } = quarantine;
  if (problem !== null)
    return cannot(sentence`${quarantinePath} of the branch ${branch} is wrong: ${problem}. Repair it first.`);
  const { label } = found;
  const longer = longerIn(quarantine, label, day);
  if (longer !== null)
    return act(sentence`${label} is already in quarantine on the branch ${branch}, until ${longer}.`);
  const where = on.kind === 'issue' ? `#${on.iid}` : `!${on.iid}`;
  const reason = `Marked as flaky in ${where}`;
  const after = withEntry(quarantine, { test: label, reason, owner: actor.username, expires: day });
  if (after === null)
    return cannot(
      sentence`I cannot add lines to ${quarantinePath} of the branch ${branch} as it is written. Add the entry by hand.`,
    );
  return act(
    sentence`A merge request puts ${label} into quarantine on the branch ${branch} until ${day}. Its failures count in no gate once it is merged.`,
    {
      do: 'quarantineTest',
      project: project.id,
      branch,
      test: label,
      expires: day,
      before,
      after,
      title: `Quarantine ${label} until ${day}`,
      document: sentence`Failures of ${label} count in no gate until ${day}. ${actor.username} asked for it in ${where}. Give the reason and the owner in ${quarantinePath} before the merge.`,
    },
  );
}

function planMark(input: CommandInput): CommandOutcome {
  const { call, facts, settings } = input;
  if (hasUntil(call)) return planQuarantine(input);
  const wanted = wantedIn(call);
  if (wanted === '') return usageOf(flaky);
  if (wanted.length > maxLength) return cannot(sentence`That is too long for the name of a test.`);
  const found = findTest(wanted, facts.tests);
  if ('kind' in found) return found;
  const { flakyMarks: marks, actor, project, now } = facts;
  if (marks === null || actor === null)
    return cannot(
      sentence`GitLab does not show which tests are marked: issues may be switched off in this project.`,
    );
  const { label } = found;
  const mark = findFlakyMark({ className: '', name: label }, marks);
  if (mark !== null) return act(markedWords(mark, now));
  const { prefix } = settings.commands;
  const unseen = sentence`I could not check the name, because I found no report of tests here. Write class and name as reports show them, ${'class: name'}, or a name alone.`;
  return act(
    [
      ...sentence`Marked ${label} as flaky: my reports count its failures as known, not as new. ${`${prefix} unflaky "${label}"`} removes the mark.`,
      ...(found.isLookedUp ? [] : unseen),
    ],
    { do: 'markFlaky', project: project.id, key: flakyKey(label), test: label, by: actor.username, prefix },
  );
}

function planUnmark({ call, facts }: CommandInput): CommandOutcome {
  const wanted = wantedIn(call);
  if (wanted === '') return usageOf(unflaky);
  const { flakyMarks: marks, tests } = facts;
  if (marks === null)
    return cannot(
      sentence`GitLab does not show which tests are marked: issues may be switched off in this project.`,
    );
  const named = (tests ?? []).filter((test) => namesOf(test).includes(wanted));
  const keys = new Set([wanted, ...labels(named)].map(flakyKey));
  const all = [...marks.byKey];
  const found = all.filter(([key, { test }]) => keys.has(key) || test.endsWith(`: ${wanted}`));
  const [only, ...others] = found;
  if (others.length > 0)
    return several(
      wanted,
      found.map(([, { test }]) => test),
    );
  if (only === undefined || marks.on === null) {
    const meant = nearest(
      wanted,
      all.map(([, { test }]) => test),
    );
    return meant === null
      ? act(sentence`${wanted} is not marked as flaky.`)
      : cannot(sentence`${wanted} is not marked as flaky; did you mean ${meant}?`);
  }
  const [key, mark] = only;
  return act(
    sentence`${mark.test} is no longer marked as flaky. ${mark.by} had marked it ${timeAgo(mark.at, facts.now)}.`,
    { do: 'removeComment', on: marks.on, key },
  );
}

/** The mark keeps the name of the user who set it. */
function decideOnMarks({ facts }: CommandInput): Decision {
  const decision = decide('mark-flaky', facts);
  if (!decision.allowed) return decision;
  const permission = flakyPermission(facts.actor?.username ?? '', decision.permission);
  return { ...decision, permission };
}

export const flaky: BotCommand = {
  name: 'flaky',
  usage: 'flaky TEST [--until DATE]',
  summary:
    'Marks a test as known to be flaky: its failures no longer count as new. With a date it opens a merge request that puts the test into quarantine.',
  on: ['merge_request', 'issue'],
  starts: hasUntil,
  needs: ['pipeline', 'tests', 'flakyMarks', 'quarantine'],
  decide: decideOnMarks,
  plan: planMark,
};

export const unflaky: BotCommand = {
  name: 'unflaky',
  usage: 'unflaky TEST',
  summary: 'Removes that mark.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: ['pipeline', 'tests', 'flakyMarks'],
  decide: decideOnMarks,
  plan: planUnmark,
};
