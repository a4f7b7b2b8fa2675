import { z } from 'zod';
import { anyText, choice } from '../schemas.ts';
import { row, type AdminRoute } from '../route.ts';
import type { Subscribe } from '../event-stream.ts';

/** What happens, while it happens. */
export const EVENT_ROUTES: readonly AdminRoute[] = [
  row({
    method: 'GET',
    path: '/events',
    about: 'server-sent events: hello, requests begun and completed, state changed, reset, missed; Last-Event-ID goes on behind an event',
    query: z.strictObject({
      sandbox: choice(['*']).optional().describe('all worlds, for the root only; default: the world of the path'),
      last_event_id: anyText.optional().describe('as the header Last-Event-ID'),
    }),
    status: 200,
    answer: 'events',
    problems: ['SANDBOX_NESTED'],
    run: ({ control, query: { sandbox, last_event_id }, lastEventId = last_event_id }): Subscribe => {
      return (listener, onEnd) => control.subscribe(listener, { sandbox, lastEventId, onEnd });
    },
  }),
];
