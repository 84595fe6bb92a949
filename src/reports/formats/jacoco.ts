import type { FileCoverageSink, ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { countFromText } from './shared/count-from-text.ts';

const partsByCounter = new Map<string | null, 'lines' | 'branches' | 'functions'>([
  ['LINE', 'lines'],
  ['BRANCH', 'branches'],
  ['METHOD', 'functions'],
]);

function count(element: XmlElement, name: string): number | null {
  return countFromText(element.attribute(name));
}

// A file without package has the path of its name alone.
function pathIn(packageName: string, name: string): string {
  return packageName === '' ? name : `${packageName}/${name}`;
}

class JacocoReader implements XmlHandler {
  private readonly sink: ReportSink;
  private packageName = '';
  /** Names of the groups that are open: the modules of an aggregated report. */
  private readonly groups: string[] = [];
  private file: FileCoverageSink | null = null;
  private readonly openElements: string[] = [];
  private nameless = 0;

  constructor(sink: ReportSink) {
    this.sink = sink;
  }

  open(element: XmlElement): void {
    const parent = this.openElements.at(-1);
    this.openElements.push(element.name);
    switch (element.name) {
      case 'line':
        if (parent === 'sourcefile') this.openLine(element);
        break;
      case 'counter':
        this.openCounter(element, parent);
        break;
      case 'group':
        this.groups.push(element.attribute('name') ?? '');
        break;
      case 'package':
        this.packageName = element.attribute('name') ?? '';
        break;
      case 'sourcefile':
        this.openFile(element);
        break;
    }
  }

  close(name: string): void {
    this.openElements.pop();
    if (name === 'sourcefile') this.file = null;
    else if (name === 'package') this.packageName = '';
    else if (name === 'group') this.groups.pop();
  }

  end(): void {
    if (this.nameless > 0) this.sink.warn(`source files without a name are ignored: ${this.nameless}`);
  }

  private openFile(element: XmlElement): void {
    const name = element.attribute('name') ?? '';
    if (name === '') this.nameless += 1;
    else this.file = this.sink.coveredFile(pathIn(this.packageName, name), this.groups.join('/'));
  }

  // A tool that cannot count instructions omits them; then only the counters know what ran.
  private openLine(element: XmlElement): void {
    const line = count(element, 'nr') ?? 0;
    const covered = count(element, 'ci');
    const missed = count(element, 'mi');
    if (covered !== null || missed !== null) this.file?.line(line, (covered ?? 0) > 0 ? 1 : 0);
    const coveredBranches = count(element, 'cb') ?? 0;
    const branches = coveredBranches + (count(element, 'mb') ?? 0);
    if (branches > 0) this.file?.branches(line, coveredBranches, branches);
  }

  private openCounter(element: XmlElement, parent: string | undefined): void {
    const part = partsByCounter.get(element.attribute('type'));
    const covered = count(element, 'covered');
    const missed = count(element, 'missed');
    if (part === undefined || covered === null || missed === null) return;
    if (parent === 'sourcefile') this.file?.totals(part, covered, covered + missed);
    else if (parent === 'report') this.sink.coverageTotals(part, covered, covered + missed);
  }
}

/**
 * JaCoCo's XML. It says whether a line ran, not how often. Paths are those of packages: only a list of files can place
 * them. Groups are modules: files of one path in two of them are two files.
 */
export const jacoco: XmlFormat = {
  format: 'jacoco',
  title: 'JaCoCo XML',
  kind: 'coverage',
  unit: 'lines with code, as JaCoCo’s LINE counter; a line counts once in each group',
  wellKnownNames: [
    '**/jacoco*.xml',
    '**/jacoco/**/report.xml',
    '**/kover/report*.xml',
    '**/testCodeCoverageReport.xml',
  ],
  specification: 'https://www.jacoco.org/jacoco/trunk/coverage/report.dtd',
  producers: [
    { tool: 'Maven', option: 'jacoco:report' },
    { tool: 'Gradle', option: 'jacocoTestReport { reports { xml.required = true } }' },
    { tool: 'Kover', option: 'koverXmlReport' },
    { tool: 'gcovr', option: '--jacoco jacoco.xml' },
  ],
  syntax: 'xml',
  detect: (root) =>
    root.name === 'report' &&
    (['sessioninfo', 'group', 'package', 'counter'].includes(root.firstChild ?? '') ||
      (root.firstChild === null && root.attribute('name') !== null)),
  read: (sink) => new JacocoReader(sink),
};
