-- CreateTable
CREATE TABLE "document_frame" (
    "document_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "pieces" JSONB NOT NULL,

    CONSTRAINT "document_frame_pkey" PRIMARY KEY ("document_id","seq")
);

-- AddForeignKey
ALTER TABLE "document_frame" ADD CONSTRAINT "document_frame_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
