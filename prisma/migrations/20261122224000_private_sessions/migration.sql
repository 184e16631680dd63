-- AlterTable
ALTER TABLE "session" ADD COLUMN     "is_private" BOOLEAN NOT NULL DEFAULT false;
