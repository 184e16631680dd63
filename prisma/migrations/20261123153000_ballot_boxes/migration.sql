-- CreateTable
CREATE TABLE "poll_key" (
    "session_id" UUID NOT NULL,
    "poll_id" UUID NOT NULL,
    "spki" BYTEA NOT NULL,
    "receipts" BYTEA NOT NULL,
    "sealed" TEXT NOT NULL,

    CONSTRAINT "poll_key_pkey" PRIMARY KEY ("session_id","poll_id")
);

-- CreateTable
CREATE TABLE "poll_issue" (
    "session_id" UUID NOT NULL,
    "poll_id" UUID NOT NULL,
    "voter" UUID NOT NULL,
    "blinded_hash" BYTEA NOT NULL,
    "blind_sig" BYTEA NOT NULL,

    CONSTRAINT "poll_issue_pkey" PRIMARY KEY ("session_id","poll_id","voter")
);

-- CreateTable
CREATE TABLE "poll_ballot" (
    "session_id" UUID NOT NULL,
    "poll_id" UUID NOT NULL,
    "nullifier" BYTEA NOT NULL,
    "msg" BYTEA NOT NULL,
    "sig" BYTEA NOT NULL,
    "paper" JSONB NOT NULL,

    CONSTRAINT "poll_ballot_pkey" PRIMARY KEY ("session_id","poll_id","nullifier")
);
