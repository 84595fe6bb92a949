import { describe, expect, test } from 'vitest';
import { parseReplyMarker } from '../../../src/bot/commands/reply-marker.ts';
import type { Noteable } from '../../../src/model/noteable.ts';
import { aStage, forkMr, head, issue, mr, type Who } from './stage.ts';

interface Row {
  readonly name: string;
  readonly who: Who;
  readonly says: string;
  readonly on?: Noteable;
  readonly config?: string;
  readonly state: 'done' | 'refused' | 'cannot' | 'failed';
  /** Writes besides the answer and the reactions. */
  readonly deeds: readonly string[];
  readonly answer: RegExp;
}

const api = '/projects/42';
const retried = [`POST ${api}/jobs/601/retry`];
const onMr = [`PUT ${api}/merge_requests/7`];

const rows: readonly Row[] = [
  { name: 'anybody may ask for help', who: 'sam', says: 'help', state: 'done', deeds: [], answer: /retry/ },
  { name: 'anybody may ask why', who: 'sam', says: 'why', state: 'done', deeds: [], answer: /no rules/i },
  {
    name: 'a developer may retry the failed jobs',
    who: 'dev',
    says: 'retry',
    state: 'done',
    deeds: retried,
    answer: /unit/,
  },
  {
    name: 'an owner may retry the failed jobs',
    who: 'otto',
    says: 'retry',
    state: 'done',
    deeds: retried,
    answer: /unit/,
  },
  {
    name: 'a reporter may not retry',
    who: 'rita',
    says: 'retry',
    state: 'refused',
    deeds: [],
    answer: /Developer.*Reporter/s,
  },
  {
    name: 'a guest may not retry',
    who: 'gus',
    says: 'retry',
    state: 'refused',
    deeds: [],
    answer: /Developer.*Guest/s,
  },
  {
    name: 'somebody who is no member may not retry',
    who: 'sam',
    says: 'retry',
    state: 'refused',
    deeds: [],
    answer: /Developer.*no role/s,
  },
  {
    name: 'a blocked account may do nothing',
    who: 'gone',
    says: 'retry',
    state: 'refused',
    deeds: [],
    answer: /not active/,
  },
  {
    name: 'a job by its name',
    who: 'dev',
    says: 'retry unit',
    state: 'done',
    deeds: retried,
    answer: /unit/,
  },
  {
    name: 'a job that did not fail is not run again',
    who: 'dev',
    says: 'retry lint',
    state: 'done',
    deeds: [],
    answer: /nothing to retry/,
  },
  {
    name: 'a job that is not there is named',
    who: 'dev',
    says: 'retry unti',
    state: 'cannot',
    deeds: [],
    answer: /no job.*unti/s,
  },
  {
    name: 'in a fork its owner may retry',
    who: 'sam',
    says: 'retry',
    on: forkMr,
    state: 'done',
    deeds: ['POST /projects/43/jobs/611/retry'],
    answer: /unit/,
  },
  {
    name: 'in a fork a maintainer of the target may not',
    who: 'mia',
    says: 'retry',
    on: forkMr,
    state: 'refused',
    deeds: [],
    answer: /Developer/,
  },
  {
    name: 'a project may ask for a higher role',
    who: 'dev',
    says: 'retry',
    config: 'bot: { commands: { roles: { retry: maintainer } } }',
    state: 'refused',
    deeds: [],
    answer: /Maintainer.*Developer/s,
  },
  {
    name: 'a higher role is enough where it is asked for',
    who: 'mia',
    says: 'retry',
    config: 'bot: { commands: { roles: { retry: maintainer } } }',
    state: 'done',
    deeds: retried,
    answer: /unit/,
  },
  {
    name: 'a project cannot give more than GitLab does',
    who: 'gus',
    says: 'retry',
    config: 'bot: { commands: { roles: { retry: guest } } }',
    state: 'refused',
    deeds: [],
    answer: /Developer/,
  },
  {
    name: 'a command that is switched off is said to be',
    who: 'mia',
    says: 'retry',
    config: 'bot: { commands: { disabled: [retry] } }',
    state: 'cannot',
    deeds: [],
    answer: /switched off/,
  },
  {
    name: 'an unknown command brings the nearest',
    who: 'dev',
    says: 'rety',
    state: 'cannot',
    deeds: [],
    answer: /did you mean.*retry/s,
  },
  {
    name: 'the name of a quick action of GitLab is nothing special',
    who: 'dev',
    says: 'merge',
    state: 'cannot',
    deeds: [],
    answer: /unknown command/i,
  },
  { name: 'a developer may cancel', who: 'dev', says: 'cancel', state: 'done', deeds: [], answer: /./ },
  {
    name: 'a guest may not cancel',
    who: 'gus',
    says: 'cancel',
    state: 'refused',
    deeds: [],
    answer: /Developer/,
  },
  {
    name: 'a developer may start a pipeline',
    who: 'dev',
    says: 'run',
    state: 'done',
    deeds: [`POST ${api}/merge_requests/7/pipelines`],
    answer: /pipelines\/\d+/,
  },
  {
    name: 'a guest may not start a pipeline',
    who: 'gus',
    says: 'run',
    state: 'refused',
    deeds: [],
    answer: /Developer/,
  },
  {
    name: 'a pipeline of a merge request takes no variables',
    who: 'dev',
    says: 'run now',
    state: 'cannot',
    deeds: [],
    answer: /variables/,
  },
  {
    name: 'a stranger may not run a pipeline of a fork in this project',
    who: 'sam',
    says: 'run',
    on: forkMr,
    state: 'refused',
    deeds: [],
    answer: /Developer/,
  },
  {
    name: 'a developer runs a fork in this project only for a commit that he names',
    who: 'dev',
    says: 'run',
    on: forkMr,
    state: 'cannot',
    deeds: [],
    answer: /ok-to-test SHA/,
  },
  {
    name: 'ok-to-test for the beginning of a SHA, which another commit can have too',
    who: 'dev',
    says: 'ok-to-test f0f0f0f0f0f0f0f0',
    on: forkMr,
    state: 'cannot',
    deeds: [],
    answer: /copy the whole SHA/,
  },
  {
    name: 'ok-to-test by a developer for the head',
    who: 'dev',
    says: `ok-to-test ${'f0'.repeat(20)}`,
    on: forkMr,
    state: 'done',
    deeds: [`POST ${api}/merge_requests/8/pipelines`],
    answer: /pipelines\/\d+/,
  },
  {
    name: 'ok-to-test for another commit than the head',
    who: 'dev',
    says: 'ok-to-test 0123456789',
    on: forkMr,
    state: 'cannot',
    deeds: [],
    answer: /latest commit/,
  },
  {
    name: 'ok-to-test without a commit',
    who: 'dev',
    says: 'ok-to-test',
    on: forkMr,
    state: 'cannot',
    deeds: [],
    answer: /SHA/,
  },
  {
    name: 'ok-to-test by the author of the fork',
    who: 'sam',
    says: `ok-to-test ${'f0'.repeat(20)}`,
    on: forkMr,
    state: 'refused',
    deeds: [],
    answer: /Developer/,
  },
  {
    name: 'a manual job is played',
    who: 'dev',
    says: 'play deploy',
    state: 'done',
    deeds: [`POST ${api}/jobs/603/play`],
    answer: /deploy/,
  },
  {
    name: 'a job that is not manual is left alone',
    who: 'dev',
    says: 'play lint',
    state: 'done',
    deeds: [],
    answer: /lint/,
  },
  {
    name: 'a guest may not play',
    who: 'gus',
    says: 'play deploy',
    state: 'refused',
    deeds: [],
    answer: /Developer/,
  },
  {
    name: 'a developer may label',
    who: 'dev',
    says: 'label ~backend',
    state: 'done',
    deeds: onMr,
    answer: /backend/,
  },
  {
    name: 'a guest may not label',
    who: 'gus',
    says: 'label ~backend',
    state: 'refused',
    deeds: [],
    answer: /./,
  },
  {
    name: 'labels may be limited to some',
    who: 'dev',
    says: 'label ~help::wanted',
    config: 'bot: { commands: { labels: ["help::*"] } }',
    state: 'done',
    deeds: onMr,
    answer: /help::wanted/,
  },
  {
    name: 'other labels than those are left alone',
    who: 'dev',
    says: 'label ~backend',
    config: 'bot: { commands: { labels: ["help::*"] } }',
    state: 'cannot',
    deeds: [],
    answer: /help::\*/,
  },
  {
    name: 'naming labels gives no right to anybody',
    who: 'gus',
    says: 'label ~help::wanted',
    config: 'bot: { commands: { labels: ["help::*"] } }',
    state: 'refused',
    deeds: [],
    answer: /Developer/,
  },
  {
    name: 'a label that is not there is not taken off',
    who: 'dev',
    says: 'unlabel ~backend',
    state: 'done',
    deeds: [],
    answer: /./,
  },
  {
    name: 'an issue is labelled by a planner',
    who: 'pat',
    says: 'label ~bug',
    on: issue,
    state: 'done',
    deeds: [`PUT ${api}/issues/3`],
    answer: /bug/,
  },
  {
    name: 'an issue is not labelled by a guest',
    who: 'gus',
    says: 'label ~bug',
    on: issue,
    state: 'refused',
    deeds: [],
    answer: /Planner/,
  },
  { name: 'a developer assigns', who: 'dev', says: 'assign @eve', state: 'done', deeds: onMr, answer: /eve/ },
  {
    name: 'somebody who is not there is not assigned',
    who: 'dev',
    says: 'assign @nobody',
    state: 'cannot',
    deeds: [],
    answer: /nobody/,
  },
  {
    name: 'a guest may not assign',
    who: 'gus',
    says: 'assign @eve',
    state: 'refused',
    deeds: [],
    answer: /./,
  },
  {
    name: 'a developer asks for a review',
    who: 'dev',
    says: 'review @eve',
    state: 'done',
    deeds: onMr,
    answer: /eve/,
  },
  {
    name: 'a hold is a thread that blocks',
    who: 'dev',
    says: 'hold until Monday',
    state: 'done',
    deeds: [`POST ${api}/merge_requests/7/discussions`],
    answer: /./,
  },
  {
    name: 'a guest may not hold',
    who: 'gus',
    says: 'hold',
    state: 'refused',
    deeds: [],
    answer: /Developer/,
  },
  {
    name: 'the author may hold his own, without any role',
    who: 'sam',
    says: 'hold',
    on: forkMr,
    state: 'done',
    deeds: [`POST ${api}/merge_requests/8/discussions`],
    answer: /./,
  },
  {
    name: 'a guest may open an issue',
    who: 'gus',
    says: 'issue "The drawer sticks"',
    state: 'done',
    deeds: [`POST ${api}/issues`],
    answer: /issues\/\d+/,
  },
  { name: 'an issue needs a title', who: 'gus', says: 'issue', state: 'cannot', deeds: [], answer: /TITLE/ },
  {
    name: 'issues are linked',
    who: 'pat',
    says: 'link #4',
    on: issue,
    state: 'done',
    deeds: [`POST ${api}/issues/3/links`],
    answer: /#4|4/,
  },
  {
    name: 'link works on issues only',
    who: 'dev',
    says: 'link #3',
    state: 'cannot',
    deeds: [],
    answer: /issue/,
  },
  {
    name: 'the author may close his issue',
    who: 'sam',
    says: 'close',
    on: issue,
    state: 'done',
    deeds: [`PUT ${api}/issues/3`],
    answer: /./,
  },
  {
    name: 'a guest may not close the issue of somebody else',
    who: 'gus',
    says: 'close',
    on: issue,
    state: 'refused',
    deeds: [],
    answer: /./,
  },
  {
    name: 'the author may close his merge request',
    who: 'sam',
    says: 'close',
    on: forkMr,
    state: 'done',
    deeds: [`PUT ${api}/merge_requests/8`],
    answer: /./,
  },
  {
    name: 'what is open is not opened again',
    who: 'dev',
    says: 'reopen',
    state: 'done',
    deeds: [],
    answer: /./,
  },
  {
    name: 'a milestone by its title',
    who: 'dev',
    says: 'milestone %2.0',
    state: 'done',
    deeds: onMr,
    answer: /2\.0/,
  },
  {
    name: 'a milestone that is not there',
    who: 'dev',
    says: 'milestone %3.0',
    state: 'cannot',
    deeds: [],
    answer: /3\.0/,
  },
  {
    name: 'the author mutes his merge request',
    who: 'sam',
    says: 'mute',
    on: forkMr,
    state: 'done',
    deeds: [`PUT ${api}/merge_requests/8`],
    answer: /herald::muted/,
  },
  { name: 'a guest may not mute', who: 'gus', says: 'mute', state: 'refused', deeds: [], answer: /./ },
  {
    name: 'a backport waits for the merge',
    who: 'mia',
    says: 'backport 1.x',
    state: 'cannot',
    deeds: [],
    answer: /merged/,
  },
  {
    name: 'a guest may have the report made once more',
    who: 'gus',
    says: 'report',
    state: 'done',
    deeds: [`POST ${api}/merge_requests/7/notes`, `POST ${api}/statuses/${head}`],
    answer: /current/,
  },
  {
    name: 'somebody who is not a member may have the report made, too: it shows what they can see',
    who: 'sam',
    says: 'report',
    state: 'done',
    deeds: [`POST ${api}/merge_requests/7/notes`, `POST ${api}/statuses/${head}`],
    answer: /current/,
  },
  {
    name: 'where no files have owners, a member is asked for a review',
    who: 'dev',
    says: 'reviewers',
    state: 'done',
    deeds: onMr,
    answer: /Asked \S+/,
  },
  {
    name: 'a guest may not have a reviewer chosen',
    who: 'gus',
    says: 'reviewers',
    state: 'refused',
    deeds: [],
    answer: /./,
  },
  { name: 'people are mentioned', who: 'gus', says: 'cc @eve', state: 'done', deeds: [], answer: /@eve/ },
  {
    name: 'somebody who is not there is not mentioned',
    who: 'dev',
    says: 'cc @nobody',
    state: 'cannot',
    deeds: [],
    answer: /nobody/,
  },
  {
    name: 'who is not assigned is not taken off',
    who: 'dev',
    says: 'unassign @eve',
    state: 'done',
    deeds: [],
    answer: /Not `assigned` anyway/,
  },
  { name: 'what is not on hold', who: 'dev', says: 'unhold', state: 'done', deeds: [], answer: /./ },
  { name: 'what is not muted', who: 'dev', says: 'unmute', state: 'done', deeds: [], answer: /Not muted/ },
];

