import type { CodeOwnerApproval, OwedApproval } from '../../model/code-owner-approval.ts';
import type { GateWords, Unmeasured } from '../../model/gate-words.ts';
import { type Gate, named } from '../gate.ts';

function withNames(words: GateWords, said: string, rules: readonly OwedApproval[]): string {
  return `${said}${named(words, rules.map(words.approvalsOf))}`;
}

type Approvals = CodeOwnerApproval & { readonly kind: 'measured' };

/** The first of these that keeps the gate from passing though nothing is known to be owed. */
function mayBeMore({ unclear, unowned }: Approvals): { readonly mayBeMore?: Unmeasured } {
  if (unclear.length > 0) return { mayBeMore: 'unseen-owners' };
  return unowned.length > 0 ? { mayBeMore: 'no-other-owner' } : {};
}

function foundIn({ owed, unclear, unowned, unseen }: Approvals, words: GateWords): string {
  const parts = [withNames(words, words.owedApprovals(owed.length), owed)];
  if (unclear.length > 0) parts.push(words.unclearApprovals(unclear.length, named(words, unseen)));
  if (unowned.length > 0) parts.push(withNames(words, words.unownedApprovals(unowned.length), unowned));
  return parts.reduce((first, second) => words.both(first, second));
}

/** Gates about what people approved. */
export const approvalGates = [
  {
    name: 'code-owner-approval',
    meaning:
      'Rules of CODEOWNERS in the target branch that the changed files touch and whose owners did not approve as often as their section asks; the approval of the author does not count, and optional sections ask for none.',
    takes: ['number'],
    bare: true,
    example: 'code-owner-approval',
    measure({ codeOwnerApproval: found }) {
      if (found?.kind !== 'measured') return null;
      return { value: found.owed.length, ...mayBeMore(found), found: (words) => foundIn(found, words) };
    },
    unmeasured: ({ codeOwnerApproval: found }) => (found?.kind === 'unknown' ? found.why : 'no-approvals'),
    remedy: 'ask-owners',
  },
] as const satisfies readonly Gate[];
