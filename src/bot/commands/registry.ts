import { backport } from './backport.ts';
import { cancel } from './cancel.ts';
import type { BotCommand } from './command.ts';
import { digest } from './digest.ts';
import { flaky, unflaky } from './flaky.ts';
import { help } from './help.ts';
import { hold, unhold } from './hold.ts';
import { issue, link } from './issue.ts';
import { label, unlabel } from './labels.ts';
import { milestone } from './milestone.ts';
import { mute, unmute } from './mute.ts';
import { okToTest } from './ok-to-test.ts';
import { assign, cc, review, unassign } from './people.ts';
import { play } from './play.ts';
import { releaseNotes } from './release-notes.ts';
import { report } from './report.ts';
import { retry } from './retry.ts';
import { reviewers } from './reviewers.ts';
import { run } from './run.ts';
import { close, reopen } from './state.ts';
import { status } from './status.ts';
import { why } from './why.ts';

/** Every command, in the order in which `help` lists them. */
export const commands: readonly BotCommand[] = [
  help,
  why,
  status,
  digest,
  releaseNotes,
  report,
  retry,
  cancel,
  run,
  play,
  okToTest,
  label,
  unlabel,
  assign,
  unassign,
  review,
  reviewers,
  cc,
  hold,
  unhold,
  issue,
  link,
  close,
  reopen,
  milestone,
  backport,
  flaky,
  unflaky,
  mute,
  unmute,
];