describe('a command', () => {
  test.each(rows)('$name', async ({ who, says, on = mr, config = null, state, deeds, answer }) => {
    const stage = await aStage(config);
    const { note, payload } = stage.say(who, `/herald ${says}`, on);
    const handled = await stage.handle(payload);
    expect(handled.outcome).toBe('handled');
    expect(stage.deeds()).toEqual(deeds);
    const [body = '', ...others] = stage.answers(note, on);
    expect(others).toEqual([]);
    expect(body).toMatch(answer);
    expect([...(parseReplyMarker(body)?.calls.values() ?? [])]).toEqual([state]);
    const reactions = (note.reactions ?? []).map(({ name }) => name);
    expect(reactions).toEqual([state === 'done' ? 'white_check_mark' : 'x']);
    // The second time everything is as it was.
    await stage.handle(payload);
    expect(stage.deeds()).toEqual([]);
    expect(stage.answers(note, on)).toEqual([body]);
  });
});

describe('a command takes back what another one did', () => {
  test.each([
    ['assign @eve', 'unassign @eve', onMr],
    ['hold', 'unhold', [expect.stringMatching(/^PUT .*\/merge_requests\/7\/discussions\/[0-9a-f]+$/)]],
    ['mute', 'unmute', onMr],
  ])('%s, then %s', async (first, second, deeds) => {
    const stage = await aStage();
    await stage.handle(stage.say('dev', `/herald ${first}`).payload);
    expect(stage.deeds()).toHaveLength(1);
    const { payload } = stage.say('dev', `/herald ${second}`);
    await stage.handle(payload);
    expect(stage.deeds()).toEqual(deeds);
    await stage.handle(payload);
    expect(stage.deeds()).toEqual([]);
  });
});
