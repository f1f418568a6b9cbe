import { expect, test } from 'vitest';
import { createPaintTeller } from './paintTeller.ts';

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

function stage() {
  const steps = new Set<() => void>();
  const sent: unknown[] = [];
  let at = 100;
  const tell = createPaintTeller({
    wire: { send: async (...call: unknown[]) => void sent.push(call) } as never,
    loop: { onFrame: (step) => (steps.add(step), () => steps.delete(step)) },
    serverNow: () => at,
  });
  const frame = () => {
    at += 16;
    for (const step of [...steps]) step();
  };
  return { tell, frame, sent, steps };
}

test('the second frame after a push is the one that shows it', () => {
  const { tell, frame, sent, steps } = stage();
  tell(TRACE);
  frame();
  expect(sent).toEqual([]);
  frame();
  frame();
  expect(sent).toEqual([['trace.painted', { trace: TRACE, receivedAt: 100, paintedAt: 132 }]]);
  expect(steps.size).toBe(0);
});

test('a flood of recorded changes does not become a flood of commands', () => {
  const { tell, frame, sent } = stage();
  for (let n = 0; n < 100; n++) tell(TRACE);
  frame();
  frame();
  expect(sent).toHaveLength(5);
  tell(TRACE);
  frame();
  frame();
  expect(sent).toHaveLength(6);
});
