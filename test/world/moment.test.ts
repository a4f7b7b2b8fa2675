import { Base } from '../../src/world/base.ts';
import { Moment } from '../../src/world/moment.ts';
import { Store } from '../../src/world/store.ts';
import { didRecord as did, SETTINGS } from '../support/records.ts';

const emptyStore = (): Store => new Store(new Base({ settings: SETTINGS, users: [], providers: [], dids: [] }));

test('a moment stays what it was, whatever changes in its store', () => {
  const store = emptyStore();
  const moment = new Moment(store);
  expect(moment.findDidByNumber('5')).toBeUndefined();
  store.put(did('5', 1));
  store.patch({ dialect: 'legacy' });
  store.rebase(new Base({ settings: SETTINGS, users: [], providers: [{ id: 1, name: '', user_id: 0, hidden: false }], dids: [] }));
  expect([moment.findDidByNumber('5'), moment.nextDidId, moment.settings, moment.providers]).toEqual([undefined, 1, SETTINGS, []]);
});

test('a DID that was found stays found', () => {
  const store = emptyStore();
  store.put(did('5', 1));
  const moment = new Moment(store);
  moment.findDidByNumber('5');
  store.resetState();
  expect(moment.findDidByNumber('5')).toEqual(did('5', 1));
});

test('a second number is refused, for there is no place to remember it', () => {
  const moment = new Moment(emptyStore());
  moment.findDidByNumber('5');
  expect(() => moment.findDidByNumber('6')).toThrow('a call looked up a second number');
});
