-- AlterTable
ALTER TABLE "person" ADD COLUMN "real_name" TEXT NOT NULL DEFAULT '';
