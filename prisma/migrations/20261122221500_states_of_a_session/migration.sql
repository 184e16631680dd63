-- AlterTable
ALTER TABLE "session" ADD COLUMN     "planned_by" UUID,
ADD COLUMN     "state_until" TIMESTAMPTZ(3);
