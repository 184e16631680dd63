import { z } from 'zod';

/** Why a view is not published, hidden or reported. 偏离议题 涉及隐私 人身攻击 内容不实 违法违规 广告 重复发表 其他 */
export const REASON_CODES = [
  'off_topic',
  'privacy',
  'insult',
  'untrue',
  'unlawful',
  'advert',
  'duplicate',
  'other',
] as const;
export const ReasonCode = z.enum(REASON_CODES);
export type ReasonCode = z.infer<typeof ReasonCode>;
