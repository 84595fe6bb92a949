import { notFound, page, type Route, route } from './http.ts';

/** Who put labels on merge requests and took them off. Source: https://docs.gitlab.com/api/resource_label_events/ */
export const labelRoutes: readonly Route[] = [
  route(
    'GET',
    /^\/projects\/([^/]+)\/merge_requests\/(\d+)\/resource_label_events$/,
    (request, [project = '', iid = ''], state) => {
      const mr = state.mergeRequests.find(
        (candidate) => String(candidate.project_id) === project && String(candidate.iid) === iid,
      );
      if (mr === undefined) return notFound('Merge Request');
      return page(
        mr.labelEvents.map(({ label, action, username }, index) => ({
          id: index + 1,
          action,
          user: { username },
          label: { name: label },
        })),
        request,
      );
    },
  ),
];
