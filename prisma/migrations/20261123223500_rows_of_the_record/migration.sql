-- CreateTable
CREATE TABLE "archive_row" (
    "session_id" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "parent" TEXT,
    "item_id" TEXT,
    "by" TEXT,
    "role" TEXT,
    "at" TIMESTAMPTZ(3),
    "seq" INTEGER,
    "words" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "terms" tsvector,

    CONSTRAINT "archive_row_pkey" PRIMARY KEY ("session_id","no")
);

-- CreateIndex
CREATE INDEX "archive_row_terms_idx" ON "archive_row" USING GIN ("terms");

-- AddForeignKey
ALTER TABLE "archive_row" ADD CONSTRAINT "archive_row_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "archive"("session_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is sealed stays as it is [AR2]: the database refuses it itself, whoever asks. An erasure says so for its own
-- transaction and one session, and may blank what was lent and nothing else: each trigger spells out what that is. Whoever owns the
-- tables can take triggers away: then it is the chain that tells.
CREATE FUNCTION "is_said_of"(setting TEXT, session UUID) RETURNS BOOLEAN LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting(setting, true), '') = session::text
$$;

CREATE FUNCTION "refuse_sealed"(what TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'sealed: %', what USING ERRCODE = 'restrict_violation';
END
$$;

CREATE FUNCTION "refuse_truncate"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse_sealed(TG_TABLE_NAME || ' is never truncated');
  RETURN NULL;
END
$$;
CREATE TRIGGER "sealed_truncate" BEFORE TRUNCATE ON "archive" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_truncate"();
CREATE TRIGGER "sealed_truncate" BEFORE TRUNCATE ON "archive_row" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_truncate"();
CREATE TRIGGER "sealed_truncate" BEFORE TRUNCATE ON "room_event" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_truncate"();
CREATE TRIGGER "sealed_truncate" BEFORE TRUNCATE ON "document_update" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_truncate"();

-- The record: of it an erasure writes the room anew, as its log folds then.
CREATE FUNCTION "keep_archive"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND is_said_of('shangliang.erasing', OLD.session_id)
     AND (to_jsonb(NEW) - 'room') = (to_jsonb(OLD) - 'room') THEN
    RETURN NEW;
  END IF;
  PERFORM refuse_sealed('archive ' || OLD.session_id);
  RETURN NULL;
END
$$;
CREATE TRIGGER "sealed" BEFORE UPDATE OR DELETE ON "archive" FOR EACH ROW EXECUTE FUNCTION "keep_archive"();

-- Its rows: written once, by whoever says so; an erasure writes names anew.
CREATE FUNCTION "keep_archive_row"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.kind = 'person' AND is_said_of('shangliang.erasing', OLD.session_id)
     AND (to_jsonb(NEW) - 'words' - 'facts') = (to_jsonb(OLD) - 'words' - 'facts') THEN
    RETURN NEW;
  END IF;
  PERFORM refuse_sealed('archive_row ' || OLD.session_id || ' ' || OLD.no);
  RETURN NULL;
END
$$;
CREATE TRIGGER "sealed" BEFORE UPDATE OR DELETE ON "archive_row" FOR EACH ROW EXECUTE FUNCTION "keep_archive_row"();

CREATE FUNCTION "keep_archive_rows"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added WHERE NOT is_said_of('shangliang.recording', session_id)) THEN
    PERFORM refuse_sealed('archive_row');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "sealed_insert" AFTER INSERT ON "archive_row" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "keep_archive_rows"();

-- The log: of a sealed one an erasure takes the personal part of rows, and the salt with it.
CREATE FUNCTION "keep_room_event"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM archive WHERE archive.session_id = OLD.session_id) THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'UPDATE' AND is_said_of('shangliang.erasing', OLD.session_id) AND NEW.personal IS NULL AND NEW.salt IS NULL
     AND (to_jsonb(NEW) - 'personal' - 'salt') = (to_jsonb(OLD) - 'personal' - 'salt') THEN
    RETURN NEW;
  END IF;
  PERFORM refuse_sealed('room_event ' || OLD.session_id || ' ' || OLD.seq);
  RETURN NULL;
END
$$;
CREATE TRIGGER "sealed" BEFORE UPDATE OR DELETE ON "room_event" FOR EACH ROW EXECUTE FUNCTION "keep_room_event"();

CREATE FUNCTION "keep_log"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added JOIN archive USING (session_id)) THEN
    PERFORM refuse_sealed('room_event');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "sealed_insert" AFTER INSERT ON "room_event" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "keep_log"();

-- The text: of a sealed one rows go only where a snapshot stands for them [W12].
CREATE FUNCTION "keep_document_update"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  covered BIGINT;
BEGIN
  SELECT document.snapshot_seq INTO covered FROM document JOIN archive USING (session_id) WHERE document.id = OLD.document_id;
  IF NOT FOUND THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' AND OLD.seq <= covered THEN
    RETURN OLD;
  END IF;
  PERFORM refuse_sealed('document_update ' || OLD.document_id || ' ' || OLD.seq);
  RETURN NULL;
END
$$;
CREATE TRIGGER "sealed" BEFORE UPDATE OR DELETE ON "document_update" FOR EACH ROW EXECUTE FUNCTION "keep_document_update"();

CREATE FUNCTION "keep_text"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added JOIN document ON document.id = added.document_id JOIN archive USING (session_id)) THEN
    PERFORM refuse_sealed('document_update');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "sealed_insert" AFTER INSERT ON "document_update" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "keep_text"();
