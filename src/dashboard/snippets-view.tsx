/** The request of the console in four languages. */
import { useState } from 'preact/hooks';
import type { CallView, HashView } from './answers.ts';
import { CopyButton } from './controls.tsx';
import { getCallUrl } from './place.ts';
import { formatSnippet, KEY_VARIABLE, LANGUAGES, type Language } from './snippets.ts';

/** Tabs with the request as a program. What is signed wrong has its hash in it; what is signed right computes it. */
export function Snippets(props: {
  readonly call: CallView;
  readonly params: Readonly<Record<string, string>>;
  readonly method: 'GET' | 'POST';
  readonly wrong: string;
  readonly view: HashView | undefined;
}) {
  const { call, params, method, wrong, view } = props;
  const [language, setLanguage] = useState<Language>('curl');
  const { hash, ...others } = wrong === '' ? params : (view?.request?.params ?? params);
  const text = formatSnippet(language, {
    url: getCallUrl(call.name),
    method,
    params: Object.entries(others),
    hashed: call.has_hash_of,
    fixedHash: wrong === '' ? null : (hash ?? view?.hash ?? ''),
  });
  return (
    <section class="snippets" aria-label="As a program">
      <h2>As a program</h2>
      <div class="code-frame">
        <div class="code-tools">
          <div role="group" aria-label="Language" class="tabs">
            {LANGUAGES.map((name) => (
              <button type="button" key={name} class="small" aria-pressed={name === language} onClick={() => setLanguage(name)}>
                {name}
              </button>
            ))}
          </div>
          <CopyButton text={text} />
        </div>
        <pre tabIndex={0} aria-label={`The request in ${language}`}>
          <code data-snippet>{text}</code>
        </pre>
      </div>
      {wrong === '' && (
        <p class="hint">
          It reads the caller’s API secret key from the variable <code>{KEY_VARIABLE}</code>.
        </p>
      )}
    </section>
  );
}
