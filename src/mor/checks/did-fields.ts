/** The fields of a DID that a call sets as they are sent. Source: the vendor's page of did_details_update; what is left out is ours. */
import { MAX_ID, type Did } from '../model.ts';
import { getString, type Params } from '../params.ts';

/** What becomes of the fields of a DID. */
export interface FieldChange {
  /** Those that change; undefined clears one. */
  readonly changed: Partial<Omit<Did, 'id' | 'did'>>;
  /** Parameters whose value cannot be one: their fields stay as they are. */
  readonly leftOut: readonly string[];
}

/** Reads a text; `LEFT_OUT` if it cannot be a value of the field. */
type FieldReader = (sent: string) => string | number | undefined | typeof LEFT_OUT;

const LEFT_OUT = Symbol('no value of the field');

/** Digits and nothing else, up to a number. */
function readDigits(max: number): FieldReader {
  return (sent) => (/^[0-9]+$/.test(sent) && Number(sent) <= max ? Number(sent) : LEFT_OUT);
}

const readTime: FieldReader = (sent) => (sent === '' ? undefined : readDigits(Number.MAX_SAFE_INTEGER)(sent));

const readText: FieldReader = (sent) => sent;

const READERS = {
  call_limit: readDigits(MAX_ID),
  active_from: readTime,
  active_till: readTime,
  grace_time: readDigits(MAX_ID),
  language: (sent) => (/^[A-Za-z]{2}$/.test(sent) ? sent : LEFT_OUT),
  custom_sip_header: readText,
  comment: readText,
  reseller_comment: readText,
} satisfies Partial<Record<keyof Did, FieldReader>>;

/** What the parameters make of the fields of their names. A parameter that is not sent changes nothing. */
export function readDidFields(params: Params): FieldChange {
  const changed: Record<string, string | number | undefined> = {};
  const leftOut: string[] = [];
  for (const [name, read] of Object.entries<FieldReader>(READERS)) {
    if (!params.has(name)) continue;
    const sent = getString(params, name);
    const value = sent === undefined ? LEFT_OUT : read(sent);
    if (value === LEFT_OUT) leftOut.push(name);
    else changed[name] = value;
  }
  return { changed, leftOut };
}
