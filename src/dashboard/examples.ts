/** Values that make a call succeed, as far as the world has them. */
import type { CallParam, CallView } from './answers.ts';
import { api } from './api.ts';

/** Each parameter of a call that is needed, with a value. Those that are not needed are left out. */
export async function makeExample(call: CallView): Promise<Readonly<Record<string, string>>> {
  const needed = call.params.filter((param) => param.kind !== 'hash' && (param.is_required || param.is_hashed));
  const values = await Promise.all(needed.map(async (param) => [param.name, await chooseValue(param)] as const));
  return Object.fromEntries(values);
}

async function chooseValue({ kind, names }: CallParam): Promise<string> {
  if (kind === 'caller') return (await api.users()).find(({ type }) => type === 'admin')?.username ?? 'admin';
  if (names === 'didNumber') return chooseNumber();
  if (names === 'didId') return String((await api.dids({ limit: 1 })).dids[0]?.id ?? 1);
  if (names === 'provider') return String((await api.providers()).find(({ hidden }) => !hidden)?.id ?? 1);
  if (names === 'user') return String((await api.devices())[0]?.user_id ?? 1);
  return '';
}

/** A number that no DID has yet. */
async function chooseNumber(): Promise<string> {
  const { total } = await api.dids({ limit: 1 });
  for (let next = total + 1; ; next += 1) {
    const did = `3706${String(next).padStart(7, '0')}`;
    if ((await api.dids({ did, limit: 1 })).total === 0) return did;
  }
}
