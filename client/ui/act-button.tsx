import { useEffect, useRef, useState } from 'react';
import { Button, type ButtonProps } from './button.tsx';

/** After an act is done its button may mean the next act: a second tap of the same hand is not meant for it. */
const REST_MS = 600;
/** An act that waits for the network settles late; the button does not wait with it. */
const LONGEST_MS = 5_000;

interface ActButtonProps extends Omit<ButtonProps, 'onClick' | 'isBusy'> {
  /** Never rejects: a failure is told by whoever gave it. */
  readonly onAct: () => Promise<unknown>;
}

/** A button for an act that the server has to take: one press, one act. */
export function ActButton({ onAct, ...rest }: ActButtonProps) {
  const [isBusy, setBusy] = useState(false);
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const act = async () => {
    setBusy(true);
    await Promise.race([onAct(), wait(LONGEST_MS)]);
    setTimeout(() => {
      if (isHere.current) setBusy(false);
    }, REST_MS);
  };
  // -- onAct never rejects.
  return <Button {...rest} isBusy={isBusy} onClick={() => void act()} />;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
