import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { windowPart } from '../../ui/part.tsx';
import type { AnswerDialogProps } from './answer-dialog.tsx';

// Most people answer once: what it takes comes when they do.
const AnswerDialog = windowPart(async () => (await import('./answer-dialog.tsx')).AnswerDialog, {
  of: 'asker',
  texts: ['home'],
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
        <AnswerDialog
          {...asked}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            onDone?.();
          }}
        />
      ) : null}
    </>
  );
}
