import { describe, expect, it } from 'vitest';
import type { Letter } from '../../lib/letters.ts';
import { EMPTY_TASK, faultOfTask, formOf, pendingTasks, taskOf, unitsOf } from './task-form.ts';

const form = { ...EMPTY_TASK, department: '县公安局', task: '试行单行', acceptance: '发布通告' };
const id = '00000000-0000-4000-8000-000000000001';

describe('faultOfTask', () => {
  it('names what is missing [T1]', () => {
    expect(faultOfTask(EMPTY_TASK)).toBe('department');
    expect(faultOfTask({ ...form, task: ' ' })).toBe('task');
    expect(faultOfTask({ ...form, days: '0' })).toBe('days');
    expect(faultOfTask({ ...form, days: '1.5' })).toBe('days');
    expect(faultOfTask({ ...form, days: '731' })).toBe('days');
    expect(faultOfTask({ ...form, acceptance: '' })).toBe('acceptance');
    expect(faultOfTask(form)).toBeNull();
  });
});

describe('taskOf', () => {
  it('makes a task that the domain takes [T1]', () => {
    expect(taskOf({ ...form, cooperating: '住建局、 城管局，城管局' }, id)).toMatchObject({
      cooperating: ['住建局', '城管局'],
      dueDays: 30,
    });
    expect(taskOf({ ...form, task: '' }, id)).toBeNull();
  });
});

describe('unitsOf', () => {
  it('is empty for nothing', () => {
    expect(unitsOf(' 、 ')).toEqual([]);
  });
});

describe('formOf', () => {
  it('gives back what was typed, so that a refused task can be mended', () => {
    const typed = { ...form, cooperating: '住建局、城管局' };
    const task = taskOf(typed, id);
    expect(task === null ? null : formOf(task, '、')).toEqual(typed);
  });
});

describe('pendingTasks', () => {
  const letter = (over: Partial<Letter>): Letter => ({
    key: 'k',
    order: 1,
    door: 'recordTask',
    params: {},
    state: { kind: 'refused', reason: 'SESSION_CLOSED', details: {} },
    isKept: true,
    body: taskOf(form, id),
    ...over,
  });

  it('keeps a refused task in sight until the room has it or somebody drops it', () => {
    expect(pendingTasks([letter({})], () => false)).toMatchObject([{ key: 'k', task: { task: '试行单行' } }]);
    expect(pendingTasks([letter({})], (known) => known === id)).toEqual([]);
    expect(pendingTasks([letter({ door: 'postView' }), letter({ body: null })], () => false)).toEqual([]);
  });
});
