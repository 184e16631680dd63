/** What the office does after it has put a backup in its place. */
export type TextRecovery = {
  /**
   * For so long, every text that is not sealed takes what browsers have and the backup lacks, whoever wrote it [W15].
   * How many texts.
   */
  readonly begin: (hours: number) => Promise<number>;
};
