-- CreateTable
CREATE TABLE "publication_act" (
    "session_id" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "act" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "why" TEXT NOT NULL DEFAULT '',
    "slug" TEXT NOT NULL,
    "page" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "publication_act_pkey" PRIMARY KEY ("session_id","no")
);

-- CreateIndex
CREATE INDEX "publication_act_slug_idx" ON "publication_act"("slug");

-- AddForeignKey
ALTER TABLE "publication_act" ADD CONSTRAINT "publication_act_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "archive"("session_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "publication_act" ADD CONSTRAINT "publication_act_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who asked for a public page, released it and took it back stays as it was [PP2].
CREATE FUNCTION "keep_publication_act"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse_sealed('publication_act ' || OLD.session_id || ' ' || OLD.no);
  RETURN NULL;
END
$$;
CREATE TRIGGER "sealed" BEFORE UPDATE OR DELETE ON "publication_act" FOR EACH ROW EXECUTE FUNCTION "keep_publication_act"();
CREATE TRIGGER "sealed_truncate" BEFORE TRUNCATE ON "publication_act" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_truncate"();
