-- AlterTable
ALTER TABLE "document" ADD COLUMN     "generation" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "document_client" ADD COLUMN     "is_retired" BOOLEAN NOT NULL DEFAULT false;
