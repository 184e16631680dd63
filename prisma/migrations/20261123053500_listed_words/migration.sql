-- CreateTable
CREATE TABLE "listed_word" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "word" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "act" TEXT NOT NULL,

    CONSTRAINT "listed_word_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "listed_word_org_id_key_key" ON "listed_word"("org_id", "key");

-- AddForeignKey
ALTER TABLE "listed_word" ADD CONSTRAINT "listed_word_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
