import { type Route as AnyRoute, route as anyRoute } from '../../../src/demo/http.ts';
import type { EmbeddedState } from './state/state.ts';

/** How the embedded GitLab answers one method below one kind of path. */
export type Route = AnyRoute<EmbeddedState>;

/** A route; its path's groups are given to `answer`. */
export const route: typeof anyRoute<EmbeddedState> = anyRoute;
