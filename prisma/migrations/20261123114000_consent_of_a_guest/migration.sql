-- AlterTable
ALTER TABLE "person" ADD COLUMN "consent" JSONB;
