import { RemarkId, ReplyId, TaskId } from '../domain/ids.ts';
import { digest } from '../domain/digest.ts';
import { canonical } from '../domain/canonical.ts';
import type { DocumentRecord } from '../domain/documents/record.ts';
import type { OutcomeNode } from '../domain/outcome.ts';
import { SessionPlan } from '../domain/sessions.ts';
import { amendmentId } from './arbitrary-amending.ts';
import {
  as,
  AT,
  choose,
  itemId,
  participantId,
  plan,
  poll,
  pollId,
  seated,
  uuid,
  view,
  viewId,
} from './builders.ts';
import { citation, cited, heading, paragraph, points, run, textOf } from './cited-texts.ts';

const title: OutcomeNode = {
  type: 'heading',
  attrs: { level: 1 },
  content: [run('关于实验小学周边交通秩序的微协商纪要')],
};

/** The text of a small session: title, four parts, evidence of each kind, one view that was taken back, one letter twice. */
export const SAMPLE_TEXT = textOf(
  title,
  heading('主要意见'),
  paragraph(
    run(
      '放学时段校门口一百米内车辆滞留，接送家长与过路车辆互相妨碍，遇到雨天尤为严重，建议错峰放学并划定临时停车位。',
    ),
    cited(citation(1)),
    cited(citation(3), '\u2006'),
  ),
  heading('二、形成的共识'),
  points(
    paragraph(run('设护学岗，工作日早晚各四十分钟。'), cited(citation(1, 'poll'))),
    paragraph(run('由县直单位于三十日内拿出停车方案。'), cited(citation(1, 'reply'))),
  ),
  heading('存在的分歧和保留意见'),
  paragraph(run('无。')),
  heading('任务分工'),
  paragraph(run('见任务清单。'), cited(citation(9, 'material')), cited(citation(1), '\u2006')),
);

/** A session as small as it can be with something of everything, sealed. */
export function sampleRecord(over: Partial<DocumentRecord> = {}): DocumentRecord {
  const planned = SessionPlan.parse({ ...plan(), documentTitle: '协商纪要' });
  const t = seated({ open: true, plan: planned });
  for (const n of [1, 2, 3, 5]) t.must(as(n), { type: 'enterRoom' });
  t.must(as(0), { type: 'moveAgenda', itemId: itemId(1) });
  t.must(as(1), { type: 'postView', view: { ...view(1), text: '建议错峰放学，\n划定临时停车位。' } });
  t.must(as(3), { type: 'postView', view: view(3) });
  t.must(as(3), { type: 'postView', view: { ...view(4), text: '=HYPERLINK("http://evil","点我") <b>&' } });
  t.must(as(2), {
    type: 'postReply',
    reply: {
      id: ReplyId.parse(uuid('repl', 1)),
      toViews: [viewId(1)],
      commitment: 'can_do',
      text: '三十日内拿出方案。',
    },
  });
  t.must(as(0), { type: 'preparePoll', poll: poll(1, { question: '是否同意设护学岗？' }) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  t.must(as(1), { type: 'castBallot', pollId: pollId(1), paper: choose('y') });
  t.must(as(0), { type: 'closePoll', pollId: pollId(1) });
  t.must(as(3), { type: 'withdrawView', viewId: viewId(3) });
  t.must(as(5), {
    type: 'recordTask',
    task: {
      id: TaskId.parse(uuid('task', 1)),
      department: '县直单位',
      cooperating: ['县城管局'],
      dueDays: 30,
      task: '=1+1 拿出停车方案',
      acceptance: '方案公布',
    },
  });
  const textSha256 = digest(canonical(SAMPLE_TEXT));
  t.must(as(0), { type: 'closeSession' }, { text: { head: 1, sha256: textSha256 } });
  return {
    room: t.room(),
    outcome: SAMPLE_TEXT,
    sealedAt: AT,
    textSha256,
    logLength: t.log.length,
    logHead: digest('head'),
    address: `https://shangliang.example/sessions/${planned.id}/archive`,
    ...over,
  };
}

/** The same with everything that a text was talked about: amendments, a remark, a reservation, and somebody who spoke. */
export function discussedRecord(): DocumentRecord {
  const record = sampleRecord();
  const { room, textSha256 } = record;
  const [member, resident, recorder] = [participantId(1), participantId(3), participantId(5)];
  const anchor = { from: 'AA', to: 'AB', quote: '早晚各四十分钟' };
  const made = { anchor, by: resident, at: AT, why: '' };
  return {
    ...record,
    room: {
      ...room,
      turns: [{ participantId: member, itemId: itemId(1), startedAt: AT, endedAt: AT }],
      amendments: [
        {
          ...made,
          id: amendmentId(1),
          words: '早晚各一小时',
          why: '放学时间不一',
          state: { phase: 'declined', by: recorder, at: AT, why: '与会议情况不符' },
        },
        { ...made, id: amendmentId(2), words: null, state: { phase: 'accepted', by: recorder, at: AT } },
      ],
      remarks: [
        {
          id: RemarkId.parse(uuid('rema', 1)),
          anchor,
          words: '=1+1 是否含周六？',
          by: resident,
          at: AT,
          answers: [{ words: '不含。', by: recorder, at: AT }],
          resolved: { by: recorder, at: AT },
        },
      ],
      signing: {
        text: { head: 1, sha256: textSha256 },
        by: recorder,
        at: AT,
        why: null,
        signers: [
          { id: member, role: 'member' },
          { id: resident, role: 'resident' },
        ],
        signatures: [
          { by: member, at: AT, reservation: null },
          { by: resident, at: AT, reservation: '希望周六也有护学岗。' },
        ],
      },
    },
  };
}

export const SAMPLE_TEMPLATE = { office: '政协云川县委员会' };
