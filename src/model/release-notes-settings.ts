/** One section of release notes, and what belongs to it. */
export interface NotesSection {
  readonly title: string;
  /** Labels of merge requests; upper and lower case are the same. */
  readonly labels: readonly string[];
  /** Types of conventional commits, in lower case: `feat`. */
  readonly types: readonly string[];
  /** Whether a change that breaks something belongs to it, whatever its type. */
  readonly breaking: boolean;
}

export interface ReleaseNotesSettings {
  /** The first one that fits counts. */
  readonly sections: readonly NotesSection[];
  /** Title of the section for the rest. */
  readonly other: string;
  /** What is not shown. */
  readonly hide: { readonly labels: readonly string[]; readonly types: readonly string[] };
  readonly contributors: boolean;
}

function section(title: string, labels: readonly string[], types: readonly string[]): NotesSection {
  return { title, labels, types, breaking: false };
}

/**
 * By the types of https://www.conventionalcommits.org/en/v1.0.0/ and those labels that many projects have, also as
 * GitLab's scoped ones.
 */
export const defaultNotesSettings: ReleaseNotesSettings = {
  sections: [
    {
      ...section('Breaking changes', ['breaking', 'breaking change', 'type::breaking'], []),
      breaking: true,
    },
    section('Security', ['security', 'type::security'], ['security']),
    section(
      'Features',
      ['feature', 'enhancement', 'type::feature', 'type::enhancement'],
      ['feat', 'feature'],
    ),
    section('Fixes', ['bug', 'fix', 'type::bug', 'type::fix'], ['fix', 'bugfix', 'hotfix']),
    section('Performance', ['performance', 'type::performance'], ['perf']),
  ],
  other: 'Other changes',
  hide: { labels: [], types: [] },
  contributors: true,
};
