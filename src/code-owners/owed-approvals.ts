import type { CodeOwnerApproval, OwedApproval } from '../model/code-owner-approval.ts';
import { type OwnerDirectory, peopleOfOwners } from './owner-directory.ts';
import type { TouchedRule } from './touched-rules.ts';

interface Given {
  /** Ids of the users who approved. */
  readonly approvers: ReadonlySet<number>;
  /** The author of the merge request, whose own approval does not count. */
  readonly author: number;
}

type Standing = 'approved' | 'owed' | 'unclear' | 'unowned';

/**
 * Whether the owners of a rule approved. An owner who cannot be seen never counts as one who approved; but where enough
 * other people approved, they may be among them. GitLab approves by itself what nobody can approve
 * (https://docs.gitlab.com/user/project/merge_requests/approvals/#invalid-rules); here that is not known to be right.
 */
function standingOf(
  rule: TouchedRule,
  { approvers, author }: Given,
  directory: OwnerDirectory,
): { readonly standing: Standing; readonly given: number; readonly unseen: readonly string[] } {
  const { ids, unseen } = peopleOfOwners(rule.owners, directory);
  const eligible = [...ids].filter((id) => id !== author);
  const given = eligible.filter((id) => approvers.has(id)).length;
  const others = [...approvers].filter((id) => id !== author && !ids.has(id)).length;
  if (given >= rule.approvals) return { standing: 'approved', given, unseen };
  if (unseen.length > 0)
    return { standing: given + others >= rule.approvals ? 'unclear' : 'owed', given, unseen };
  return { standing: given === eligible.length ? 'unowned' : 'owed', given, unseen };
}

/** The approvals that the owners of the touched rules still owe. Optional sections ask for none. */
export function owedApprovals(
  touched: readonly TouchedRule[],
  given: Given,
  directory: OwnerDirectory,
): CodeOwnerApproval & { readonly kind: 'measured' } {
  const judged = touched
    .filter(({ optional }) => !optional)
    .map((rule) => ({ rule, ...standingOf(rule, given, directory) }));
  const of = (wanted: Standing): readonly OwedApproval[] =>
    judged
      .filter(({ standing }) => standing === wanted)
      .map(({ rule: { section, pattern, approvals: required, owners }, given: count }) => ({
        section,
        pattern,
        required,
        given: count,
        owners,
      }));
  const unseen = judged.filter(({ standing }) => standing !== 'approved').flatMap((one) => one.unseen);
  return {
    kind: 'measured',
    rules: judged.length,
    owed: of('owed'),
    unclear: of('unclear'),
    unowned: of('unowned'),
    unseen: [...new Set(unseen)],
  };
}
