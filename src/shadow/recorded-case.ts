/** An exchange as a case: what was there before, what was sent, and what the real server answered. */
import { findText } from '../contract/parse-answer.ts';
import { ANY_ID, type Case, type Expected, type Given } from '../contract/table.ts';
import { MAX_LOGGED, truncate, visible } from '../log.ts';
import { quote } from '../mor/quote.ts';
import { MAX_ID, type Settings } from '../mor/model.ts';
import { idIn, getString } from '../mor/params.ts';
import { redactCall } from '../mor/redact.ts';
import { ANSWER_HEADERS } from '../wire/render-xml.ts';
import type { FixtureState } from '../world/fixture-state.ts';
import { getNewNumber } from './follow.ts';
import { readBack, findResponseType, settingsLike } from './compare.ts';
import type { Judgement } from './judge.ts';
import { isSuccess } from './real-answer.ts';
import { recordedSend, type GoodRequest } from './recorded-send.ts';
import { sentBy, type Secrets } from './secrets.ts';

/** What cases are recorded into. */
export interface RecordedTable {
  /** The world every case starts from, its keys replaced. */
  readonly base: FixtureState;
  readonly good: GoodRequest;
  readonly secrets: Secrets;
}

type SettingsChange = NonNullable<Given['settings']>;

/** The case of an exchange, or why it cannot be one. */
export function recordedCase(judgement: Judgement, table: RecordedTable): Case | string {
  const send = recordedSend(judgement.asked, table.good, table.secrets);
  if (send === undefined) return 'the request cannot be written down, or not without a secret';
  const dids = didsOf(judgement, table);
  const id = idOf(judgement, dids === null ? 1 : table.base.nextDidId);
  const settings = settingsOf(judgement, table.base, id ?? idAtItsEnd(judgement));
  const expected = expectedOf(judgement, { ...table.base.settings, ...likeOf(judgement, table.base.settings) }, id, table.secrets);
  if (expected === undefined) return 'a case has no words for what the server answered';
  const given = { ...(Object.keys(settings).length === 0 ? {} : { settings }), ...(dids === undefined ? {} : { dids }) };
  return {
    title: titleOf(judgement, table.secrets),
    ...(Object.keys(given).length === 0 ? {} : { given }),
    ...(Object.keys(send).length === 0 ? {} : { send }),
    expect: expected,
  };
}

/** The DIDs beside those of the world: the number, where that it exists matters; null for none at all, where the server had the world's own no longer. */
function didsOf({ asked, real, mock, before }: Judgement, { base, secrets }: RecordedTable): Given['dids'] {
  const number = getNewNumber(asked);
  if (number === undefined) return undefined;
  const did = secrets.replaced(number, sentBy(asked));
  const isInWorld = base.findDidByNumber(did) !== undefined;
  if (isSuccess(real)) return isInWorld ? null : undefined;
  const mockError = mock.kind === 'reply' ? mock.decision.result.error : undefined;
  if (isInWorld || (real.error !== 'didExists' && mockError !== 'didExists')) return undefined;
  const provider = base.findProviderById(before.did?.provider_id ?? 0) ?? base.providers[0];
  return provider === undefined ? undefined : [{ did, provider_id: provider.id }];
}

/** The id that the server gave, where a case can bring it about: the world may have given out those below `least`. */
function idOf({ asked, real }: Judgement, least: number): number | undefined {
  const id = isSuccess(real) && getNewNumber(asked) !== undefined ? idIn(findText(real.xml?.content ?? [], 'id') ?? '') : undefined;
  return id !== undefined && id >= least && id <= MAX_ID ? id : undefined;
}

/** The next id where there is none left to be given, which is why nothing can be created; undefined where ids are left. */
function idAtItsEnd({ before: { nextDidId } }: Judgement): number | undefined {
  return nextDidId > MAX_ID ? nextDidId : undefined;
}

/** The settings by which the mock labels and words its answer as the real server did, as far as settings go. */
function likeOf({ real, mock }: Judgement, settings: Settings): Pick<Settings, 'response_type' | 'error_envelope' | 'dialect'> {
  const response_type = real.xml === undefined ? settings.response_type : (findResponseType(real) ?? settings.response_type);
  const { error_envelope, dialect } = real.xml === undefined || mock.kind === 'refusal' ? settings : settingsLike(real.xml, mock, settings);
  return { response_type, error_envelope, dialect };
}

function settingsOf(judgement: Judgement, base: FixtureState, nextDidId: number | undefined): SettingsChange {
  const like = likeOf(judgement, base.settings);
  const changed = Object.entries(like).filter(([name, value]) => base.settings[name as keyof typeof like] !== value);
  return { ...Object.fromEntries(changed), ...(nextDidId === undefined || nextDidId === base.nextDidId ? {} : { next_did_id: nextDidId }) };
}

/** What the real server answered; undefined where a case cannot say it. Labels and envelope are those that a setting can bring about. */
function expectedOf(
  { asked, real, mock, comparison }: Judgement,
  settings: Settings,
  id: number | undefined,
  secrets: Secrets,
): Expected | undefined {
  const { xml, status } = real;
  if (xml === undefined) return status >= 400 && status < 500 ? { plain: true } : undefined;
  const labels = labelsUnder(settings);
  const others = sentBy(asked);
  const creates = getNewNumber(asked) !== undefined;
  const shownDid = creates ? findText(xml.content, 'did') : undefined;
  if (xml.kind === 'success')
    return {
      success:
        id === undefined && shownDid === undefined
          ? true
          : { id: id ?? ANY_ID, ...(shownDid === undefined ? {} : { did: secrets.replaced(shownDid, others) }) },
      ...labels,
    };
  const root = comparison.isSame && mock.kind === 'reply' ? readBack(mock, settings).root : xml.root;
  return { error: secrets.replaced(xml.text, others), ...(root === 'status' ? { bare: true } : {}), ...labels };
}

/** The headers, where they are not the usual ones. */
function labelsUnder({ response_type }: Settings): Pick<Expected, 'type' | 'disposition'> {
  const headers: { readonly 'Content-Type': string; readonly 'Content-Disposition'?: string } = ANSWER_HEADERS[response_type];
  const { 'Content-Type': type, 'Content-Disposition': disposition } = headers;
  return { ...(type === ANSWER_HEADERS.xml['Content-Type'] ? {} : { type }), ...(disposition === undefined ? {} : { disposition }) };
}

/** `POST did_create "370" by "admin" -> DID created`. */
function titleOf({ asked, comparison }: Judgement, secrets: Secrets): string {
  const others = sentBy(asked);
  const shown = (text: string): string => visible(truncate(secrets.masked(text, others)));
  const sent = (name: string): string => {
    const text = getString(asked.params, name);
    return text === undefined ? 'none' : quote(secrets.masked(text, others), { maxLength: MAX_LOGGED });
  };
  const call = visible(truncate(redactCall(asked.call, secrets.ofRequest(asked))));
  const mock = comparison.isSame ? '' : ` (the mock: ${shown(comparison.mock)})`;
  return `${asked.method} ${call} ${sent('did')} by ${sent('u')} -> ${shown(comparison.real)}${mock}`;
}
