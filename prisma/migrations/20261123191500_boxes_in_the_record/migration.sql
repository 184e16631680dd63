-- AlterTable
ALTER TABLE "archive" ADD COLUMN     "boxes" JSONB NOT NULL DEFAULT '{}';

-- Records that were sealed before: ballots as they lie in the rows, roster and root as the room was told of them.
UPDATE "archive" SET "boxes" = found."boxes" FROM (
  SELECT a."session_id", jsonb_object_agg(poll->'draft'->>'id', jsonb_build_object(
    'roster', poll->'box'->'roster', 'root', poll->'box'->'root',
    'ballots', (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
        'msg', translate(encode(b."msg", 'base64'), E'+/=\n', '-_'),
        'signature', translate(encode(b."sig", 'base64'), E'+/=\n', '-_'),
        'paper', b."paper")), '[]')
      FROM "poll_ballot" b WHERE b."session_id" = a."session_id" AND b."poll_id"::text = poll->'draft'->>'id'
    ))) AS "boxes"
  FROM "archive" a, jsonb_array_elements(a."room"->'polls') AS poll
  WHERE poll->'box' IS NOT NULL
  GROUP BY a."session_id"
) AS found WHERE found."session_id" = "archive"."session_id";
