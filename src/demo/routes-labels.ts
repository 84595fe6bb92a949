import { notFound, ok, page, type Route, refuse, route } from './http.ts';

/** Labels of merge requests, and who put them there and took them off. Source: https://docs.gitlab.com/api/resource_label_events/ */
export const labelRoutes: readonly Route[] = [
  route('PUT', /^\/projects\/([^/]+)\/merge_requests\/(\d+)$/, (request, [project = '', iid = ''], state) => {
    const mr = state.mergeRequests.find(
      (candidate) => String(candidate.project_id) === project && String(candidate.iid) === iid,
    );
    if (mr === undefined) return notFound('Merge Request');
    if (request.token?.kind !== 'personal') return refuse(403, '403 Forbidden');
    const namesIn = (field: string): readonly string[] => {
      const { [field]: value } = request.body;
      return typeof value === 'string' ? value.split(',') : [];
    };
    const removed = namesIn('remove_labels');
    const added = namesIn('add_labels').filter((label) => !mr.labels.includes(label));
    mr.labels = [...mr.labels.filter((label) => !removed.includes(label)), ...added];
    return ok({ iid: mr.iid, labels: mr.labels });
  }),
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
