import * as Y from 'yjs';
import type { OutcomeNode } from '../../core/domain/outcome.ts';

/** A block of the text as the editor keeps it in Yjs: elements by name, runs of text with their marks. */
export function toElement(node: OutcomeNode): Y.XmlElement {
  const element = new Y.XmlElement<Record<string, string | number | boolean | null>>(node.type);
  for (const [name, value] of Object.entries(node.attrs ?? {})) element.setAttribute(name, value);
  const content = node.content ?? [];
  const runs = content.filter((child) => child.type === 'text');
  if (runs.length > 0) element.insert(0, [toText(runs)]);
  else element.insert(0, content.map(toElement));
  return element as unknown as Y.XmlElement; // reason: the types know attributes only as strings; the editor keeps numbers
}

function toText(runs: readonly OutcomeNode[]): Y.XmlText {
  const text = new Y.XmlText();
  text.applyDelta(
    runs.map((run) => ({
      insert: run.text ?? '',
      attributes: Object.fromEntries((run.marks ?? []).map((mark) => [mark.type, {}])),
    })),
  );
  return text;
}
