/**
 * Longer lines are cut here before anything is matched against them, so that no line costs more than a bounded time.
 */
const maxLineCharacters = 2_000;

// Control sequences (colours, cursor), operating-system commands (titles, links; bounded), and the two-character ones.
const ESCAPE_SEQUENCES =
  /\u001b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\u0007\u001b]{0,2000}(?:\u0007|\u001b\\)|[@-_])/g;
const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]|\p{Surrogate}/gu;

export interface VisibleLine {
  readonly text: string;
  /** GitLab shows it too: it clears a line at each carriage return, and what is before the last one with it. */
  readonly shown: boolean;
}

function plain(text: string): string {
  return text.replace(ESCAPE_SEQUENCES, '').replace(CONTROLS, '').trimEnd();
}

/** At most so many characters, and a copy of them: a part of a long text would keep all of it in memory. */
function bounded(text: string): string {
  if (text.length <= maxLineCharacters) return text;
  return Buffer.from(text.slice(0, maxLineCharacters), 'utf8').toString('utf8');
}

/**
 * What a reader sees of one line: no escape sequences, no control characters, of text that was overwritten after
 * carriage returns only what came last. Source: https://gitlab.com/gitlab-org/gitlab/-/blob/master/lib/gitlab/ci/ansi2json/converter.rb
 */
export function visibleLine(raw: string): VisibleLine {
  const text = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
  if (!text.includes('\r')) {
    const seen = plain(text);
    return { text: bounded(seen), shown: seen !== '' || /^\s+$/.test(text) };
  }
  const last = plain(text.slice(text.lastIndexOf('\r') + 1));
  if (last !== '') return { text: bounded(last), shown: true };
  const kept = text.split('\r').findLast((part) => plain(part) !== '');
  return { text: bounded(plain(kept ?? '')), shown: false };
}
