-- AlterTable
ALTER TABLE "session" ADD COLUMN     "polls_until" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "session_polls_until_idx" ON "session"("polls_until");
