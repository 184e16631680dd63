// The picture of imports: which circles it has, and which arrows point where none may.

/** Every circle in a graph of name -> names, each as the names along it (strongly connected parts, by Tarjan). */
export function findCircles(graph) {
  const circles = [];
  const order = new Map();
  const low = new Map();
  const stack = [];
  const visit = (name) => {
    order.set(name, order.size);
    low.set(name, order.get(name));
    stack.push(name);
    for (const next of graph.get(name) ?? []) {
      if (!order.has(next)) {
        visit(next);
        low.set(name, Math.min(low.get(name), low.get(next)));
      } else if (stack.includes(next)) low.set(name, Math.min(low.get(name), order.get(next)));
    }
    if (low.get(name) !== order.get(name)) return;
    const part = stack.splice(stack.indexOf(name));
    if (part.length > 1 || (graph.get(name) ?? []).includes(name)) circles.push(part);
  };
  for (const name of graph.keys()) if (!order.has(name)) visit(name);
  return circles;
}

const base = ['core', 'server/base'];
const shared = [...base, 'server/ports'];
const adapters = [...shared, 'server/services', 'server/rooms'];
const look = ['core', 'client/lib', 'client/ui', 'client/locales'];

/** What each part of the house may import; everything may import itself. docs/architecture.md draws it. */
export const arrows = {
  core: [],
  'core/contract': ['core'],
  'core/testing': ['core', 'core/contract'],
  'server/base': ['core', 'server/ports'],
  'server/ports': base,
  'server/rooms': shared,
  'server/services': [...shared, 'server/rooms'],
  'server/db': shared,
  'server/bus': shared,
  'server/box': shared,
  'server/bundle': shared,
  'server/files': shared,
  'server/embedded': base,
  'server/http': adapters,
  'server/realtime': adapters,
  'server/collab': adapters,
  'server/jobs': adapters,
  'client/lib': ['core', 'client/locales'],
  'client/locales': [],
  'client/ui': ['core', 'client/lib', 'client/locales'],
  'client/room': look,
  'client/features': [...look, 'client/room'],
  'client/pages': [...look, 'client/room', 'client/features'],
  'client/app': [...look, 'client/room', 'client/features', 'client/pages'],
};

/** Parts that stand above the house or beside it: they may import everything, and only each other imports them. */
const free = [
  'server/main',
  'server/testing',
  'client/main',
  'client/testing',
  'prisma',
  'e2e',
  'rehearsal',
  'probe',
  'bench',
  'load',
  'faults',
  'scripts',
];

/** The part of the house that a file belongs to. A feature is a part of its own: no feature imports another. */
export function partOf(path) {
  const [top, second = '', third = ''] = path.split('/');
  if (top === 'core') return second === 'domain' ? 'core' : `core/${second}`;
  if (top !== 'server' && top !== 'client') return top;
  if (/^main\.tsx?$/.test(second)) return `${top}/main`;
  if (second.includes('.')) return `${top}/base`;
  return second === 'features' ? `client/features/${third}` : `${top}/${second}`;
}

/** The sentence that forbids an import, or nothing when it is allowed. Tests may reach for whatever they test. */
export function forbidden(from, to) {
  const [source, target] = [partOf(from), partOf(to)];
  if (source === target || free.includes(source) || /\.test\.tsx?$/.test(from)) return undefined;
  const kind = (part) => (part.startsWith('client/features/') ? 'client/features' : part);
  const allowed = arrows[kind(source)];
  if (allowed === undefined)
    return `${from}: ${source} is no part of the house; add it to scripts/lib/graph.mjs`;
  const wanted = kind(target);
  // The contract is as common as the domain, but the domain itself never looks at it.
  if (wanted === 'core/contract' && source !== 'core' && source.split('/')[0] !== 'core') return undefined;
  const isOtherFeature = wanted === 'client/features' && kind(source) === 'client/features';
  return allowed.includes(wanted) && !isOtherFeature
    ? undefined
    : `${from} imports ${to}: ${source} may not know ${target}`;
}

/** The sentence that forbids core a package: it runs everywhere, with no input, output, clock or chance. */
export function forbiddenPackage(from, name) {
  if (!from.startsWith('core/') || from.endsWith('.test.ts') || from.startsWith('core/testing/'))
    return undefined;
  return /^(zod|@noble\/(hashes|curves))(\/|$)/.test(name)
    ? undefined
    : `${from} imports ${name}: core may not`;
}
