-- AlterTable
ALTER TABLE "session" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);
