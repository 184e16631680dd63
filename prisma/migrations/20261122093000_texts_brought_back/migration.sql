-- AlterTable
ALTER TABLE "document" ADD COLUMN     "recover_until" TIMESTAMPTZ(3);
