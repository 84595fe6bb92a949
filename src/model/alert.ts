/** A place in code that an error tracker names; untrusted. */
export interface AlertFrame {
  /** As the tool has it: a path, a module or an address. */
  readonly path: string;
  readonly line: number | null;
  /** Empty where the tool does not say. */
  readonly functionName: string;
}

/** Where an alert is in the code of the project. */
export interface AlertCode {
  readonly sha: string;
  /** Whether this is the commit that the alert names; false for the newest one of the default branch. */
  readonly isRelease: boolean;
  /** Files of the project at that commit, nearest to the error first. */
  readonly places: readonly AlertFrame[];
  /** Code owners of these files, as CODEOWNERS writes them. */
  readonly owners: readonly string[];
}

/** What one alert of another tool says. All words are untrusted, and cut to a length. */
export interface Alert {
  /** By which the tool knows the alert again. */
  readonly fingerprint: string;
  readonly state: 'firing' | 'resolved';
  /** One line. */
  readonly title: string;
  /** The tool's own word; null where it has none. */
  readonly severity: string | null;
  /** Lines; empty where there is none. */
  readonly text: string;
  /** Address of the alert in the tool; null where it has none. */
  readonly link: string | null;
  /** Names and values that the tool shows beside it. */
  readonly labels: readonly (readonly [name: string, value: string])[];
  /** When it happened, or when it was over; ISO 8601, null where the tool does not say. */
  readonly at: string | null;
  /**
   * Of one that is over: when what is over began, at the latest. An alert that began later is another one. ISO 8601,
   * null where the tool does not say.
   */
  readonly began: string | null;
  /** Which occurrence it is: the same word when the tool sends it again. */
  readonly occurrence: string;
  /**
   * False where the tool numbers nothing: then the word says only what was sent, and may come again after it was over.
   */
  readonly isNumbered: boolean;
  /** Code of the project, nearest to the error first. */
  readonly frames: readonly AlertFrame[];
  /** The version or commit that runs; null where the tool does not say. */
  readonly release: string | null;
}

/** What an issue shows of an alert. */
export type AlertWords = Pick<Alert, 'title' | 'severity' | 'text' | 'link' | 'labels' | 'frames'>;

/** How the payloads of a source are read. */
export type AlertFormatName = 'alertmanager' | 'grafana' | 'sentry' | 'json';

/** Paths into a payload, such as `check.name` or `checks.0.name`. */
export interface AlertFields {
  /** Path of the list of alerts; null where the payload is one alert. */
  readonly list: string | null;
  readonly fingerprint: readonly string[];
  readonly title: string;
  readonly state: string | null;
  /** Words of the state that mean that it is over, in lower case. */
  readonly resolved: readonly string[];
  readonly severity: string | null;
  readonly link: string | null;
  readonly text: string | null;
  readonly time: string | null;
}

/** Settings of one source of alerts. */
export interface AlertSource {
  /** As the address and `.herald.yml` call it. */
  readonly name: string;
  readonly format: AlertFormatName;
  /** SHA-256 of the secret that alerts must bring when a trigger brings them, in hexadecimal; null where none can. */
  readonly secretSha256: string | null;
  /** Only with the format `json`. */
  readonly fields: AlertFields | null;
  /** Whether one issue is about each alert, or about each group that the tool's own settings make. */
  readonly per: 'alert' | 'group';
  readonly labels: readonly string[];
  /** Usernames, in lower case. */
  readonly assign: readonly string[];
  readonly confidential: boolean;
  /** Issues of this source that are open at once; one more counts the rest. */
  readonly max: number;
}
