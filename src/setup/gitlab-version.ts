import { isFromVersion } from '../model/gitlab-version.ts';

/**
 * Whether a GitLab puts JSON into custom webhook templates (from 18.6 on); an older one puts in the bare text, and a
 * quote in a title would make every delivery fail. Source: https://docs.gitlab.com/user/project/integrations/webhooks/#custom-webhook-template
 */
export function takesTemplate(version: string | null): boolean {
  return isFromVersion(version, 18, 6);
}

/** Whether a GitLab signs deliveries (from 19.0 on). Source: https://docs.gitlab.com/user/project/integrations/webhooks/#signing-tokens */
export function signsDeliveries(version: string | null): boolean {
  return isFromVersion(version, 19, 0);
}

/** Whether it is certain that a GitLab can hide variables (17.6; 17.4 and 17.5 only with a feature flag). Source: https://docs.gitlab.com/ci/variables/#hide-a-cicd-variable */
export function hidesVariables(version: string | null): boolean {
  return isFromVersion(version, 17, 6);
}

/**
 * Whether a GitLab accepts a webhook's payload where nobody can set pipeline variables (from 18.6); an older one
 * refuses the pipeline. Source: https://gitlab.com/gitlab-org/gitlab/-/merge_requests/204230
 */
export function exemptsPayload(version: string | null): boolean {
  return isFromVersion(version, 18, 6);
}
