import type { Severity } from '../../model/findings.ts';
import type { ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { countFromText } from './shared/count-from-text.ts';

// spotbugs.readthedocs.io/en/stable/filter.html#confidence: 1 high, 2 normal, 3 low, 4 experimental, 5 ignore. Ranks
// (1 to 4 scariest, to 9 scary, to 14 troubling, to 20 of concern) say more where they are given.
function severityOf(rank: number | null, priority: string): Severity {
  if (rank !== null && rank >= 1) {
    if (rank <= 4) return 'critical';
    if (rank <= 9) return 'high';
    return rank <= 14 ? 'medium' : 'low';
  }
  return byPriority.get(priority.trim().toLowerCase()) ?? 'unknown';
}

const byPriority = new Map<string, Severity>([
  ['1', 'high'],
  ['2', 'medium'],
  ['3', 'low'],
  ['4', 'info'],
  ['5', 'info'],
  // The words of the Maven plug-in's own flavour.
  ['high', 'high'],
  ['normal', 'medium'],
  ['medium', 'medium'],
  ['low', 'low'],
  ['experimental', 'info'],
  ['exp', 'info'],
  ['ignore', 'info'],
]);

interface Source {
  readonly path: string | null;
  readonly projectPath: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
}

const noSource: Source = { path: null, projectPath: null, line: null, endLine: null };

interface Bug {
  readonly element: {
    readonly type: string;
    readonly category: string;
    readonly severity: Severity;
    readonly cwe: string;
  };
  shortMessage: string;
  longMessage: string;
  className: string;
  source: Source | null;
  isPrimary: boolean;
}

function bugOf(element: XmlElement): Bug {
  const rank = countFromText(element.attribute('rank'));
  return {
    element: {
      type: element.attribute('type') ?? '',
      category: element.attribute('category') ?? '',
      severity: severityOf(rank, element.attribute('priority') ?? ''),
      cwe: element.attribute('cweid') ?? '',
    },
    shortMessage: '',
    longMessage: '',
    className: '',
    source: null,
    isPrimary: false,
  };
}

/** The bug's own line is a child of it; lines of its class, method and field are deeper. */
function takeSource(bug: Bug, element: XmlElement, isOwn: boolean): void {
  const isBetter =
    bug.source === null || (isOwn && (!bug.isPrimary || element.attribute('primary') === 'true'));
  if (!isBetter) return;
  bug.isPrimary = isOwn;
  bug.source = {
    // `sourcepath` begins with the package and is in a source folder; `relSourcepath` is in the project.
    path: element.attribute('sourcepath'),
    projectPath: element.attribute('relSourcepath'),
    line: countFromText(element.attribute('start')),
    endLine: countFromText(element.attribute('end')),
  };
}

/** `com.example.Shop$Basket` is in `com/example/Shop.java`. */
function fileOfClass(name: string): string | null {
  return /^[\p{L}_][\p{L}\p{N}_$.]*$/u.test(name)
    ? `${(name.split('$', 1)[0] ?? '').replaceAll('.', '/')}.java`
    : null;
}

/**
 * In the flavour of the Maven plug-in, a bug is in the element of its class, with its message and its line as
 * attributes.
 */
function mavenSource(element: XmlElement, className: string): Source | null {
  const path = fileOfClass(className);
  if (path === null) return null;
  const line = countFromText(element.attribute('lineNumber'));
  return { path, projectPath: null, line, endLine: null };
}

class BugReader implements XmlHandler {
  readonly #sink: ReportSink;
  #bug: Bug | null = null;
  #depth = 0;
  #hasSourceFolder = false;
  /** Class of the open `<file>` element. */
  #className = '';

  constructor(sink: ReportSink) {
    this.#sink = sink;
  }

  open(element: XmlElement): void {
    if (element.name === 'BugInstance') {
      this.#bug = bugOf(element);
      this.#depth = element.depth;
      if (this.#className !== '') this.#beginInClass(this.#bug, element);
    } else if (element.name === 'file') this.#className = element.attribute('classname') ?? '';
    else if (element.name === 'AnalysisError') this.#sayError(element);
    else if (element.name === 'SrcDir' || element.name === 'ErrorMessage') element.keepText(1_000);
    else if (this.#bug !== null) this.#openInBug(this.#bug, element);
  }

  close(name: string, text: string): void {
    if (name === 'SrcDir' && text.trim().startsWith('/')) {
      this.#sink.sourceRoot(text.trim());
      this.#hasSourceFolder = true;
    }
    if (name === 'file') this.#className = '';
    else if (name === 'ErrorMessage') this.#sink.incomplete(`SpotBugs could not analyse: ${text.trim()}`);
    if (this.#bug === null) return;
    if (name === 'ShortMessage') this.#bug.shortMessage = text.trim();
    else if (name === 'LongMessage') this.#bug.longMessage = text.trim();
    else if (name === 'BugInstance') {
      this.#emit(this.#bug);
      this.#bug = null;
    }
  }

  end(): void {
    this.#bug = null;
  }

  #beginInClass(bug: Bug, element: XmlElement): void {
    bug.className = this.#className;
    bug.longMessage = element.attribute('message') ?? '';
    bug.source = mavenSource(element, this.#className);
  }

  #sayError(element: XmlElement): void {
    this.#sink.incomplete(`SpotBugs could not analyse: ${element.attribute('message') ?? 'a class'}`);
  }

  #openInBug(bug: Bug, element: XmlElement): void {
    if (element.name === 'SourceLine') takeSource(bug, element, element.depth === this.#depth + 1);
    else if (element.name === 'Class' && bug.className === '')
      bug.className = element.attribute('classname') ?? '';
    else if (element.name === 'ShortMessage' || element.name === 'LongMessage') element.keepText(4_000);
  }

  #emit({ element, ...bug }: Bug): void {
    const { path, projectPath, line, endLine } = bug.source ?? noSource;
    this.#sink.finding(
      {
        ...blankFinding,
        category: element.category.includes('SECURITY') ? 'security' : 'quality',
        tool: 'SpotBugs',
        rule: element.type,
        severity: element.severity,
        message: bug.longMessage || bug.shortMessage || `${element.type} in ${bug.className}`,
        path: (this.#hasSourceFolder ? null : projectPath) ?? path,
        line,
        endLine,
        identifiers: /^\d{1,6}$/.test(element.cwe) ? [`CWE-${element.cwe}`] : [],
      },
      null,
    );
  }
}

/** SpotBugs' and FindBugs' XML. */
export const spotbugs: XmlFormat = {
  format: 'spotbugs',
  title: 'SpotBugs XML',
  kind: 'findings',
  wellKnownNames: ['**/target/spotbugsXml.xml', '**/build/reports/spotbugs/*.xml'],
  specification: 'https://github.com/spotbugs/spotbugs/blob/master/spotbugs/etc/bugcollection.xsd',
  producers: [{ tool: 'SpotBugs', option: '-xml:withMessages -output spotbugsXml.xml' }],
  syntax: 'xml',

  detect(root) {
    return root.name === 'BugCollection';
  },

  read(sink) {
    return new BugReader(sink);
  },
};
