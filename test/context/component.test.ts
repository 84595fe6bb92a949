import { describe, expect, test } from 'vitest';
import { noticeOfComponent } from '../../src/context/component.ts';

const sha = 'a'.repeat(40);

function notice(includedAs: string, template = '1.2.0') {
  return noticeOfComponent({ HERALD_COMPONENT_VERSION: template, HERALD_INCLUDED_AS: includedAs }, '1.2.0');
}

describe('the component that a job comes from', () => {
  test.each([
    {
      by: 'a version',
      text: `report@1.2.0 ${sha} 1.2.0`,
      said: `report@1.2.0, version 1.2.0, commit ${sha}`,
    },
    {
      by: 'a part of it',
      text: `report@~latest ${sha} 1.2.0`,
      said: `report@~latest, version 1.2.0, commit ${sha}`,
    },
    { by: 'a branch', text: `report@main ${sha} `, said: `report@main, commit ${sha}` },
  ])('included by $by is named as such', ({ text, said }) => {
    expect(notice(text)).toEqual({ included: `component ${said}`, warning: null });
  });

  test('of an old GitLab does not say how it was included', () => {
    expect(notice('')).toEqual({ included: null, warning: null });
  });

  test('with the image of another version is warned of, with the tag to use', () => {
    expect(notice('', '1.3.0')?.warning).toMatch(/version 1\.3\.0, .*Herald 1\.2\.0.*the tag 1\.3\.0$/);
  });

  test('is none outside of the component', () => {
    expect(noticeOfComponent({}, '1.2.0')).toBeNull();
  });
});
