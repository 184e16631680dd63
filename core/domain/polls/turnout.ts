import { z } from 'zod';

const people = z.int().min(0);

/**
 * 应到 实到 应投 收回 有效 空白 废票 未按: people and papers of one chamber [B22]. Blank, invalid and not pressing are told apart, and
 * none of them is 弃权.
 */
export const Turnout = z.strictObject({
  /** 应到: everybody whom the rules mean, there or not, as the poll opened; whoever is on leave among them [B70]. */
  due: people,
  /** 实到: of those, present as it opened, and as it stopped. */
  presentAtOpening: people,
  presentAtStop: people,
  /** 应投: on the roll of voters. */
  entitled: people,
  /** 应投且在场: of the voters, present as it opened or as it stopped, or known to have voted. */
  entitledPresent: people,
  /** 发出 where papers were handed out by hand; else as many as could vote. */
  issued: people,
  /** 收回: papers received, blank and invalid ones among them. */
  cast: people,
  blank: people,
  /** 废票: only papers that tellers enter can be; a screen sends none. */
  invalid: people,
  /** 有效: cast, neither blank nor invalid. */
  valid: people,
  /** 未按: entitled and present, without a paper. Never counted as 弃权. */
  silent: people,
});
export type Turnout = z.infer<typeof Turnout>;
