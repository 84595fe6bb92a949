/** How GitLab marks drafts: https://docs.gitlab.com/user/project/merge_requests/drafts/ */
const mark = /^\s*(?:\[draft\]|\(draft\)|draft:|\[wip\]|wip:)\s*/i;

export function titleWithoutDraft(title: string): string {
  return title.replace(mark, '');
}

export function draftTitle(title: string): string {
  return `Draft: ${titleWithoutDraft(title)}`;
}
