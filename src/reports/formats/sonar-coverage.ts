import type { FileCoverageSink, XmlElement, XmlFormat } from '../format.ts';
import { countFromText } from './shared/count-from-text.ts';

function readLine(file: FileCoverageSink, element: XmlElement): void {
  const line = countFromText(element.attribute('lineNumber')) ?? 0;
  file.line(line, element.attribute('covered')?.toLowerCase() === 'true' ? 1 : 0);
  const total = countFromText(element.attribute('branchesToCover'));
  if (total !== null) file.branches(line, countFromText(element.attribute('coveredBranches')) ?? 0, total);
}

/** SonarQube's generic coverage. It says whether a line ran, not how often. */
export const sonarCoverage: XmlFormat = {
  format: 'sonar-coverage',
  title: 'Sonar generic coverage',
  kind: 'coverage',
  unit: 'lines to cover',
  wellKnownNames: ['**/sonar*coverage*.xml', '**/*sonarqube*.xml'],
  specification:
    'https://docs.sonarsource.com/sonarqube-server/latest/analyzing-source-code/test-coverage/generic-test-data/',
  producers: [
    { tool: 'gcovr', option: '--sonarqube sonar-coverage.xml' },
    { tool: 'ReportGenerator', option: '-reporttypes:SonarQube' },
    { tool: 'xccov-to-sonarqube-generic.sh', option: '' },
  ],
  syntax: 'xml',
  detect: (root) =>
    root.name === 'coverage' &&
    root.attribute('line-rate') === null &&
    (root.firstChild === 'file' || (root.firstChild === null && root.attribute('version') === '1')),
  read(sink) {
    let file: FileCoverageSink | null = null;
    return {
      open(element) {
        if (element.name === 'file') {
          const path = element.attribute('path') ?? '';
          if (path === '') sink.warn('files without a path are ignored');
          file = path === '' ? null : sink.coveredFile(path);
        } else if (element.name === 'lineToCover' && file !== null) readLine(file, element);
      },
      close(name) {
        if (name === 'file') file = null;
      },
      end: () => undefined,
    };
  },
};
