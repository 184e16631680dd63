import { accountRoutes } from '../../core/contract/accounts.ts';
import { archiveRoutes } from '../../core/contract/archives.ts';
import { tokenRoutes } from '../../core/contract/box-doors.ts';
import { clockRoutes } from '../../core/contract/clock.ts';
import { invitationRoutes } from '../../core/contract/invitations.ts';
import { DOORS } from '../../core/contract/limits.ts';
import { nameRoutes } from '../../core/contract/names.ts';
import { choiceRoutes } from '../../core/contract/poll-doors.ts';
import { lobbyRoutes } from '../../core/contract/lobby.ts';
import { materialRoutes } from '../../core/contract/materials.ts';
import { moderationRoutes } from '../../core/contract/moderation.ts';
import { officeRoutes } from '../../core/contract/office.ts';
import type { CommandReply } from '../../core/contract/door.ts';
import { pictureRoutes } from '../../core/contract/pictures.ts';
import { roomDoors } from '../../core/contract/room.ts';
import { publicationRoutes } from '../../core/contract/publication.ts';
import { recordSearchRoutes } from '../../core/contract/record-search.ts';
import type { Route } from '../../core/contract/route.ts';
import { sessionRoutes } from '../../core/contract/sessions.ts';
import { signalRoutes } from '../../core/contract/signals.ts';
import type { SessionParams } from '../../core/contract/snapshot.ts';
import { textRoutes } from '../../core/contract/texts.ts';
import { noteRoutes } from '../../core/contract/notes.ts';
import { wordRoutes } from '../../core/contract/word-list.ts';
import { venueRoutes } from '../../core/contract/venues.ts';
import type { z } from 'zod';
import type { Command } from '../../core/domain/room/commands.ts';
import type { RoomsService } from '../services/rooms.ts';
import type { Services } from '../services/services.ts';
import { createBinder, written, type BindDeps, type Door } from './bind.ts';

