import { withoutEvidence } from '../../core/domain/citing.ts';
import type { DocumentId } from '../../core/domain/ids.ts';
import { useText } from '../lib/i18n.ts';
import { useCitedText } from './cited-text.ts';

/** Before a text is laid before people, or sealed: how many of its sentences rest on nothing. Advice, no wall [O6]. */
export function EvidenceAdvice({ documentId }: { readonly documentId: DocumentId | null }) {
  const t = useText();
  const reading = useCitedText(documentId);
  const bare = reading === null ? [] : withoutEvidence(reading);
  if (reading === null || bare.length === 0) return null;
  const agreed = bare.filter(({ isConsensus }) => isConsensus).length;
  return <p>{t('room:evidence.advice', { count: reading.sentences.length, bare: bare.length, agreed })}</p>;
}
