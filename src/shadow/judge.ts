/** Decides on each request as the mock would, when the real answer is there, and keeps the mock's world in step. */
import type { Did } from '../mor/model.ts';
import type { StateStore } from '../world/store.ts';
import type { Asked } from './asked.ts';
import { compared, type Comparison } from './compare.ts';
import { follow, getNewNumber, addKnownDid } from './follow.ts';
import { mockAnswerTo, type MockAnswer } from './mock-answer.ts';
import type { RealAnswer } from './real-answer.ts';

/** A request and its real answer. */
export interface Answered {
  /** Counted from 1 in the order of arrival. */
  readonly id: number;
  readonly asked: Asked;
  readonly real: RealAnswer;
  readonly durationMs: number;
}

/** What came of it. */
export interface Judgement extends Answered {
  readonly mock: MockAnswer;
  readonly comparison: Comparison;
  /** The mock's world before: the DID that had the number, if one had, and the id that was next. */
  readonly before: { readonly did: Did | undefined; readonly nextDidId: number };
  /** The request without an answer that must have been carried out, for the number to exist; undefined where there is none. */
  readonly explainedBy: number | undefined;
}

/** How many numbers of lost requests are remembered: the last ones. */
const MAX_LOST = 10_000;

/** The longest that is: no longer one is anywhere stored. */
const MAX_LOST_LENGTH = 255;

interface Waiting {
  readonly answered: Answered;
  /** The requests for the same number that were in flight when it was answered. */
  readonly others: Set<number>;
}

/**
 * Judges requests in the order of their real answers, each in one step, so that nothing falls between a decision and its effect.
 * Only one kind waits: where the real server says that a number exists, which a request in flight may just have created.
 */
export class Judge {
  readonly #store: StateStore;
  /** By number the requests that were sent and not answered yet. */
  readonly #underWay = new Map<string, Set<number>>();
  /** By number the last request that nobody knows the end of. */
  readonly #lost = new Map<string, number>();
  #waiting: readonly Waiting[] = [];

  constructor(store: StateStore) {
    this.#store = store;
  }

  /** Says what a request asks for, before its answer is there. */
  begin(id: number, asked: Asked): void {
    const number = getNewNumber(asked);
    if (number !== undefined) this.#underWay.set(number, (this.#underWay.get(number) ?? new Set()).add(id));
  }

  /** Takes an answer, and gives the judgements that are due: on it, and on those that waited for it. */
  answer(answered: Answered): readonly Judgement[] {
    this.#leave(answered.id, answered.asked);
    const others = this.#underWay.get(getNewNumber(answered.asked) ?? '');
    const mustWait = others !== undefined && this.#contradicts(answered);
    if (mustWait) this.#waiting = [...this.#waiting, { answered, others: new Set(others) }];
    const judgements = mustWait ? [] : [this.#conclude(answered)];
    return [...judgements, ...this.#noLongerWaiting(answered.id)];
  }

  /** Says that a request has no answer to judge by, though the real server may have carried it out; gives the judgements that waited for it. */
  lose(id: number, asked: Asked): readonly Judgement[] {
    this.#leave(id, asked);
    const number = getNewNumber(asked);
    if (number !== undefined && number.length <= MAX_LOST_LENGTH) {
      this.#lost.delete(number);
      this.#lost.set(number, id);
      const [oldest = ''] = this.#lost.keys();
      if (this.#lost.size > MAX_LOST) this.#lost.delete(oldest);
    }
    return this.#noLongerWaiting(id);
  }

  #leave(id: number, asked: Asked): void {
    const number = getNewNumber(asked) ?? '';
    const ids = this.#underWay.get(number);
    if (ids?.delete(id) === true && ids.size === 0) this.#underWay.delete(number);
  }

  #noLongerWaiting(id: number): readonly Judgement[] {
    const judgements: Judgement[] = [];
    for (const one of this.#waiting.filter(({ others }) => others.delete(id))) {
      if (one.others.size > 0 && this.#contradicts(one.answered)) continue;
      this.#waiting = this.#waiting.filter((other) => other !== one);
      judgements.push(this.#conclude(one.answered));
    }
    return judgements;
  }

  /** Whether the real server says that a number exists which the mock would create. */
  #contradicts({ asked, real }: Answered): boolean {
    if (real.error !== 'didExists') return false;
    const mock = mockAnswerTo(asked, this.#store);
    return mock.kind === 'reply' && mock.decision.result.error === undefined;
  }

  #conclude(answered: Answered): Judgement {
    const { asked, real } = answered;
    const number = getNewNumber(asked) ?? '';
    const lost = this.#contradicts(answered) ? this.#lost.get(number) : undefined;
    if (lost !== undefined) addKnownDid(number, asked, this.#store);
    const before = { did: this.#store.findDidByNumber(number), nextDidId: this.#store.nextDidId };
    const mock = mockAnswerTo(asked, this.#store);
    const comparison = compared(real, mock);
    follow(asked, real, mock, this.#store);
    return { ...answered, mock, comparison, before, explainedBy: lost };
  }
}
