import { describe, expect, it } from 'vitest';
import { createRecorder, findForm, findWords } from './recorder.ts';

function heard(...texts: readonly string[]) {
  const recorder = createRecorder();
  for (const [index, text] of texts.entries()) recorder.tap(`answer ${index}`, text);
  return recorder;
}

const IP = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/;

describe('findWords', () => {
  it('finds each word once and says where', () => {
    const recorder = heard('nothing', '{"login":"wang-3"}', 'wang-3 again');
    expect(findWords(recorder, ['wang-3', 'li-4', 'wang-3', ''])).toEqual(['“wang-3” in answer 1']);
  });

  it('passes over the places where it may stand, and reads bytes as well', () => {
    const recorder = heard('token');
    recorder.tap('text', Buffer.from('真名'));
    expect(findWords(recorder, ['token', '真名'], (from) => from === 'answer 0')).toEqual(['“真名” in text']);
  });
});

describe('findForm', () => {
  it('finds an address', () => {
    expect(findForm(heard('from 10.1.2.3!'), IP)).toEqual(['“10.1.2.3” in answer 0']);
  });

  it('takes no id, hash or instant for one', () => {
    const phone = /(?<!\d)1[3-9]\d{9}(?!\d)/;
    const id = '0a1b2c3d-0000-4000-8000-139123456789';
    expect(
      findForm(heard(id, 'f'.repeat(20) + '13912345678'.repeat(2), '2026-11-21T08:00:00.000Z'), phone),
    ).toEqual([]);
    expect(findForm(heard('call 13912345678'), phone)).toEqual(['“13912345678” in answer 0']);
  });
});
