/** Our errors, not MOR's: what a tester did wrong, or what broke here. */
import { quoteIfHidden, showHidden } from './mor/quote.ts';

/** Each of our errors by its stable code: the HTTP status it has behind the admin API, and its title there. */
export const PROBLEMS = {
  BODY_INVALID: { status: 400, title: 'The body cannot be read' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  BODY_UNSUPPORTED: { status: 415, title: 'The body is of a kind that is not read here' },
  DID_EXISTS: { status: 409, title: 'A DID has this number or id already' },
  FIXTURE_INVALID: { status: 422, title: 'The fixtures are not valid' },
  FOREIGN_CALLER: { status: 403, title: 'The admin API is not for other web pages and hosts' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This path does not know the method' },
  NOT_A_PROXY: { status: 421, title: 'This server is no proxy' },
  NOT_FOUND: { status: 404, title: 'There is no such thing' },
  NO_FIXTURE_FILES: { status: 409, title: 'The fixtures did not come from files' },
  NO_ID_LEFT: { status: 409, title: 'No id is left for another record' },
  OPTION_INVALID: { status: 400, title: 'An option is not valid' },
  PACKAGE_NOT_FOUND: { status: 500, title: 'The files of the package are not found' },
  PARAMETERS_TOO_MANY: { status: 413, title: 'The request has too many parameters' },
  PATH_INVALID: { status: 400, title: 'The path is not valid' },
  QUERY_INVALID: { status: 400, title: 'The query is not valid' },
  RECORD_INVALID: { status: 422, title: 'The values are not valid' },
  RESET_MEANWHILE: { status: 409, title: 'The world was reset meanwhile' },
  SANDBOX_EXISTS: { status: 409, title: 'A sandbox has this name already' },
  SANDBOX_EXPIRED: { status: 410, title: 'The sandbox was idle for too long and is gone' },
  SANDBOX_INVALID: { status: 400, title: 'The request names no sandbox that could be' },
  SANDBOX_LIMIT: { status: 409, title: 'There are as many sandboxes as there may be' },
  SANDBOX_NESTED: { status: 409, title: 'A sandbox holds no sandboxes' },
  SANDBOX_UNKNOWN: { status: 404, title: 'There is no such sandbox' },
  SNAPSHOT_EXISTS: { status: 409, title: 'A snapshot has this name already' },
  TARGET_UNUSABLE: { status: 502, title: 'The server that was named cannot be asked' },
  TOKEN_MISSING: { status: 401, title: 'The admin API asks for its token' },
  WORLD_TOO_LARGE: { status: 409, title: 'The world is too large to be written as YAML' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One thing that is wrong with an input, and where it is. */
export interface ValidationIssue {
  /** The file as it was named, or `body` for what came over the admin API; absent for a JavaScript object. */
  readonly file?: string | undefined;
  /** Counted from 1. */
  readonly line?: number | undefined;
  /** Counted from 1, in characters. */
  readonly column?: number | undefined;
  /** As in `users[3].username`; empty for the whole. */
  readonly path: string;
  /** What is wrong and what is allowed, in one or two sentences. */
  readonly message: string;
}

/** An issue in one line: `fixtures/team.yaml:14:5 providers[3].user_id: …`. */
export function formatIssue({ file, line, column, path, message }: ValidationIssue): string {
  const name = file === undefined ? '' : quoteIfHidden(file);
  const location = [name, line, column].filter((part) => part !== undefined).join(':');
  const place = file === undefined ? '' : line === undefined ? `${name}: ` : `${location} `;
  return `${place}${path === '' ? '' : `${path}: `}${message}`;
}

/** An error of the mock. The message says what is wrong, where, and what to do; `issues` has each issue of an input. */
export class MockMorError extends Error {
  override readonly name = 'MockMorError';
  readonly code: ProblemCode;
  readonly issues: readonly ValidationIssue[];

  constructor(code: ProblemCode, message: string, issues: readonly ValidationIssue[] = []) {
    // The last net: what quotes text has named hidden characters already, but for words that a parser or the file system chose.
    super(showHidden(message));
    this.code = code;
    this.issues = issues.map((issue) => ({ ...issue, message: showHidden(issue.message) }));
  }
}

/** The error for an option, a flag or an argument that cannot be taken as it is. */
export function invalidOption(message: string): MockMorError {
  return new MockMorError('OPTION_INVALID', message);
}

/** The error for a list of issues: its message is a summary, then every issue in a line of its own. */
export function validationError(code: ProblemCode, summary: string, issues: readonly ValidationIssue[]): MockMorError {
  return new MockMorError(code, [summary, ...issues.map((issue) => `  ${formatIssue(issue)}`)].join('\n'), issues);
}
