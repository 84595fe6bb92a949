/**
 * Control characters, the invisible ones that change direction or hide text, and line separators; not tabs and line
 * feeds.
 */
const unsafe =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/**
 * Shows control characters as `\u001b`. Texts of strangers reach logs and terminals: with these characters they could
 * move the cursor, forge a line, or start one of GitLab's sections.
 */
export function visibleText(text: string): string {
  return text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
