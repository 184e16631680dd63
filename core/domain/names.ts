import { z } from 'zod';
import { Instant, ParticipantId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { may, ROLES, type Role } from './people.ts';
import { line } from './text.ts';

/** For what somebody looks at a real name: 送达答复 核实身份 联系本人 编制记录 处理举报 [U3]. */
export const NAME_PURPOSES = ['reply', 'verify', 'contact', 'record', 'complaint'] as const;
export const NamePurpose = z.enum(NAME_PURPOSES);
export type NamePurpose = z.infer<typeof NamePurpose>;

/** One look at a real name, which nobody takes back. */
export const NameLook = z.strictObject({
  at: Instant,
  by: z.union([ParticipantId, z.literal('office')]),
  /** Who of the office looked; '' for somebody with a seat. */
  looker: z.union([line(LIMITS.nameLength), z.literal('')]),
  /** At whose name. */
  participantId: ParticipantId,
  purpose: NamePurpose,
});
export type NameLook = z.infer<typeof NameLook>;

/** That people are shown by a form of address; absent in a room where they are shown by their names [U1]. */
export type Names = {
  readonly shown: 'address';
  /** How often somebody looked at a real name; everybody knows. */
  readonly looks: number;
  /** Who looked at whose: whom it concerns asks for it. Absent wherever it was blanked, and before the first. */
  readonly secrets?: readonly NameLook[];
};

/** Who may look at a real name, as the sentence of consent names them: the permission table itself [U3]. */
export const LOOKERS: readonly Role[] = ROLES.filter((role) => may(role, 'name:look'));

/**
 * What somebody with an account is called after: data, not interface, as it becomes part of the record in the language
 * of the session.
 */
export const TITLES: Readonly<Record<Role, string>> = {
  convener: '召集人',
  host: '主持人',
  member: '委员',
  department: '部门代表',
  resident: '群众代表',
  stakeholder: '利益相关方',
  expert: '专家',
  recorder: '记录员',
  staff: '工作人员',
  observer: '旁听',
};
/** Who takes part by their office is called by surname and title, as in the room: 刘委员. The others by a number. */
const BY_SURNAME: readonly Role[] = ['convener', 'host', 'member', 'expert', 'recorder', 'staff'];
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤';
const LONG_SURNAMES = ['欧阳', '上官', '司马', '诸葛', '司徒', '皇甫', '慕容', '令狐', '端木', '尉迟'];

/** A form of address that nobody in the room has yet: 刘委员, 刘委员 2, 部门代表 1. Made of role and surname, never of an id. */
export function addressOf(
  { role, name }: { readonly role: Role; readonly name: string },
  taken: ReadonlySet<string>,
): string {
  const surname = BY_SURNAME.includes(role) ? surnameOf(name) : '';
  const base = `${surname}${TITLES[role]}`;
  if (surname !== '' && !taken.has(base)) return base;
  let number = surname === '' ? 1 : 2;
  while (taken.has(`${base} ${number}`)) number += 1;
  return `${base} ${number}`;
}

/** '' where a name does not look like one of a person: an account may be called after its post. */
function surnameOf(name: string): string {
  if (!/^[一-鿿]{2,4}$/.test(name)) return '';
  const long = LONG_SURNAMES.find((one) => name.length > 2 && name.startsWith(one));
  if (long !== undefined) return long;
  const first = name.slice(0, 1);
  return name.length < 4 && SURNAMES.includes(first) ? first : '';
}
