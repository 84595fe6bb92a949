import type { AccessTokenEvent } from './events/access-token.ts';
import { accessToken } from './events/access-token.ts';
import { type DeploymentEvent, deployment } from './events/deployment.ts';
import { type EmojiEvent, emoji } from './events/emoji.ts';
import { type FeatureFlagEvent, featureFlag } from './events/feature-flag.ts';
import { type GroupEvent, group } from './events/group.ts';
import { type IssueEvent, issue } from './events/issue.ts';
import { type JobEvent, job } from './events/job.ts';
import { type MemberEvent, member } from './events/member.ts';
import { type MergeRequestEvent, mergeRequest } from './events/merge-request.ts';
import { type MilestoneEvent, milestone } from './events/milestone.ts';
import { type NoteEvent, note } from './events/note.ts';
import { type PipelineEvent, pipeline } from './events/pipeline.ts';
import { type ProjectEvent, projectReader } from './events/project.ts';
import { type PushEvent, push, type TagPushEvent, tagPush } from './events/push.ts';
import { type ReleaseEvent, release } from './events/release.ts';
import { type SystemEvent, system } from './events/system.ts';
import { type VulnerabilityEvent, vulnerability } from './events/vulnerability.ts';
import { type WikiPageEvent, wikiPage } from './events/wiki-page.ts';

/** Every event that Herald understands. */
export type WebhookEvent =
  | PushEvent
  | TagPushEvent
  | IssueEvent
  | MergeRequestEvent
  | NoteEvent
  | PipelineEvent
  | JobEvent
  | DeploymentEvent
  | ReleaseEvent
  | WikiPageEvent
  | FeatureFlagEvent
  | MilestoneEvent
  | EmojiEvent
  | AccessTokenEvent
  | VulnerabilityEvent
  | MemberEvent
  | ProjectEvent
  | GroupEvent
  | SystemEvent;

/** The readers, the most frequent events first. */
export const eventReaders = [
  note,
  mergeRequest,
  push,
  issue,
  tagPush,
  emoji,
  deployment,
  release,
  pipeline,
  job,
  wikiPage,
  featureFlag,
  milestone,
  accessToken,
  vulnerability,
  member,
  projectReader,
  group,
  system,
] as const;
