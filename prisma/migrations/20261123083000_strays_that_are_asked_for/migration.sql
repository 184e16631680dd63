-- AlterTable
ALTER TABLE "session_file" ADD COLUMN "touched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- DropIndex
DROP INDEX "session_file_created_at_idx";

-- DropIndex
DROP INDEX "session_file_session_id_idx";

-- CreateIndex
CREATE INDEX "session_file_session_id_person_id_idx" ON "session_file"("session_id", "person_id");

-- CreateIndex
CREATE INDEX "session_file_touched_at_idx" ON "session_file"("touched_at");
