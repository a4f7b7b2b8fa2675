import { isItself, targetIn } from '../../src/shadow/target.ts';

test.each([
  [
    'http://mor.example.com',
    { isSecure: false, hostname: 'mor.example.com', port: 80, host: 'mor.example.com', origin: 'http://mor.example.com' },
  ],
  ['https://mor.example.com/', { isSecure: true, hostname: 'mor.example.com', port: 443, host: 'mor.example.com' }],
  ['HTTPS://MOR.example.com:443', { isSecure: true, port: 443, host: 'mor.example.com', origin: 'https://mor.example.com' }],
  ['http://10.0.0.7:8080', { hostname: '10.0.0.7', port: 8080, host: '10.0.0.7:8080', origin: 'http://10.0.0.7:8080' }],
  ['http://[::1]:8080', { hostname: '::1', port: 8080, host: '[::1]:8080' }],
])('%s -> a target', (text, target) => {
  expect(targetIn(text)).toMatchObject(target);
});

test.each([
  ['', 'is no URL'],
  ['mor.example.com', 'is no URL'],
  ['mor.example.com:8080', 'is no URL'],
  ['ftp://mor.example.com', 'is no URL'],
  ['http://', 'is no URL'],
  ['http://mor.example.com:99999', 'is no URL'],
  ['http://joe:hunter2@mor.example.com', 'must not hold a username or a password'],
  ['http://:hunter2@mor.example.com', 'must not hold a username or a password'],
  ['http://hunter2@mor.example.com', 'must not hold a username or a password'],
  ['http://mor.example.com/billing/api', 'ends behind the host'],
  ['http://mor.example.com?key=hunter2', 'ends behind the host'],
  ['http://mor.example.com#hunter2', 'ends behind the host'],
  ['joe:hunter2@mor.example.com', 'is no URL'],
])('%s -> refused, and not quoted', (text, message) => {
  const refused = (): unknown => targetIn(text);
  expect(refused).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(`--target ${message}`) }));
  expect(refused).not.toThrow(/hunter2/);
});

test.each([
  ['http://127.0.0.1:8080', '127.0.0.1', 8080, true],
  ['http://localhost:8080', '127.0.0.1', 8080, true],
  ['http://localhost:8080', '0.0.0.0', 8080, true],
  ['http://[::1]:8080', 'localhost', 8080, true],
  ['http://10.0.0.7:8080', '10.0.0.7', 8080, true],
  ['http://127.0.0.1:8081', '127.0.0.1', 8080, false],
  ['http://mor.example.com:8080', '127.0.0.1', 8080, false],
  ['http://10.0.0.7:8080', '10.0.0.8', 8080, false],
])('%s of a shadow on %s:%i: itself %s', (text, host, port, expected) => {
  expect(isItself(targetIn(text), { host, port })).toBe(expected);
});
