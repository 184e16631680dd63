-- CreateTable
CREATE TABLE "org" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "org_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "studio" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "studio_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "studio_member" (
    "studio_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "is_convener" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "studio_member_pkey" PRIMARY KEY ("studio_id","person_id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "org_id" UUID,
    "name" TEXT NOT NULL,
    "affiliation" TEXT NOT NULL DEFAULT '',
    "login" TEXT,
    "password_hash" TEXT,
    "office" TEXT,
    "is_guest" BOOLEAN NOT NULL DEFAULT false,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in" (
    "token_hash" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "studio_id" UUID,
    "title" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "seq" BIGINT NOT NULL DEFAULT 0,
    "head_hash" TEXT NOT NULL DEFAULT '',
    "document_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "participant" (
    "session_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "may_write_text" BOOLEAN NOT NULL DEFAULT false,
    "is_removed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "participant_pkey" PRIMARY KEY ("session_id","id")
);

-- CreateTable
CREATE TABLE "room_event" (
    "session_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "personal" JSONB,
    "salt" TEXT,
    "commitment" TEXT,
    "hash" TEXT NOT NULL,

    CONSTRAINT "room_event_pkey" PRIMARY KEY ("session_id","seq")
);

-- CreateTable
CREATE TABLE "room_command" (
    "session_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "first_seq" BIGINT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "room_command_pkey" PRIMARY KEY ("session_id","key")
);

-- CreateTable
CREATE TABLE "poll_paper" (
    "id" UUID NOT NULL,
    "poll_id" UUID NOT NULL,
    "paper" JSONB NOT NULL,

    CONSTRAINT "poll_paper_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "join_link" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "venue_id" TEXT,
    "max_uses" INTEGER NOT NULL,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "join_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "head" BIGINT NOT NULL DEFAULT 0,
    "writable" BOOLEAN NOT NULL DEFAULT false,
    "snapshot" BYTEA,
    "snapshot_seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document_update" (
    "document_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "author_id" UUID NOT NULL,
    "data" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_update_pkey" PRIMARY KEY ("document_id","seq")
);

-- CreateTable
CREATE TABLE "document_client" (
    "document_id" UUID NOT NULL,
    "client_id" BIGINT NOT NULL,
    "author_id" UUID NOT NULL,

    CONSTRAINT "document_client_pkey" PRIMARY KEY ("document_id","client_id")
);

-- CreateTable
CREATE TABLE "archive" (
    "session_id" UUID NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,
    "seq" BIGINT NOT NULL,
    "head_hash" TEXT NOT NULL,
    "room" JSONB NOT NULL,
    "outcome" JSONB NOT NULL,
    "outcome_hash" TEXT NOT NULL,

    CONSTRAINT "archive_pkey" PRIMARY KEY ("session_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "person_login_key" ON "person"("login");

-- CreateIndex
CREATE INDEX "sign_in_person_id_idx" ON "sign_in"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_document_id_key" ON "session"("document_id");

-- CreateIndex
CREATE INDEX "session_state_idx" ON "session"("state");

-- CreateIndex
CREATE INDEX "participant_person_id_idx" ON "participant"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "participant_session_id_person_id_key" ON "participant"("session_id", "person_id");

-- CreateIndex
CREATE INDEX "poll_paper_poll_id_idx" ON "poll_paper"("poll_id");

-- CreateIndex
CREATE INDEX "join_link_session_id_idx" ON "join_link"("session_id");

-- CreateIndex
CREATE UNIQUE INDEX "document_session_id_key" ON "document"("session_id");

-- AddForeignKey
ALTER TABLE "studio" ADD CONSTRAINT "studio_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "studio_member" ADD CONSTRAINT "studio_member_studio_id_fkey" FOREIGN KEY ("studio_id") REFERENCES "studio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "studio_member" ADD CONSTRAINT "studio_member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in" ADD CONSTRAINT "sign_in_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_studio_id_fkey" FOREIGN KEY ("studio_id") REFERENCES "studio"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participant" ADD CONSTRAINT "participant_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participant" ADD CONSTRAINT "participant_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_event" ADD CONSTRAINT "room_event_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "join_link" ADD CONSTRAINT "join_link_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_update" ADD CONSTRAINT "document_update_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_client" ADD CONSTRAINT "document_client_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "archive" ADD CONSTRAINT "archive_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
