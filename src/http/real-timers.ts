import * as timers from 'node:timers';

/**
 * The system's timers as they are when this is loaded: a test that fakes the clock must keep neither a server from closing nor
 * a refused client from being let go. What a tester asks for, such as the delay of a fault, runs by the clock he sees.
 */
export const { setTimeout: startTimer, clearTimeout: stopTimer } = timers;
