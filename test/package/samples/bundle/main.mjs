import { createMockMor } from 'mock-mor';

async function main() {
  const mor = await createMockMor(process.argv[2] === 'own' ? { fixtures: { users: [] } } : {});
  const url = await mor.listen();
  const answer = await (await fetch(`${url}/billing/api/did_create?u=stranger`, { method: 'POST' })).text();
  const { version, counts } = mor.health();
  await mor.close();
  console.log(`${version}: ${counts.users} users, ${/<error>(.*)<\/error>/.exec(answer)?.[1]}`);
  console.log(mor.describe('xsd').slice(0, 5));
}
main().catch(({ code, message }) => console.log(`${code} ${message}`));
