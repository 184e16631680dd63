import { useMemo } from 'react';
import styles from './projection.module.css';
import { qrDrawing } from './qr-path.ts';

export interface QrCodeProps {
  readonly url: string;
  readonly label: string;
}

/** Dark on white in every theme: a camera does not know of dark mode. */
export function QrCode({ url, label }: QrCodeProps) {
  const { size, path } = useMemo(() => qrDrawing(url), [url]);
  return (
    <svg
      className={styles.qr}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect className={styles.qrGround} width={size} height={size} />
      <path className={styles.qrInk} d={path} />
    </svg>
  );
}
