-- CreateIndex
CREATE INDEX "archive_row_session_id_ref_idx" ON "archive_row"("session_id", "ref");
