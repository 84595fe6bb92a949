type Variables = Readonly<Record<string, string | undefined>>;

/** What the log says about the component that a job comes from. */
export interface ComponentNotice {
  /** How it was included; null where GitLab does not say. */
  readonly included: string | null;
  /** What is wrong with it; null where nothing is. */
  readonly warning: string | null;
}

/** `report@main abc… ` as the template writes it; the version at the end is there only where the catalog has it. */
function includedAs(text: string): string | null {
  const [reference = '', sha = '', version] = text.split(' ').filter((part) => part !== '');
  if (reference === '' || sha === '') return null;
  return `component ${reference}${version === undefined ? '' : `, version ${version}`}, commit ${sha}`;
}

/**
 * Compares the component with the Herald that runs. The template of another version has other inputs: one that this
 * Herald does not know has no effect, and nobody would notice. Null outside of the component.
 */
export function noticeOfComponent(variables: Variables, version: string): ComponentNotice | null {
  const template = variables['HERALD_COMPONENT_VERSION']?.trim() ?? '';
  if (template === '') return null;
  return {
    included: includedAs(variables['HERALD_INCLUDED_AS'] ?? ''),
    warning:
      template === version
        ? null
        : `the component has version ${template}, and its image has Herald ${version}: inputs that only one of them knows have no effect. Use the image with the tag ${template}`,
  };
}
