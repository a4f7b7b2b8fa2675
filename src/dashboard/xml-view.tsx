/** Shows a body of an answer: XML with its parts in colours, or the beginning of what is large. */
import { useMemo } from 'preact/hooks';
import { CopyButton } from './controls.tsx';
import { MAX_SHOWN_CHARACTERS, splitXml } from './split-xml.ts';

/** A body. `name` is what a download is called. `size` is how many characters or bytes there are, if `body` is only the beginning. */
export function XmlView(props: {
  readonly body: string;
  readonly name: string;
  readonly size?: number;
  readonly blob?: Blob;
  readonly isCut?: boolean;
}) {
  const { body, name, size = body.length, blob, isCut } = props;
  const isLarge = size > MAX_SHOWN_CHARACTERS;
  const pieces = useMemo(() => (isLarge ? [] : splitXml(body)), [body, isLarge]);
  return (
    <div class="code-frame">
      <div class="code-tools">
        <span>{formatSize(size, isLarge, isCut === true)}</span>
        {!isLarge && <CopyButton text={body} />}
        <button type="button" class="small secondary outline" onClick={() => download(blob ?? new Blob([body]), name)}>
          Download
        </button>
      </div>
      <pre tabIndex={0} aria-label="Body of the answer">
        <code>
          {isLarge
            ? body.slice(0, MAX_SHOWN_CHARACTERS)
            : pieces.map(({ kind, text }, index) => (
                <span key={index} class={`xml-${kind}`}>
                  {text}
                </span>
              ))}
        </code>
      </pre>
    </div>
  );
}

function formatSize(size: number, isLarge: boolean, isCut: boolean): string {
  const text =
    size < 10_000 ? `${size.toLocaleString('en')} bytes` : `${(size / 1024).toLocaleString('en', { maximumFractionDigits: 0 })} KB`;
  if (isLarge) return `The first 64 KB of ${text}, as plain text`;
  return isCut ? `Only the first ${text} were kept` : text;
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
