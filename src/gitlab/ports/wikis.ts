/** A page of a project's wiki. */
export interface WikiPage {
  readonly slug: string;
  /** As it was written; GitLab may cut white space at its ends. */
  readonly content: string;
}

/** Wiki pages; the same rules as in `port.ts`. */
export interface Wikis {
  /** Null when there is no such page. */
  fetchWikiPage(project: number, slug: string): Promise<WikiPage | null>;
  /** Never sent twice: after a broken connection it looks first whether the page is there. */
  createWikiPage(
    project: number,
    page: { readonly title: string; readonly content: string },
  ): Promise<WikiPage>;
  updateWikiPage(project: number, page: { readonly slug: string; readonly content: string }): Promise<void>;
}
