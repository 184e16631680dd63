-- AlterTable
ALTER TABLE "document" ADD COLUMN     "covered_at" TIMESTAMPTZ(3),
ADD COLUMN     "covered_seq" BIGINT NOT NULL DEFAULT 0;
