-- CreateTable
CREATE TABLE "session_file" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "use" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "sent_sha256" TEXT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "data" BYTEA NOT NULL,
    "thumb" BYTEA,
    "used_for" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "material_reader" (
    "file_id" UUID NOT NULL,
    "participant_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "material_reader_pkey" PRIMARY KEY ("file_id","participant_id")
);

-- CreateIndex
CREATE INDEX "session_file_session_id_idx" ON "session_file"("session_id");

-- CreateIndex
CREATE INDEX "session_file_created_at_idx" ON "session_file"("created_at");

-- AddForeignKey
ALTER TABLE "session_file" ADD CONSTRAINT "session_file_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "material_reader" ADD CONSTRAINT "material_reader_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "session_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Given out piece by piece: what is not compressed can be read from its middle.
ALTER TABLE "session_file" ALTER COLUMN "data" SET STORAGE EXTERNAL;
