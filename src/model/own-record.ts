/** Something that the bot wrote on a merge request or issue, read back from its marker. */
export interface OwnRecord {
  readonly kind: 'note' | 'reply' | 'thread';
  /** `rule/welcome`, `hold`; of a reply the id of the comment that it answers. */
  readonly key: string;
  /** `rule welcome`, `command retry`; empty where the marker does not say. */
  readonly by: string;
  /** `merge_request.opened` */
  readonly event: string;
  /** Commit of the configuration; null for the defaults. */
  readonly config: string | null;
  readonly permission: string | null;
  /** ISO 8601, of the last change. */
  readonly at: string;
  readonly noteId: number;
}
