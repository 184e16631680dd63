// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Cited } from '../../../core/domain/citation.ts';
import { readCitations } from '../../../core/domain/citing.ts';
import { SessionId, ViewId } from '../../../core/domain/ids.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { participantId, seated, uuid } from '../../../core/testing/builders.ts';
import { citation, cited, paragraph, run, textOf } from '../../../core/testing/cited-texts.ts';
import { useAdoptedNews } from './adopted-news.ts';
import { loadTexts, setLocale } from '../../lib/i18n.ts';
import { Notices } from '../../ui/notices.tsx';
import { CitedBelow } from '../../room/cited-below.tsx';
import { tellReading } from '../../room/cited-text.ts';
import { createLiveRoom } from '../../room/live-room.ts';
import { RoomProvider } from '../../room/use-room.ts';

const KINDS = ['reply', 'poll', 'material'] as const;
const reading = readCitations(
  textOf(
    ...KINDS.map((kind) => paragraph(run('增设护学岗。'), cited(citation(1, kind)))),
    paragraph(run('错峰放学。'), cited(citation(2))),
  ),
);

function stageOf(room: Room) {
  const live = createLiveRoom(SessionId.parse(uuid('sess', 1)));
  const state = { ...live.state(), room };
  const documentId = room.plan?.documentId;
  if (documentId === undefined) throw new Error('a session has a text');
  tellReading(documentId, reading);
  return { ...live, state: () => state };
}

function Told({ room }: { readonly room: Room }) {
  useAdoptedNews(room, participantId(1));
  return <Notices />;
}

describe(CitedBelow.name, () => {
  beforeAll(async () => {
    await loadTexts(['room']);
    await setLocale('zh-CN', { choose: false });
  });
  afterEach(cleanup);

  it('leads from a reply, a poll and a material to the sentences that rest on them [O7]', () => {
    const room = seated({ open: true }).room();
    for (const [index, kind] of KINDS.entries()) {
      const { id }: Cited = citation(1, kind);
      render(
        <RoomProvider store={stageOf(room)}>
          <CitedBelow kind={kind} id={id} />
        </RoomProvider>,
      );
      expect(screen.getByText('被采纳于')).toBeDefined();
      expect(screen.getByRole('button').textContent).toBe(`第 ${String(index + 1)} 句`);
      cleanup();
    }
  });

  it('is not there where nothing rests on it', () => {
    const { container } = render(
      <RoomProvider store={stageOf(seated({ open: true }).room())}>
        <CitedBelow kind="poll" id={citation(7, 'poll').id} />
      </RoomProvider>,
    );
    expect(container.textContent).toBe('');
  });

  it('whoever said it is told once, and where [O18]', () => {
    const before = seated({ open: true }).room();
    const { id } = citation(2);
    const said: Room['views'][number] = {
      id: ViewId.parse(id),
      stance: 'info',
      text: '错峰放学',
      replyTo: null,
      seq: 1,
      by: participantId(1),
      at: '2026-03-02T08:00:00.000Z',
      itemId: null,
    };
    const room: Room = { ...before, views: [said] };
    const tell = () =>
      render(
        <RoomProvider store={stageOf(room)}>
          <Told room={room} />
        </RoomProvider>,
      );
    tell();
    const words = '您有 1 条发言被纪要采纳：第 4 句';
    expect(screen.getByText(words)).toBeDefined();
    cleanup();
    tell();
    expect(screen.getAllByText(words)).toHaveLength(1);
  });
});
