import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewId } from '../../../core/testing/builders.ts';
import { POLL_WAYS } from '../../../core/testing/arbitrary-asks.ts';
import { anyOffered } from '../../../core/testing/arbitrary-polls.ts';
import { freshSeed } from '../../../core/testing/seed.ts';
import { formOf, keptOf } from './form-of.ts';
import { judgedForm } from './poll-form.ts';

const seed = freshSeed();

describe(`a prepared poll in the form (seed ${seed})`, () => {
  it('stays as it was where nothing is touched, whatever the form has no field for [B40]', () => {
    const draft = fc.constantFrom(...POLL_WAYS).chain(anyOffered);
    const about = fc.constantFrom(null, { what: 'view', viewId: viewId(1) } as const);
    fc.assert(
      fc.property(draft, about, (any, on) => {
        const one = { ...any, about: on };
        const { poll } = judgedForm(formOf(one), one.id, (form) => keptOf(one, form));
        expect(poll).toEqual(one);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('takes what is touched and nothing else [B40]', () => {
    const draft = fc.constantFrom('yes_no' as const, 'each' as const).chain(anyOffered);
    fc.assert(
      fc.property(draft, fc.boolean(), (one, allowsBlank) => {
        const form = formOf(one);
        const edited = { ...form, question: '改了', rules: { ...form.rules, allowsBlank } };
        const { poll } = judgedForm(edited, one.id, (changed) => keptOf(one, changed));
        expect(poll).toEqual({ ...one, question: '改了', rules: { ...one.rules, allowsBlank } });
      }),
      { seed, numRuns: 50 },
    );
  });
});
