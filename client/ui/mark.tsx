import styles from './mark.module.css';

/** Line drawings for states, so that no state is told by colour or words alone. */
const DRAWINGS = {
  broken: 'M4 5h16v11H13l-3 4-1-4H4zM12 8v3.5M12 13.6v.1',
  new: 'M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4',
  empty: 'M4 6h16v10h-8l-4 4v-4H4zM8 10h8M8 13h5',
  forbidden: 'M6 11h12v8H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14v2',
  offline:
    'M3 9.5a13 13 0 0 1 5-2.9M21 9.5a13 13 0 0 0-9-3.5M6.5 13.2a8 8 0 0 1 3-1.8M17.5 13.2a8 8 0 0 0-2.5-1.6M12 18.2v.1M4 4l16 16',
  lost: 'M12 20s6-5.2 6-10a6 6 0 1 0-12 0c0 4.800 6 10 6 10zM10.300 8.400a1.800 1.800 0 1 1 2.300 2.200c-.500.200-.600.500-.600 1M12 13.600v.1',
  ended: 'M6 4h12v16H6zM9 8h6M9 11h6M10.500 15.500l1.200 1.200 2.300-2.600',
  full: 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.500 19c0-3 2.500-5 5.500-5s5.500 2 5.500 5M16 6.200a2.600 2.600 0 0 1 0 4.800M17.500 14.500c2 .700 3 2.300 3 4.500',
  time: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4.500l3 1.800',
  seat: 'M7 4v8h10V4M5 12h14v4H5zM7 16v4M17 16v4',
} as const;
export type MarkName = keyof typeof DRAWINGS;

interface MarkProps {
  readonly name: MarkName;
}

export function Mark({ name }: MarkProps) {
  return (
    <svg className={styles.mark} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
