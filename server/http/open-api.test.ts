import { describe, expect, it } from 'vitest';
import { ALL_ROUTES } from '../../core/contract/api.ts';
import { openApi } from './open-api.ts';

describe('openApi', () => {
  const text = JSON.stringify(openApi(ALL_ROUTES, '1.2.3'));

  it('describes every route once, under its name', () => {
    for (const name of Object.keys(ALL_ROUTES)) expect(text.split(`"operationId":"${name}"`)).toHaveLength(2);
  });

  it('refers only to what it describes', () => {
    const described = JSON.parse(text).components.schemas;
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target ?? '');
    expect(references.length).toBeGreaterThan(20);
    for (const target of references) {
      expect(target).toMatch(/^#\/components\/schemas\//);
      expect(described).toHaveProperty(target.slice('#/components/schemas/'.length));
    }
  });
});