/** The API on one page: every route of the contract and the service that answers it. */
export function createDoors(deps: BindDeps, services: Services): Door[] {
  const { accounts, office, joining, sessions, rooms, links, signals, venues } = services;
  const { invitations, lobby, materials, pictures, moderation, names, choices, words, archives } = services;
  const { texts, clock, boxes, bundles, documents, records } = services;
  const { forPerson, forReader, forAnybody } = createBinder(deps);
  const room = roomDoorWith(forPerson, rooms);
  const done = { done: true } as const;
  return [
    // Express tries door after door: what a whole hall asks at once comes first.
    room(roomDoors.postView),
    room(roomDoors.castBallot),
    room(roomDoors.endorseView),
    room(roomDoors.requestFloor),

    forAnybody(
      accountRoutes.signIn,
      async ({ body, address, signIn }) => {
        const { token, me } = await accounts.signIn({ ...body, address });
        signIn(token, DOORS.signInDays);
        return me;
      },
      { rateBy: ({ login }) => login },
    ),
    forPerson(accountRoutes.signOut, async ({ who, body, signOut }) => {
      await accounts.signOut(who, body.everywhere);
      signOut();
      return done;
    }),
    forPerson(accountRoutes.me, ({ who }) => accounts.me(who)),
    forPerson(clockRoutes.readClock, () => Promise.resolve({ now: clock.now() })),
    forPerson(accountRoutes.changePassword, async ({ who, body, address }) => {
      await accounts.changePassword(who, { ...body, address });
      return done;
    }),
    forAnybody(accountRoutes.previewLink, ({ who, body, address }) =>
      joining.preview({ ...body, who, address }),
    ),
    forAnybody(accountRoutes.join, async ({ who, body, address, signIn }) => {
      const { token, ...joined } = await joining.join({ ...body, who, address });
      if (token !== null) signIn(token, DOORS.guestSignInDays);
      return joined;
    }),

    forPerson(officeRoutes.listStudios, async ({ who }) => ({ studios: await office.studios(who) })),
    forPerson(officeRoutes.createStudio, ({ who, body }) => office.createStudio(who, body)),
    forPerson(officeRoutes.setMember, ({ who, params, body }) =>
      office.setMember(who, { ...params, ...body }),
    ),
    forPerson(wordRoutes.listWords, ({ who }) => words.list(who)),
    forPerson(wordRoutes.putWords, ({ who, body }) => words.put(who, body)),
    forPerson(wordRoutes.removeWord, ({ who, params }) => words.remove(who, params.wordId)),
    forPerson(officeRoutes.listAccountRecords, ({ who }) => office.accounts(who)),
    forPerson(officeRoutes.changeAccount, ({ who, params, body }) =>
      office.changeAccount(who, params.personId, body),
    ),

    forPerson(sessionRoutes.listSessions, async ({ who }) => ({ sessions: await sessions.list(who) })),
    forPerson(sessionRoutes.planSession, ({ who, body }) => sessions.plan(who, body)),
    forPerson(sessionRoutes.listAccounts, ({ who }) => accounts.list(who)),
    forPerson(sessionRoutes.createAccount, ({ who, body }) => accounts.create(who, body)),
    forPerson(sessionRoutes.getSession, ({ who, params }) => sessions.get(who, params.sessionId)),
    forPerson(sessionRoutes.getSnapshot, async ({ who, params }) =>
      written(await rooms.snapshot(who, params.sessionId)),
    ),
    forPerson(sessionRoutes.getViews, ({ who, params, query }) => rooms.views(who, params.sessionId, query)),
    forPerson(sessionRoutes.getPoll, ({ who, params }) => rooms.poll(who, params.sessionId, params.pollId)),
    forPerson(sessionRoutes.getPlan, ({ who, params }) => sessions.earlierPlan(who, params.sessionId)),
    forPerson(sessionRoutes.getView, ({ who, params }) => rooms.view(who, params.sessionId, params.viewId)),
    forPerson(sessionRoutes.getEvents, ({ who, params, query }) =>
      rooms.events(who, params.sessionId, query.after),
    ),
    forPerson(sessionRoutes.createLink, ({ who, params, body, origin }) =>
      links.create(who, params.sessionId, { link: body, origin }),
    ),
    forPerson(sessionRoutes.listLinks, async ({ who, params, origin }) => ({
      links: await links.list(who, params.sessionId, origin),
    })),
    forPerson(sessionRoutes.revokeLink, ({ who, params, origin }) =>
      links.revoke(who, params.sessionId, { id: params.linkId, origin }),
    ),

    room(roomDoors.enterRoom),
    room(roomDoors.revisePlan),
    room(roomDoors.submitPlan),
    room(roomDoors.returnPlan),
    room(roomDoors.approvePlan),
    room(roomDoors.collectViews),
    room(roomDoors.extendCollecting),
    room(roomDoors.endCollecting),
    room(roomDoors.cancelSession),
    room(roomDoors.openSession),
    room(roomDoors.pauseSession),
    room(roomDoors.resumeSession),
    room(roomDoors.adjournSession),
    room(roomDoors.abortSession),
    room(roomDoors.closeSession),
    room(roomDoors.endMeeting),
    room(roomDoors.settleText),
    room(roomDoors.signOutcome),
    room(roomDoors.reopenText),
    room(roomDoors.adoptOutcome),
    room(roomDoors.makeAmendment),
    room(roomDoors.withdrawAmendment),
    room(roomDoors.acceptAmendment),
    room(roomDoors.declineAmendment),
    room(roomDoors.makeRemark),
    room(roomDoors.answerRemark),
    room(roomDoors.resolveRemark),
    room(roomDoors.reopenRemark),
    room(roomDoors.giveAssent),
    room(roomDoors.withdrawAssent),
    room(roomDoors.moveAgenda),
    room(roomDoors.addAgendaItem),
    room(roomDoors.removeAgendaItem),
    room(roomDoors.placeAgendaItem),
    room(roomDoors.moveMinutes),
    room(roomDoors.setPosting),
    room(roomDoors.changeParticipant),
    room(roomDoors.removeParticipant),
    room(roomDoors.checkIn),
    room(roomDoors.undoCheckIn),
    room(roomDoors.stateLeave),
    room(roomDoors.withdrawLeave),
    forPerson(venueRoutes.showCheckInCode, ({ who, params, origin }) =>
      venues.showCode(who, params.sessionId, { venueId: params.venueId, origin }),
    ),
    forPerson(venueRoutes.checkInByCode, ({ who, params, body, key }) =>
      venues.checkIn(who, params.sessionId, { code: body.code, key }),
    ),
    forPerson(noteRoutes.getNote, ({ who, params }) => services.notes.get(who, params.sessionId)),
    forPerson(noteRoutes.keepNote, ({ who, params, body }) =>
      services.notes.keep(who, params.sessionId, body),
    ),
    room(roomDoors.setLobby),
    room(roomDoors.admitWaiting),
    room(roomDoors.turnAway),
    forPerson(lobbyRoutes.askEntry, ({ who, params, query }) =>
      lobby.entry(who, params.sessionId, query.known === 'waiting'),
    ),
    room(roomDoors.acceptInvitation),
    forPerson(invitationRoutes.listInvitable, ({ who, params }) =>
      invitations.invitable(who, params.sessionId),
    ),
    forPerson(invitationRoutes.inviteParticipant, ({ who, params, body, key }) =>
      invitations.invite({ who, key, ...params }, body),
    ),
    forPerson(invitationRoutes.listDeputies, ({ who, params }) =>
      invitations.deputies(who, params.sessionId, params.participantId),
    ),
    forPerson(invitationRoutes.nameDeputy, ({ who, params: { sessionId, participantId }, body, key }) =>
      invitations.nameDeputy({ who, sessionId, key }, { participantId, ...body }),
    ),
    room(roomDoors.nameHost),
    room(roomDoors.hideNames),
    forPerson(nameRoutes.getNameLooks, ({ who, params }) => names.looks(who, params.sessionId)),
    forPerson(nameRoutes.lookAtName, ({ who, params: { sessionId, participantId }, body, key }) =>
      names.look({ who, sessionId, key }, { participantId, ...body }),
    ),
    room(roomDoors.editView),
    room(roomDoors.withdrawView),
    room(roomDoors.unendorseView),
    room(roomDoors.markView),
    room(roomDoors.unmarkView),
    room(roomDoors.spotlightView),
    room(roomDoors.endSpotlight),
    room(roomDoors.mergeViews),
    room(roomDoors.splitViews),
    room(roomDoors.showScene),
    forPerson(materialRoutes.sendMaterial, async ({ who, params, readFile }) => ({
      file: await materials.send({ who, ...params, read: readFile }),
    })),
    forReader(materialRoutes.openMaterial, ({ who, params, reads }) =>
      materials.open(who, params.sessionId, { materialId: params.materialId, reads }),
    ),
    forPerson(materialRoutes.getMaterialReaders, ({ who, params }) =>
      materials.readers(who, params.sessionId),
    ),
    room(roomDoors.addMaterial),
    room(roomDoors.placeMaterial),
    room(roomDoors.withdrawMaterial),
    forPerson(pictureRoutes.sendPicture, async ({ who, params, readFile }) => ({
      picture: await pictures.send({ who, ...params, read: readFile }),
    })),
    forReader(pictureRoutes.openOwnPicture, ({ who, params }) => pictures.openOwn(who, params)),
    forReader(pictureRoutes.openPicture, ({ who, params, query }) =>
      pictures.open(who, params.sessionId, { ...params, isSmall: query.size === 'small' }),
    ),
    forPerson(moderationRoutes.getModeration, ({ who, params }) => moderation.read(who, params.sessionId)),
    room(roomDoors.passView),
    room(roomDoors.refuseView),
    room(roomDoors.forgoView),
    room(roomDoors.appealView),
    room(roomDoors.decideAppeal),
    room(roomDoors.hideView),
    room(roomDoors.restoreView),
    room(roomDoors.reportView),
    room(roomDoors.dismissReports),
    room(roomDoors.ruleModeration),
    room(roomDoors.silenceAll),
    room(roomDoors.liftSilence),
    room(roomDoors.muteSpeaker),
    room(roomDoors.unmuteSpeaker),
    room(roomDoors.postReply),
    room(roomDoors.putQuestion),
    room(roomDoors.takeQuestion),
    room(roomDoors.passQuestion),
    room(roomDoors.moveQuestion),
    room(roomDoors.withdrawQuestion),
    room(roomDoors.preparePoll),
    room(roomDoors.openPoll),
    room(roomDoors.closePoll),
    room(roomDoors.publishPoll),
    room(roomDoors.revisePoll),
    room(roomDoors.dropPoll),
    room(roomDoors.extendPoll),
    room(roomDoors.proposeVoid),
    room(roomDoors.declineVoid),
    room(roomDoors.confirmVoid),
    room(roomDoors.enterTotals),
    room(roomDoors.settleTie),
    forPerson(choiceRoutes.readChoices, ({ who, params: { sessionId, pollId }, key }) =>
      choices.read({ who, sessionId, key }, pollId),
    ),
    room(roomDoors.withdrawFloor),
    room(roomDoors.giveFloor),
    room(roomDoors.requestVenueFloor),
    room(roomDoors.withdrawVenueFloor),
    room(roomDoors.giveVenueFloor),
    room(roomDoors.nameVenueSpeaker),
    room(roomDoors.ruleFloor),
    room(roomDoors.pauseFloor),
    room(roomDoors.resumeFloor),
    room(roomDoors.extendFloor),
    room(roomDoors.endFloor),
    room(roomDoors.recordTask),
    forPerson(tokenRoutes.takeToken, ({ who, params, body }) => boxes.token(who, params, body)),
    forPerson(tokenRoutes.getBox, ({ who, params }) => boxes.content(who, params)),
    forPerson(signalRoutes.sendSignal, ({ who, params, body }) =>
      signals.send(who, params.sessionId, body.kind),
    ),

    forPerson(publicationRoutes.getPublication, ({ who, params }) =>
      services.publications.get(who, params.sessionId),
    ),
    forPerson(publicationRoutes.publishPage, ({ who, params, body }) =>
      services.publications.act(who, params.sessionId, body),
    ),
    forAnybody(publicationRoutes.getPublicPage, async ({ params }) => {
      const { page, tag } = await services.publications.open(params.slug);
      return written({ shared: null, own: JSON.stringify(page), tag, isForAnybody: true });
    }),
    forPerson(recordSearchRoutes.searchRecords, ({ who, query }) => records.search(who, query)),
    forPerson(archiveRoutes.getArchive, ({ who, params, query }) =>
      archives.get(who, params.sessionId, query.with === 'boxes'),
    ),
    forPerson(archiveRoutes.getLog, ({ who, params, query }) =>
      archives.log(who, params.sessionId, query.after),
    ),
    forPerson(archiveRoutes.getTextHistory, ({ who, params }) => archives.textHistory(who, params.sessionId)),
    forReader(archiveRoutes.getBundle, ({ who, params }) => bundles.open(who, params.sessionId)),
    forReader(archiveRoutes.getDocument, ({ who, params, query, origin }) =>
      documents.open(who, { ...params, ...query, origin }),
    ),
    forAnybody(archiveRoutes.getSigningKey, () => Promise.resolve(bundles.signingKey())),
    forPerson(textRoutes.askTextDoor, async ({ who, params }) => {
      await texts.ask(who, params.documentId);
      return { isOpen: true } as const;
    }),
  ];
}

/** All doors of a room are one: who, the command that the contract makes of the request, the room's answer. */
function roomDoorWith(forPerson: ReturnType<typeof createBinder>['forPerson'], rooms: RoomsService) {
  return <P extends typeof SessionParams, Q extends z.ZodType, B extends z.ZodType>(described: {
    readonly route: Route<P, Q, B, typeof CommandReply>;
    readonly command: (params: z.infer<P>, body: z.infer<B>) => Command;
  }): Door =>
    forPerson(
      described.route,
      ({ who, params, body, key }) =>
        rooms.submit({ who, sessionId: params.sessionId, key, command: described.command(params, body) }),
      { isAskedAgain: true },
    );
}
