/** `merge_request` of `merge_request.opened`. */
export function kindOfEvent(name: string): string {
  return name.split('.', 1)[0] ?? name;
}

/** `opened` of `merge_request.opened`; null where the name has no action. */
export function actionOfEvent(name: string): string | null {
  return name.split('.')[1] ?? null;
}
