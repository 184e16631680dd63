/** What a bundle says of itself and how it is verified, to whoever finds it in twenty years. */
export function readmeOf(of: {
  readonly title: string;
  readonly sessionId: string;
  readonly sealedAt: string;
}): string {
  const title = of.title.replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&');
  return `# ${title}

商量 · 协商会档案包 / Shangliang · the record of a session
${of.sessionId} · ${of.sealedAt}

## 怎么核验

核验不需要网络，也不需要安装任何软件包。任选一种：

1. 在任何一处商量的 /verify 页面选择这个 zip 文件。文件不会离开您的设备。
2. 用 Node.js 20 或更新版本：把 verify.mjs 取出，然后运行

       node verify.mjs 档案包.zip
       node verify.mjs 档案包.zip --key 指纹
       node verify.mjs 档案包.zip --checkpoint 行号:哈希
       node verify.mjs 档案包.zip --prove 行号 > 证明.json

   解压后的文件夹也可以代替 zip。--key 后面是主办方公布的公钥指纹（档案页上有，16 位起）；--checkpoint 后面是纪要或大屏上
   印出的检查点；--prove 只取出一行，连同它在日志里的证明，交给不该看到全部的人，对方用同一程序核验。没有前两项，只能证明档案包完整、前后一致，不能证明它出自谁。

如果您信不过这里的 verify.mjs，请从别处取得：它被改过，就可以什么都说对。

有改动时，核验会指出第一处：哪个文件，或者日志的第几行。

## How to verify

It takes no network and no package. Either

1. choose this zip on the page /verify of any installation of Shangliang: it stays on your device; or
2. with Node.js 20 or newer take verify.mjs out of it and run

       node verify.mjs record.zip
       node verify.mjs record.zip --key FINGERPRINT
       node verify.mjs record.zip --checkpoint ROW:HASH
       node verify.mjs record.zip --prove ROW > proof.json

   A folder that it was unpacked to does as well. --key: the fingerprint of the key that the installation publishes (on the
   page of the record; 16 digits or more). --checkpoint: one that was printed on minutes or shown on a screen. --prove: one
   row with the proof that it stands in the log, for somebody who is not to have the rest; they verify it in the same way. Without the
   first two, whole and consistent is all that is proved, not whose it is.

If you doubt the verify.mjs in here, take it from elsewhere: one that was changed can call anything right.

Where something was changed the first thing is named: which file, or which row of the log.

## 内容 / What is in it

- manifest.json — 每个文件的 SHA-256、日志的检查点，规范 JSON / SHA-256 of every file and checkpoints of the log, in canonical
  JSON (RFC 8785)
- signature.json — 对 manifest.json 的 Ed25519 签名 / an Ed25519 signature over the bytes of manifest.json
- log.jsonl — 会议日志，一行一个事件，哈希相连；被隐去或抹去的个人内容只留承诺值 / the log, an event a line, chained by hashes; of
  personal words that are withheld or were erased only the commitment is left
- record.json — 由日志得出的会议全貌 / the session as its log folds to
- roster.json — 与会者，按本次会议的实名规定 / who took part, by the form of address that the session uses
- text/ — 封存的文本：JSON、Markdown、纯文本 / the sealed text: JSON, Markdown, plain
- polls/ — 每次意向投票的规则、票和结果，可在 /recount 重新计票 / rules, papers and result of each poll, to be counted again at /recount
- materials/, pictures/ — 材料和意见所附的图片 / materials, and pictures of views

哈希的算法：日志每行的 hash 是 SHA-256（规范 JSON [上一行的 hash, seq, at, by, payload, commitment]），第一行之前是 SHA-256（规范 JSON
["shangliang/1", 会议号]）；commitment 是 SHA-256（规范 JSON [salt, personal]）。树按 RFC 9162 第 2.1 节：日志的叶是每行 hash 的 32 个字节，
文件的叶是规范 JSON [path, bytes, sha256]。

How it is hashed: the hash of a row is SHA-256 of the canonical JSON [hash before it, seq, at, by, payload, commitment]; before the
first row stands SHA-256 of ["shangliang/1", id of the session]; a commitment is SHA-256 of [salt, personal]. Trees are those of
RFC 9162, 2.1: a leaf of the log is the 32 bytes of a row's hash, a leaf of the files the canonical JSON [path, bytes, sha256].
`;
}
