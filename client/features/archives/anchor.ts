/** The anchor of an entry: what #seq in the text leads to. */
export function anchorOf(seq: number): string {
  return `entry-${seq}`;
}
