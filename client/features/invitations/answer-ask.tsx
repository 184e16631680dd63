import { lazy, Suspense, useState } from 'react';
import { loadTexts, useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import type { AnswerDialogProps } from './answer-dialog.tsx';

// Most people answer once: what it takes comes when they do.
const AnswerDialog = lazy(async () => {
  await loadTexts(['home']);
  return { default: (await import('./answer-dialog.tsx')).AnswerDialog };
});

interface AnswerAskProps extends Omit<AnswerDialogProps, 'onClose' | 'onDone'> {
  readonly onDone?: () => void;
}

/** The button that asks for an answer, or shows the one that was given. */
export function AnswerAsk({ onDone, ...asked }: AnswerAskProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const { answer } = asked;
  return (
    <>
      <Button
        kind={answer === 'silent' ? 'main' : 'plain'}
        isSmall
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {answer === 'silent'
          ? t('words:answer.ask')
          : t('words:answer.given', { answer: t(`words:answer.${answer}`) })}
      </Button>
      {isOpen ? (
        <Suspense fallback={null}>
          <AnswerDialog
            {...asked}
            onClose={() => setOpen(false)}
            onDone={() => {
              setOpen(false);
              onDone?.();
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
