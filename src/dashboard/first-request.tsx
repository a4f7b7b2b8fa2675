/** What the list of requests shows before the first one: a line that creates a DID. */
import { api } from './api.ts';
import { CopyButton, Empty, ErrorBox } from './controls.tsx';
import { makeExample } from './examples.ts';
import { useLoaded } from './loaded.ts';
import { getCallUrl, getSandbox, linkTo } from './place.ts';
import { formatSnippet } from './snippets.ts';

/** A request of this world that creates a DID, with its right hash. */
async function makeFirstLine(): Promise<string> {
  const call = (await api.calls()).find(({ name }) => name === 'did_create');
  if (call === undefined) return '';
  const example = await makeExample(call);
  const params = Object.entries(example).filter(([, value]) => value !== '');
  const { hash } = await api.hash(call.name, params);
  return formatSnippet('curl', { url: getCallUrl(call.name), method: 'POST', params, hashed: call.has_hash_of, fixedHash: hash });
}

/** Teaches the first request. */
export function FirstRequest() {
  const line = useLoaded(makeFirstLine, getSandbox() ?? '');
  return (
    <Empty title="No requests yet">
      <p>Every request to MOR’s paths appears here as it arrives, with the reason of each refusal. Send the first one from a shell:</p>
      <ErrorBox error={line.error} />
      {line.value !== undefined && (
        <div class="code-frame">
          <div class="code-tools">
            <span>creates a DID</span>
            <CopyButton text={line.value} />
          </div>
          <pre tabIndex={0} aria-label="A command that creates a DID">
            <code>{line.value}</code>
          </pre>
        </div>
      )}
      <p>
        Or <a href={linkTo('console', null, { call: 'did_create' })}>fill in a form in the console</a>, which computes the hash for you.
      </p>
    </Empty>
  );
}
