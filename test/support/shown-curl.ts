/** The curl lines of a page with the output that it shows, and a way to run them without curl. */
import { codeBlocks } from './markdown.ts';

interface CurlLine {
  readonly line: string;
  readonly output: string;
}

/** The curl lines in the `console` blocks of a page. */
export function readCurlLines(page: string): readonly CurlLine[] {
  return codeBlocks(page, 'console').flatMap((block) =>
    block
      .split(/^\$ (?=curl )/m)
      .slice(1)
      .map((part) => {
        const [line = '', ...output] = part.split('\n');
        return { line, output: output.join('\n').trimEnd() };
      }),
  );
}

/** Runs a curl line by its words: -X, -H, -d and a URL. @throws Error for any other option, which this function must learn first */
export async function runCurl(line: string, url: string): Promise<string> {
  const words = Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? '').slice(1);
  const init: { method?: string; headers: Record<string, string>; body?: string } = { headers: {} };
  let target = '';
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '-X') init.method = words[++i] ?? '';
    else if (word === '-d') init.body = words[++i] ?? '';
    else if (word === '-H') {
      const [name = '', value = ''] = (words[++i] ?? '').split(': ');
      init.headers[name] = value;
    } else if (word.startsWith('-')) throw new Error(`a page uses curl's ${word}`);
    else target = word.replace('http://127.0.0.1:8080', url);
  }
  return (await (await fetch(target, init)).text()).trimEnd();
}
