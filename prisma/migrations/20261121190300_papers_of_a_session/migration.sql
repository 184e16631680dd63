-- DropIndex
DROP INDEX "poll_paper_poll_id_idx";

-- AlterTable
ALTER TABLE "poll_paper" ADD COLUMN     "session_id" UUID NOT NULL;

-- CreateIndex
CREATE INDEX "poll_paper_session_id_poll_id_idx" ON "poll_paper"("session_id", "poll_id");
