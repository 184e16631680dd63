import { expect, it } from 'vitest';
import { DocumentId } from '../../../core/domain/ids.ts';
import { participantId, uuid } from '../../../core/testing/builders.ts';
import { untold } from './adopted-news.ts';

it('tells each person of each thing once, and again of nothing that came back [O18]', () => {
  const text = DocumentId.parse(uuid('text', 1));
  const [me, other] = [participantId(1), participantId(2)];
  const [first, second] = [{ key: 'view 1' }, { key: 'view 2' }];
  expect(untold(text, me, [first])).toEqual([first]);
  expect(untold(text, me, [first, second])).toEqual([second]);
  expect(untold(text, me, [])).toEqual([]);
  expect(untold(text, me, [first, second])).toEqual([]);
  expect(untold(text, other, [first])).toEqual([first]);
});
