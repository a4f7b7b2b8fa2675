import type { Difference } from '../contract/compare.ts';
import type { CaseResult } from './result.ts';

/** How a difference shows that a server has a setting: what came, in the aspect that it shows in. */
const SIGNS: readonly { readonly setting: string; readonly aspect: Difference['aspect']; readonly got: RegExp }[] = [
  { setting: 'error_envelope: bare', aspect: 'envelope', got: /in status$/ },
  { setting: 'dialect: legacy', aspect: 'dialect', got: /./ },
  { setting: 'response_type: attachment_xml', aspect: 'headers', got: /Content-Disposition: .*mor_api_response\.xml/ },
  { setting: 'response_type: attachment_html', aspect: 'headers', got: /Content-Disposition: .*mor_api_response\.html/ },
];

/** The settings with which the mock behaves as the server did, as they are written in fixtures; those that are usual are not named. */
export function describeSettings(results: readonly Pick<CaseResult, 'notes' | 'differences'>[]): readonly string[] {
  const seen = results.flatMap(({ notes, differences }) => [...notes, ...differences]);
  return SIGNS.filter(({ aspect, got }) => seen.some((difference) => difference.aspect === aspect && got.test(difference.got))).map(
    ({ setting }) => setting,
  );
}
