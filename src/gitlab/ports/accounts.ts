import type { AccountOwner, AccountToken, ServiceAccount } from '../../model/setup.ts';

/** A token that GitLab has just made: the only answer that shows it. */
export interface NewToken {
  readonly id: number;
  readonly token: string;
  /** A day; null = never. */
  readonly expiresAt: string | null;
}

/**
 * Service accounts of projects and groups; the same rules as in `../port.ts`. Source: https://docs.gitlab.com/api/service_accounts/
 */
export interface Accounts {
  fetchServiceAccounts(owner: AccountOwner): Promise<readonly ServiceAccount[]>;
  /** With another username where this one is taken. */
  createServiceAccount(
    owner: AccountOwner,
    account: Pick<ServiceAccount, 'name' | 'username'>,
  ): Promise<ServiceAccount>;
  /** Those that are neither revoked nor expired. */
  fetchAccountTokens(owner: AccountOwner, account: number): Promise<readonly AccountToken[]>;
  /** With the scope `api`, and the longest lifetime that this GitLab allows. `name` is of this creation alone. */
  createAccountToken(owner: AccountOwner, account: number, name: string): Promise<NewToken>;
  revokeAccountToken(owner: AccountOwner, account: number, id: number): Promise<void>;
  /** Source: https://docs.gitlab.com/api/project_members/ */
  addMember(project: number, userId: number, accessLevel: number): Promise<void>;
  changeMember(project: number, userId: number, accessLevel: number): Promise<void>;
}
