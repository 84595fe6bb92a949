import { page } from '../../../../src/demo/http.ts';
import { type Route, route } from '../route.ts';
import { noteableOf, noteablePattern } from './find-noteable.ts';

/** The users who put labels on merge requests and issues and took them off. Source: https://docs.gitlab.com/api/resource_label_events/ */
export const labelEventRoutes: readonly Route[] = [
  route('GET', noteablePattern('/resource_label_events'), (request, parts, state) => {
    const of = noteableOf(request, parts, state);
    if ('status' in of) return of;
    const now = new Date().toISOString();
    const rows = (of.item.labelEvents ?? []).map(({ label, action, username, created_at }, index) => ({
      id: index + 1,
      action,
      created_at: created_at ?? now,
      user: { username },
      label: { name: label },
    }));
    return page(rows, request);
  }),
];
