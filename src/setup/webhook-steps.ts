import { type Block, code, codeBlock, list, paragraph, strong, text } from '../model/document.ts';
import { forbiddenSwitches } from '../model/webhook-switch.ts';
import type { ChangeOf, Place, WantedWebhook } from './change.ts';
import {
  differenceItems,
  type InstructionStep,
  item,
  type Projects,
  pages,
  placeOf,
} from './instruction-step.ts';
import { tokenVariable } from './markers.ts';

/** The words of GitLab's own pages. Source: https://docs.gitlab.com/user/project/integrations/webhook_events/ */
const pageWords: Readonly<Record<string, string>> = {
  push_events: 'Push events',
  tag_push_events: 'Tag push events',
  issues_events: 'Issues (or work item) events',
  confidential_issues_events: 'Confidential issues (or work item) events',
  note_events: 'Comments',
  confidential_note_events: 'Confidential comments',
  merge_requests_events: 'Merge request events',
  wiki_page_events: 'Wiki page events',
  deployment_events: 'Deployment events',
  releases_events: 'Releases events',
  feature_flag_events: 'Feature flag events',
  milestone_events: 'Milestone events',
  emoji_events: 'Emoji events',
  resource_access_token_events: 'Project or group access token events',
  vulnerability_events: 'Vulnerability events',
};

function eventItems({ switches, branchFilter }: WantedWebhook): readonly (readonly Block[])[] {
  const wanted = Object.entries(switches).flatMap(([name, on]) => (on ? [name] : []));
  const ticks = wanted.flatMap((name, index) => [
    ...(index === 0 ? [] : [text(', ')]),
    strong(text(pageWords[name] ?? name)),
    text(' ('),
    code(name),
    text(')'),
  ]);
  const forbidden = Object.keys(forbiddenSwitches).map((name) => name.replace(/_events$/, ''));
  return [
    item(text('Tick exactly these events: '), ...ticks, text('.')),
    item(
      text(
        `Tick none of the others, above all no ${forbidden.join(' and no ')} events${switches['push_events'] === true ? '' : ', and untick push events, which GitLab ticks by default'}.`,
      ),
    ),
    ...(branchFilter === ''
      ? []
      : [
          item(
            text('Push events: only branches that match the wildcard pattern '),
            code(branchFilter),
            text('.'),
          ),
        ]),
  ];
}

function templateBlocks({ template }: WantedWebhook): readonly Block[] {
  return template === ''
    ? []
    : [paragraph(text('Custom webhook template, exactly as written here:')), codeBlock(template)];
}

function makeTrigger(watched: Place, bot: Place, projects: Projects): InstructionStep {
  const description = `herald setup: webhook of project ${watched.id} (by hand)`;
  return {
    title: 'Make a trigger token',
    about: 'trigger tokens',
    blocks: [
      placeOf(bot, projects, pages.triggers),
      list(
        item(text('Add a token with the description '), code(description), text('.')),
        item(
          text(
            'Copy the token for the next step. The user who creates it must keep at least the role Developer there: its pipelines run in that name. Never write the token into this issue.',
          ),
        ),
      ),
    ],
  };
}

function addressItem({ url }: WantedWebhook): readonly Block[] {
  return item(
    text('URL: '),
    code(url),
    text(', with the trigger token in place of '),
    code(`{${tokenVariable}}`),
    text('. Choose to mask portions of the URL: the sensitive portion is the token, and it looks like '),
    code(tokenVariable),
    text(' in the user interface.'),
  );
}

/** A trigger token and a webhook with it, for one watched project. */
export function makeWebhookSteps(
  { hook, in: watched, replaces, why }: ChangeOf<'make-webhook'>,
  bot: Place,
  projects: Projects,
): readonly InstructionStep[] {
  const { name, sslVerification } = hook;
  const last = `When the new one works, delete webhook ${replaces ?? 0} and revoke the trigger token it had.`;
  const webhook: InstructionStep = {
    title: replaces === null ? 'Make the webhook' : `Replace webhook ${replaces} (${why})`,
    about: 'webhooks',
    blocks: [
      placeOf(watched, projects, pages.hooks),
      list(
        item(text('Name: '), code(name), text('.')),
        addressItem(hook),
        item(text('Secret token: leave it empty.')),
        ...eventItems(hook),
        item(text(sslVerification ? 'Leave SSL verification on.' : 'Untick SSL verification.')),
        ...(replaces === null ? [] : [item(text(last))]),
      ),
      ...templateBlocks(hook),
    ],
  };
  return [makeTrigger(watched, bot, projects), webhook];
}

/** Changes to a webhook that can stay. */
export function changeWebhookStep(change: ChangeOf<'change-webhook'>, projects: Projects): InstructionStep {
  const { in: watched, id, differences, hook } = change;
  const template = differences.some(({ name }) => name === 'template') ? templateBlocks(hook) : [];
  return {
    title: `Change webhook ${id}`,
    about: 'webhooks',
    blocks: [placeOf(watched, projects, pages.hooks), list(...differenceItems(differences)), ...template],
  };
}
