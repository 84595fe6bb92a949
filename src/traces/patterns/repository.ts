import { family } from '../pattern.ts';

/** Fetching sources and submodules. */
export const git = family('git', 'infrastructure', [
  { id: 'fetch-http', weight: 86, hint: 'unable to access', line: /^fatal: unable to access '/ },
  {
    id: 'remote-gone',
    weight: 86,
    hint: ['hung up', 'early eof'],
    line: /(?:the remote end hung up unexpectedly|early EOF)/,
  },
  { id: 'rpc', weight: 84, context: [0, 3], hint: 'rpc failed', line: /^error: RPC failed/ },
  {
    id: 'auth',
    weight: 84,
    origin: 'unknown',
    hint: 'authentication failed',
    line: /^fatal: Authentication failed for /,
  },
  {
    id: 'no-read',
    weight: 84,
    origin: 'unknown',
    hint: 'could not read',
    line: /^fatal: [Cc]ould not read (?:from remote repository|Username|Password)/,
  },
  {
    id: 'repository-missing',
    weight: 84,
    origin: 'unknown',
    hint: ['not found', 'looking for'],
    line: /^(?:remote: .{0,80}(?:project you were looking for|not found)|fatal: repository '.{1,400}' not found)/,
  },
  {
    id: 'ref',
    weight: 84,
    origin: 'unknown',
    hint: 'fatal:',
    line: /^fatal: (?:[Cc]ouldn't find remote ref|reference is not a tree|bad object|Remote branch .{1,200} not found|unable to checkout)/,
  },
  {
    id: 'submodule',
    weight: 80,
    origin: 'change',
    hint: 'submodule',
    line: /^fatal: (?:No url found for submodule path|.{0,200}[Ss]ubmodule path .{1,300}(?:did not contain|unable))/,
  },
  {
    id: 'push-rejected',
    weight: 78,
    kind: 'git',
    origin: 'unknown',
    context: [1, 1],
    hint: 'rejected]',
    line: /^ ! \[(?:remote )?rejected\] /,
  },
  {
    id: 'host-key',
    weight: 80,
    origin: 'unknown',
    hint: 'host key verification',
    line: /Host key verification failed/,
  },
  {
    id: 'merge-conflict',
    weight: 76,
    origin: 'change',
    hint: 'conflict (',
    line: /^CONFLICT \([\w/ ]{3,40}\): /,
  },
  {
    id: 'no-merge-base',
    weight: 70,
    origin: 'unknown',
    hint: ['merge base', 'ambiguous argument'],
    line: /^fatal: .{0,200}(?:no merge base|ambiguous argument 'origin\/)/,
  },
]);

/** Handing files over between jobs. */
export const artifacts = family('artifact', 'unknown', [
  {
    id: 'too-large',
    weight: 92,
    hint: 'too large',
    line: /^(?:ERROR|FATAL): (?:Uploading artifacts.{0,300}|.{0,100})(?:too large|413 Request Entity Too Large)/i,
  },
  {
    id: 'upload',
    weight: 84,
    origin: 'infrastructure',
    hint: 'uploading artifacts',
    line: /^(?:ERROR|FATAL): Uploading artifacts (?:as .{1,80} )?to coordinator\.\.\. (?!ok|\d{3} Created)/,
  },
  {
    id: 'download',
    weight: 84,
    origin: 'infrastructure',
    hint: 'downloading artifacts',
    line: /^(?:ERROR|FATAL): Downloading artifacts (?:from|to)/,
  },
  {
    id: 'no-files',
    weight: 72,
    origin: 'change',
    hint: 'no files to upload',
    line: /^(?:ERROR|FATAL): No files to upload/,
  },
  {
    id: 'cache',
    weight: 50,
    origin: 'infrastructure',
    hint: 'cache',
    line: /^(?:ERROR|FATAL): (?:.{0,80}(?:cache)).{0,200}/i,
  },
]);
