import { useRef, useState, type DragEvent } from 'react';
import { Button } from './button.tsx';
import styles from './file-drop.module.css';

interface FileDropProps {
  /** As an input has it: endings and types. */
  readonly accept: string;
  /** What the button says, what a reader calls the field, and what stands below. */
  readonly words: { readonly button: string; readonly field: string; readonly hint: string };
  readonly isMain: boolean;
  readonly onFile: (file: File | undefined) => void;
}

/** A button that opens the device's own chooser, and a place to drop a file. */
export function FileDrop({ accept, words, isMain, onFile }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    <div
      className={styles.drop}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={words.field}
        hidden
        onChange={({ target }) => {
          onFile(target.files?.[0]);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
      <Button kind={isMain ? 'main' : 'plain'} onClick={() => input.current?.click()}>
        {words.button}
      </Button>
      <p className={styles.hint}>{words.hint}</p>
    </div>
  );
}
