import type { ProjectHistory } from '../../model/project-history.ts';
import type { MeasureSettings } from '../measure.ts';

/** What a history says once it is looked at as a whole. */
export type Fact<T> = (history: ProjectHistory, settings: MeasureSettings) => T;

/** The same fact, worked out once for each history; what it knows goes with the history. */
export function remembered<T>(work: Fact<T>): Fact<T> {
  const known = new WeakMap<ProjectHistory, WeakMap<MeasureSettings, { readonly fact: T }>>();
  return (history, settings) => {
    const ofHistory = known.get(history) ?? new WeakMap<MeasureSettings, { readonly fact: T }>();
    known.set(history, ofHistory);
    const entry = ofHistory.get(settings) ?? { fact: work(history, settings) };
    ofHistory.set(settings, entry);
    return entry.fact;
  };
}
