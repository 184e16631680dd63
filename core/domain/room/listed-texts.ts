import { enclosedIn, type Enclosed } from '../pictures.ts';
import { asked, written } from '../polls/words.ts';
import type { ListedField } from '../listed-fields.ts';
import type { SessionPlan } from '../sessions.ts';
import type { Command } from './commands.ts';

type Change = (text: string, field: ListedField) => string;
type Reader = {
  readonly rewrite: (change: Change) => Command;
  /** Whether it can be looked at before it is published. */
  readonly canWait: boolean;
  /** Whether words in it can be covered: what stands elsewhere as well, as a title in lists, is refused instead. */
  readonly canCover: boolean;
};

const WAITS = { canWait: true, canCover: true } as const;
const COVERED = { canWait: false, canCover: true } as const;
const WHOLE = { canWait: false, canCover: false } as const;

/** What people read of a command; null: nothing that the list is about. */
export function textsOf(command: Command): Reader | null {
  switch (command.type) {
    case 'postView': {
      const { view } = command;
      const rewrite = (change: Change): Command => ({
        ...command,
        view: { ...view, text: change(view.text, 'words'), ...rewritten(enclosedIn(view), change) },
      });
      return { ...WAITS, rewrite };
    }
    case 'postReply': {
      const { reply } = command;
      const rewrite = (change: Change): Command => {
        return { ...command, reply: { ...reply, text: change(reply.text, 'words') } };
      };
      return { ...WAITS, rewrite };
    }
    case 'editView':
      return { ...COVERED, rewrite: (change) => ({ ...command, text: change(command.text, 'words') }) };
    case 'takeQuestion':
      return { ...COVERED, rewrite: (change) => ({ ...command, note: change(command.note, 'note') }) };
    case 'passQuestion': {
      const { toName, why } = command;
      const rewrite = (change: Change): Command => {
        return { ...command, toName: change(toName, 'unit'), why: change(why, 'note') };
      };
      return { ...COVERED, rewrite };
    }
    case 'signOutcome': {
      const { reservation } = command;
      if (reservation === undefined) return null;
      return {
        ...COVERED,
        rewrite: (change) => ({ ...command, reservation: change(reservation, 'reservation') }),
      };
    }
    case 'makeAmendment': {
      const { amendment } = command;
      const rewrite = (change: Change): Command => {
        const words = amendment.words === null ? null : change(amendment.words, 'words');
        const why = amendment.why === undefined ? {} : { why: change(amendment.why, 'note') };
        return { ...command, amendment: { ...amendment, words, ...why } };
      };
      // Covered words would be put into the text as they are.
      return { ...WHOLE, rewrite };
    }
    case 'makeRemark': {
      const { remark } = command;
      const rewrite = (change: Change): Command => {
        return { ...command, remark: { ...remark, words: change(remark.words, 'words') } };
      };
      return { ...COVERED, rewrite };
    }
    case 'answerRemark':
      return { ...COVERED, rewrite: (change) => ({ ...command, words: change(command.words, 'words') }) };
    case 'castBallot': {
      const { paper } = command;
      // A paper that is kept apart is kept as it was cast: its words are refused, never covered.
      return {
        ...WHOLE,
        rewrite: (change) => ({ ...command, paper: written(paper, (text) => change(text, 'words')) }),
      };
    }
    default:
      return textsOfHosts(command);
  }
}

/** What those who prepare and run a session write: nothing of theirs waits, but it is covered or refused as well. */
function textsOfHosts(command: Command): Reader | null {
  switch (command.type) {
    case 'planSession':
    case 'revisePlan':
      return { ...WHOLE, rewrite: (change) => ({ ...command, plan: planned(command.plan, change) }) };
    case 'addAgendaItem': {
      const { item } = command;
      const rewrite = (change: Change): Command => {
        return { ...command, item: { ...item, title: change(item.title, 'item') } };
      };
      return { ...COVERED, rewrite };
    }
    case 'preparePoll':
    case 'revisePoll': {
      const { poll } = command;
      const rewrite = (change: Change): Command => {
        const question = change(poll.question, 'question');
        return {
          ...command,
          poll: { ...poll, question, ask: asked(poll.ask, (text) => change(text, 'option')) },
        };
      };
      return { ...COVERED, rewrite };
    }
    case 'recordTask': {
      const { task } = command;
      const rewrite = (change: Change): Command => {
        const said = { task: change(task.task, 'task'), acceptance: change(task.acceptance, 'acceptance') };
        return { ...command, task: { ...task, ...said } };
      };
      return { ...COVERED, rewrite };
    }
    case 'addMaterial': {
      const { material } = command;
      const rewrite = (change: Change): Command => {
        return { ...command, material: { ...material, title: change(material.title, 'title') } };
      };
      return { ...COVERED, rewrite };
    }
    default:
      return null;
  }
}

/** What a plan says to whoever reads it. */
function planned(plan: SessionPlan, change: Change): SessionPlan {
  const { source, stakeholders, departments } = plan;
  const groups = (names: readonly string[]) => names.map((name) => change(name, 'group'));
  return {
    ...plan,
    title: change(plan.title, 'title'),
    documentTitle: change(plan.documentTitle, 'title'),
    background: change(plan.background, 'background'),
    source: { ...source, detail: change(source.detail, 'background') },
    venues: plan.venues.map((venue) => ({ ...venue, name: change(venue.name, 'venue') })),
    agenda: plan.agenda.map((item) => ({ ...item, title: change(item.title, 'item') })),
    ...(stakeholders === undefined ? {} : { stakeholders: groups(stakeholders) }),
    ...(departments === undefined ? {} : { departments: groups(departments) }),
  };
}

/** What is to be seen on pictures, and the place, are words too. */
function rewritten({ pictures, place }: Enclosed, change: Change): Enclosed {
  return enclosedIn({
    pictures: pictures?.map((picture) => ({ ...picture, alt: change(picture.alt, 'picture') })),
    place: place === undefined ? undefined : change(place, 'place'),
  });
}
