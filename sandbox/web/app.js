/** The page of the sandbox: plays any made-up person against the bot, over the control interface. */

// ---- Small tools -------------------------------------------------------------------------------

const $ = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";
const PAGE = 60;
const MOST_SHOWN = 400;
const FAR = 2 ** 50;
const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected", "textContent"]);

/** An element from `tag.class.class`, its properties, attributes, `on…` listeners and children. */
function h(spec, props = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag || "div");
  node.className = classes.join(" ");
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function setProp(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "testid") node.dataset.testid = value;
  else if (PROPERTIES.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.classList.add("icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Brings the children of `list` in line with `items`, keeping the nodes (and focus) that stay. */
function keyed(list, items, key, make, update = () => {}) {
  const before = new Map([...list.children].map((node) => [node.dataset.key, node]));
  items.forEach((item, index) => {
    const name = String(key(item));
    const node = before.get(name) ?? make(item);
    node.dataset.key = name;
    before.delete(name);
    update(node, item);
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
  for (const node of before.values()) node.remove();
}

async function call(method, path, body) {
  const headers = body ? { "content-type": "application/json" } : {};
  const response = await fetch(`/sandbox/${path}`, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error || `HTTP ${response.status}`);
  return answer;
}

const get = (path) => call("GET", path);
const post = (path, body = {}) => call("POST", path, body);
const fileAddress = (file) => `/sandbox/files/${encodeURIComponent(file)}`;
const isPhone = () => matchMedia("(max-width: 760px)").matches;

const formats = {
  time: new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hour12: false }),
  day: new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "long", day: "numeric", weekday: "short" }),
  short: new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "numeric", day: "numeric" }),
};
const format = (kind, seconds) => formats[kind].format(new Date(seconds * 1000));

function sizeOf(bytes) {
  if (!bytes) return "";
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function duration(seconds = 0) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// ---- What we know ------------------------------------------------------------------------------

const world = { bot: {}, people: [], chats: new Map(), faults: [], commands: [], limits: null, epoch: 0, skew: 0 };
const here = { me: null, chat: null, thread: null, mode: null, keyboard: null, whole: false, missed: 0 };
const shown = new Map();
const lasts = new Map();
const unread = new Map();
const drafts = new Map();
const ledger = { rows: [], open: "ledger" };
let stream = null;
let seen = 0;

const now = () => (Date.now() + world.skew) / 1000;
const person = (id) => world.people.find((one) => one.id === id);
const present = (status) => status && !["left", "kicked", "absent"].includes(status);
const isPrivate = (chat) => chat > 0;
const chatOf = (id) => world.chats.get(id);
const isMember = (chat, who) => (chat.members || []).some((one) => one.person === who && present(one.status));
const ruling = (chat, who) => (chat?.members || []).some((one) => one.person === who && ["creator", "administrator"].includes(one.status));
const isChannel = (chat) => chatOf(chat)?.type === "channel";
const groups = () => [...world.chats.values()].filter((chat) => chat.id < 0);
const badge = (number) => (number > 99 ? "99+" : number || "");
const unreadKey = (who, chat) => `${who}:${chat}`;

function nameOf(user) {
  if (!user) return "？";
  const [first, last] = [user.first_name || user.title || "", user.last_name || ""];
  return /\p{Script=Han}/u.test(last) ? last + first : `${first} ${last}`.trim();
}

function titleOf(id) {
  return isPrivate(id) ? nameOf(world.bot) : chatOf(id)?.title || String(id);
}

function chatsOf(who) {
  const mine = groups().filter((chat) => isMember(chat, who) && !chat.migrated_to);
  const age = (chat) => lasts.get(chat.id)?.date ?? 0;
  return [who, ...mine.sort((a, b) => age(b) - age(a)).map((chat) => chat.id)];
}

function audience(chat) {
  if (isPrivate(chat)) return [chat];
  return (chatOf(chat)?.members || []).filter((one) => present(one.status)).map((one) => one.person);
}

function avatar(id, name, kind = "human") {
  const tint = `tint-${Math.abs(Number(id) || 0) % 8}`;
  return h(`span.avatar.${kind}.${tint}`, { "aria-hidden": "true" }, [...(name || "？")][0]);
}

// ---- Notices, dialogs, menus -------------------------------------------------------------------

function toast(text, kind = "plain") {
  const note = h(`p.toast.${kind}`, { testid: "toast" }, text);
  $("toasts").append(note);
  setTimeout(() => note.remove(), 4500);
}

/** A modal form; resolves to its fields, or null when it is cancelled. */
function ask(title, body, { ok = "确定", cancel = "取消", testid = "dialog" } = {}) {
  return new Promise((resolve) => {
    const form = h("form", { method: "dialog" }, h("h2", {}, title), h("div.body", {}, body));
    const box = h("dialog", { testid, "aria-label": title }, form);
    const quit = h("button.quiet", { type: "button", onclick: () => box.close(""), testid: "dialog-cancel" }, cancel);
    form.append(h("footer", {}, h("button.primary", { value: "ok", testid: "dialog-ok" }, ok), cancel && quit));
    box.addEventListener("close", () => {
      resolve(box.returnValue === "ok" ? new FormData(form) : null);
      box.remove();
    });
    document.body.append(box);
    box.showModal();
  });
}

const tell = (text, title = "提示") => ask(title, h("p.words", {}, text), { ok: "知道了", cancel: "", testid: "alert" });

/** A small menu beside `anchor`; items are [icon, label, action, testid]. */
function menu(anchor, items) {
  const choose = (action) => { list.hidePopover(); action(); };
  const list = h("div.menu", { popover: "auto", role: "menu", testid: "menu" }, items.filter(Boolean).map(
    ([picture, label, action, testid]) =>
      h("button", { role: "menuitem", testid, onclick: () => choose(action) }, picture && icon(picture), label)));
  document.body.append(list);
  list.addEventListener("toggle", (event) => event.newState === "closed" && list.remove());
  list.addEventListener("keydown", moveFocus);
  list.showPopover();
  place(list, anchor.getBoundingClientRect());
  list.firstElementChild?.focus({ focusVisible: false });
}

function place(box, beside) {
  const { width, height } = box.getBoundingClientRect();
  const below = beside.bottom + height + 8 < innerHeight;
  box.style.left = `${Math.max(8, Math.min(beside.left, innerWidth - width - 8))}px`;
  box.style.top = `${below ? beside.bottom + 4 : Math.max(8, beside.top - height - 4)}px`;
}

const STEPS = {
  ArrowDown: "nextElementSibling", ArrowRight: "nextElementSibling",
  ArrowUp: "previousElementSibling", ArrowLeft: "previousElementSibling",
};

function moveFocus(event) {
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  document.activeElement?.[step]?.focus();
}

function field(label, control) {
  return h("label.field", {}, h("span", {}, label), control);
}

function select(name, options, chosen) {
  return h("select", { name, testid: name }, options.map(
    ([value, label]) => h("option", { value, selected: String(value) === String(chosen) }, label)));
}

async function copy(text) {
  await navigator.clipboard?.writeText(text).catch(() => {});
  toast(`已复制：${text}`);
}

// ---- Text and links ----------------------------------------------------------------------------

const link = (text, action, title) => h("button.link", { type: "button", title, onclick: action }, text);

const DRESS = {
  bold: (inner) => h("b", {}, inner),
  italic: (inner) => h("i", {}, inner),
  underline: (inner) => h("u", {}, inner),
  strikethrough: (inner) => h("s", {}, inner),
  code: (inner) => h("code", {}, inner),
  pre: (inner, raw, entity) => h("pre", { "data-language": entity.language }, h("code", {}, inner)),
  blockquote: (inner) => h("blockquote", {}, inner),
  expandable_blockquote: (inner) =>
    h("blockquote.folded", { onclick: (event) => event.currentTarget.classList.toggle("folded") }, inner),
  spoiler: (inner) => h("span.spoiler", {
    role: "button", tabindex: 0, "aria-label": "点一下看隐藏的文字",
    onclick: (event) => event.currentTarget.classList.add("seen"),
  }, inner),
  url: (inner, raw) => link(inner, () => openLink(raw), raw),
  text_link: (inner, raw, entity) => link(inner, () => openLink(entity.url), entity.url),
  mention: (inner, raw) => link(inner, () => toast(raw)),
  text_mention: (inner, raw, entity) => link(inner, () => toast(nameOf(entity.user))),
  bot_command: (inner, raw) => link(inner, () => say({ text: meantForUs(raw) })),
  hashtag: (inner) => h("span.tag", {}, inner),
  cashtag: (inner) => h("span.tag", {}, inner),
  email: (inner, raw) => link(inner, () => copy(raw)),
  phone_number: (inner, raw) => link(inner, () => copy(raw)),
};

/** A command tapped in a group is meant for the bot that wrote it, as in Telegram's apps. */
const meantForUs = (command) => (isPrivate(here.chat) || command.includes("@") ? command : `${command}@${world.bot.username}`);

/** They stand on lines of their own: the line break that follows one is not a second one. */
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** Text with its entities (UTF-16 offsets, as JavaScript counts) as nodes, nested as they overlap. */
function rich(text = "", entities = []) {
  const inOrder = [...entities, ...found(text, entities)].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return spans(text, inOrder, 0, text.length);
}

/** Commands and addresses can be tapped wherever they stand, but in code or in a link: Telegram finds them itself. */
const FOUND = /(?<![\w/@.:-])(?:(\/[a-z]\w{0,31}(?:@\w{5,32})?)(?![\w/])|https?:\/\/[^\s，。；）」]+)/gi;
const LEFT_ALONE = new Set(["code", "pre", "text_link", "url", "bot_command", "mention", "email"]);

function found(text, entities) {
  const taken = entities.filter((one) => LEFT_ALONE.has(one.type));
  const free = (at, end) => !taken.some((one) => one.offset < end && at < one.offset + one.length);
  return [...text.matchAll(FOUND)]
    .map((match) => ({ type: match[1] ? "bot_command" : "url", offset: match.index, length: match[0].length }))
    .filter((one) => free(one.offset, one.offset + one.length));
}

function spans(text, entities, from, to) {
  const nodes = [];
  let at = from;
  entities.forEach((entity, index) => {
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (start >= end) return;
    const inner = spans(text, entities.slice(index + 1), start, end);
    const dress = DRESS[entity.type];
    nodes.push(text.slice(at, start), dress ? dress(inner, text.slice(start, end), entity) : inner);
    at = BLOCKS.has(entity.type) && end < to && text[end] === "\n" ? end + 1 : end;
  });
  return [...nodes, text.slice(at, to)];
}

/** Where a link leads here: a start link of the bot is pressed, any other is only shown. */
async function openLink(address) {
  const url = URL.parse?.(address) ?? (URL.canParse(address) ? new URL(address) : null);
  const bot = (world.bot.username || "").toLowerCase();
  const web = url && /^(www\.)?t(elegram)?\.me$/.test(url.hostname) && url.pathname.slice(1).toLowerCase() === bot;
  const app = url?.protocol === "tg:" && (url.searchParams.get("domain") || "").toLowerCase() === bot;
  if (!web && !app) return tell(address, "链接地址");
  if (url.searchParams.has("startgroup")) return toast("演练场不能把机器人拉进新群，请在“世界”里添加");
  go(here.me, here.me);
  if (url.searchParams.has("start")) receiveAll(await post("start", { from: here.me, payload: url.searchParams.get("start") }));
}

// ---- Messages as nodes -------------------------------------------------------------------------

const SERVICES = {
  new_chat_members: (m) => `${m.new_chat_members.map(nameOf).join("、")} 加入了群`,
  left_chat_member: (m) => `${nameOf(m.left_chat_member)} 离开了群`,
  new_chat_title: (m) => `群名改为“${m.new_chat_title}”`,
  new_chat_photo: () => "群头像换了",
  delete_chat_photo: () => "群头像去掉了",
  group_chat_created: () => "群建好了",
  supergroup_chat_created: () => "超级群建好了",
  migrate_to_chat_id: () => "本群已升级为超级群",
  migrate_from_chat_id: () => "由普通群升级而来",
  pinned_message: (m) => `${nameOf(m.from)} 置顶了一条消息`,
  forum_topic_created: (m) => `新话题：${m.forum_topic_created.name}`,
  forum_topic_edited: (m) => `话题改名：${m.forum_topic_edited.name ?? ""}`,
  forum_topic_closed: () => "话题已关闭",
  forum_topic_reopened: () => "话题重新打开",
};

const waveform = () => h("span.wave", { "aria-hidden": "true" }, Array.from({ length: 18 }, (_, n) => h(`i.w${(n * 7) % 5}`)));

async function play(file, button) {
  const sound = new Audio(fileAddress(file));
  button.classList.add("busy");
  sound.onended = () => button.classList.remove("busy");
  await sound.play().catch(() => { button.classList.remove("busy"); toast("这段是演练用的假录音，没有声音"); });
}

function soundRow(sound, label) {
  const button = h("button.round", { type: "button", "aria-label": `播放${label}`, onclick: () => play(sound.file_id, button) }, icon("play"));
  return h("div.sound", {}, button, h("div", {}, waveform(), h("small", {}, `${label} ${duration(sound.duration)} ${sizeOf(sound.file_size)}`)));
}

function fileRow(file, picture, label) {
  return h("a.file", { href: fileAddress(file.file_id), download: file.file_name || "", testid: "file" },
    h("span.round", {}, icon(picture)), h("span", {}, h("b", {}, file.file_name || label), h("small", {}, sizeOf(file.file_size))));
}

function photo(message) {
  const best = message.photo.at(-1);
  const scale = Math.min(1, 420 / best.width, 320 / best.height);
  const picture = h("img.photo", { src: fileAddress(best.file_id), alt: message.caption || "照片", loading: "lazy", width: best.width, height: best.height });
  picture.style.width = `${Math.max(120, best.width * scale)}px`;
  return h("button.frame", { type: "button", "aria-label": "放大照片", onclick: () => enlarge(best.file_id) }, picture);
}

function enlarge(file) {
  const box = h("dialog.lightbox", { "aria-label": "照片", onclick: () => box.close() }, h("img", { src: fileAddress(file), alt: "照片" }));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

function videoCard(video, label) {
  const facts = [label, duration(video.duration), sizeOf(video.file_size)].join(" · ");
  return h("a.video", { href: fileAddress(video.file_id), target: "_blank", rel: "noopener", "aria-label": facts },
    h("span.round", {}, icon("play")), h("small", {}, facts));
}

function sticker(message) {
  const { file_id: file, emoji = "🙂", is_animated: animated, is_video: video } = message.sticker;
  const words = h("span.sticker", { role: "img", "aria-label": `贴纸 ${emoji}` }, emoji);
  if (animated || video) return words;
  return h("img.sticker", { src: fileAddress(file), alt: `贴纸 ${emoji}`, onerror: (event) => event.currentTarget.replaceWith(words) });
}

function mapCard(at, venue) {
  const words = `${at.latitude.toFixed(5)}, ${at.longitude.toFixed(5)}`;
  return h("div.place", { testid: "location" }, $("map-card").content.cloneNode(true),
    h("div.caption", {}, venue && h("b", {}, venue.title), venue && h("small", {}, venue.address), h("small", {}, words)));
}

function contactCard({ first_name: first, last_name: last, phone_number: phone, user_id: id }) {
  return h("div.contact", {}, avatar(id ?? phone.length, first), h("div", {}, h("b", {}, nameOf({ first_name: first, last_name: last })), h("small", {}, phone)));
}

const MEDIA = {
  venue: [(m) => mapCard(m.venue.location, m.venue), "位置"],
  location: [(m) => mapCard(m.location), "位置"],
  photo: [photo, "照片"],
  animation: [(m) => videoCard(m.animation, "动图"), "动图"],
  video: [(m) => videoCard(m.video, "视频"), "视频"],
  video_note: [(m) => videoCard(m.video_note, "圆视频"), "圆视频"],
  voice: [(m) => soundRow(m.voice, "语音"), "语音"],
  audio: [(m) => soundRow(m.audio, "音频"), "音频"],
  document: [(m) => fileRow(m.document, "file", "文件"), "文件"],
  sticker: [sticker, "贴纸"],
  contact: [(m) => contactCard(m.contact), "联系人"],
  dice: [(m) => h("span.sticker", {}, m.dice.emoji, m.dice.value), "骰子"],
  poll: [(m) => h("div", {}, h("b", {}, m.poll.question), h("ul", {}, m.poll.options.map((one) => h("li", {}, one.text)))), "投票"],
};

const serviceOf = (message) => Object.keys(SERVICES).find((name) => message[name] !== undefined);
const mediaOf = (message) => Object.keys(MEDIA).find((name) => message[name] !== undefined);
const senderOf = (message) => message.sender_chat ?? message.from ?? message.chat;
const isMine = (message) => message.from?.id === here.me && !message.sender_chat;
const wordsOf = (message) => unladen(message.text ?? message.caption ?? "");

/** As in Telegram's apps, a start link shows as "/start": what it carries is for the bot alone. */
const unladen = (text) => (/^\/start \S+$/.test(text) ? "/start" : text);

function preview(message) {
  if (!message) return "";
  const [service, media] = [serviceOf(message), mediaOf(message)];
  if (service) return SERVICES[service](message);
  return [media && `[${MEDIA[media][1]}]`, wordsOf(message)].filter(Boolean).join(" ").replace(/\s+/g, " ").slice(0, 90);
}

function forwardOrigin({ forward_origin: origin }) {
  const from = origin && (origin.sender_user ?? origin.sender_chat ?? origin.chat ?? { first_name: origin.sender_user_name });
  return from && h("small.origin", {}, `转发自 ${nameOf(from)}`);
}

function quote(message) {
  const to = message.reply_to_message;
  if (!to || to.forum_topic_created) return null;
  const show = () => find(to.message_id);
  return h("button.quote", { type: "button", onclick: show, testid: "quote" }, h("b", {}, nameOf(senderOf(to))), h("span", {}, message.quote?.text || preview(to)));
}

function stamp(message) {
  const edited = message.edit_date && h("span", { testid: "edited" }, "已编辑");
  const reaction = message.reactions?.length && h("span", { testid: "reaction" }, message.reactions.join(""));
  return h("button.stamp", { type: "button", "aria-label": "消息菜单", tabindex: -1, onclick: (event) => messageMenu(event.currentTarget, message) }, reaction, edited, h("time", {}, format("time", message.date)));
}

function inlineKeyboard(message) {
  const rows = message.reply_markup?.inline_keyboard;
  return rows && h("div.inline", { testid: `inline-${message.message_id}` }, rows.map((row) => h("div.keys", {}, row.map((button) => inlineButton(message, button)))));
}

function inlineButton(message, button) {
  const mark = button.url ? "out" : button.copy_text ? "copy" : null;
  return h(`button.key.${button.style || "plain"}`, {
    type: "button", testid: "inline-button", disabled: button.disabled,
    onclick: (event) => tap(message, button, event.currentTarget),
  }, button.text, mark && icon(mark));
}

function body(messages) {
  const said = messages.find((one) => wordsOf(one)) ?? messages[0];
  const text = h("span", { testid: "words" }, rich(wordsOf(said), said.entities ?? said.caption_entities));
  const words = h("div.words", {}, wordsOf(said) && text, stamp(messages.at(-1)));
  if (messages.length === 1) {
    const media = mediaOf(said);
    return [media && MEDIA[media][0](said), words];
  }
  const cells = messages.map((one) => h("div.cell", { testid: `message-${one.message_id}` }, MEDIA[mediaOf(one)]?.[0](one)));
  return [h(`div.album.of-${Math.min(cells.length, 4)}`, { testid: "album" }, cells), words];
}

/** One line of the conversation: a message, an album, or a service message. */
function line(messages) {
  const [message] = messages;
  const testid = messages.length === 1 ? `message-${message.message_id}` : `album-${message.media_group_id}`;
  const service = serviceOf(message);
  if (service) return h("li.service", { testid }, h("span", {}, SERVICES[service](message)));
  const sender = senderOf(message);
  const loud = !isPrivate(message.chat.id) && !isMine(message);
  const more = h("button.icon-button.more", { type: "button", "aria-label": "消息菜单", "aria-haspopup": "menu", testid: "message-menu", onclick: (event) => messageMenu(event.currentTarget, message) }, icon("more"));
  const bubble = h(`div.bubble.has-${mediaOf(message) || "text"}`, { ondblclick: () => replyTo(message) },
    loud ? h(`b.name.tint-${Math.abs(sender.id) % 8}`, {}, nameOf(sender)) : h("span.unseen", {}, isMine(message) ? "我：" : `${nameOf(sender)}：`), forwardOrigin(message), quote(message), body(messages));
  bubble.addEventListener("contextmenu", (event) => { event.preventDefault(); messageMenu(bubble, message); });
  return h(`li.line.${isMine(message) ? "mine" : "theirs"}`, { testid }, loud && avatar(sender.id, nameOf(sender), sender.is_bot ? "bot" : "human"),
    h("div.stack", {}, bubble, inlineKeyboard(message)), more);
}

function messageMenu(anchor, message) {
  menu(anchor, [
    ["reply", "回复", () => replyTo(message), "menu-reply"],
    isMine(message) && wordsOf(message) && ["edit", "编辑", () => edit(message), "menu-edit"],
    ["send", "转发", () => forward(message), "menu-forward"],
    wordsOf(message) && ["copy", "复制文字", () => copy(wordsOf(message)), "menu-copy"],
  ]);
}

// ---- The conversation --------------------------------------------------------------------------

const lineKey = (message) => (message.media_group_id ? `g${message.media_group_id}` : `m${message.message_id}`);
const inTopic = (message) => here.thread === null || (message.message_thread_id ?? 1) === here.thread;
const visible = () => [...shown.values()].filter((one) => !one.deleted && inTopic(one)).sort((a, b) => a.message_id - b.message_id);
const dayLine = (seconds) => h("li.day", { role: "separator" }, h("span", {}, format("day", seconds)));
const nodeOf = (key) => $("log").querySelector(`:scope > [data-key="${key}"]`);

function together(messages) {
  const lines = new Map();
  for (const one of messages) lines.set(lineKey(one), [...(lines.get(lineKey(one)) ?? []), one]);
  return [...lines.values()];
}

function drawAll() {
  const log = $("log");
  log.replaceChildren();
  for (const messages of together(visible())) append(messages);
  if (!log.children.length) log.append(h("li.empty", {}, isPrivate(here.chat) ? "还没有消息。点“开始”或写一句话试试。" : "这里还没有消息。"));
}

function append(messages) {
  const log = $("log");
  const before = log.lastElementChild;
  const node = line(messages);
  const { date } = messages[0];
  log.querySelector(":scope > .empty")?.remove();
  if (before?.dataset.day !== format("day", date)) log.append(dayLine(date));
  else if (before.dataset.sender === String(senderOf(messages[0]).id) && date - before.dataset.date < 300) node.classList.add("run");
  const sender = serviceOf(messages[0]) ? "service" : senderOf(messages[0]).id;
  Object.assign(node.dataset, { key: lineKey(messages[0]), day: format("day", date), date, sender });
  log.append(node);
}

function redraw(message) {
  const old = nodeOf(lineKey(message));
  const messages = visible().filter((one) => lineKey(one) === lineKey(message));
  if (!old || !messages.length) return old ? old.remove() : undefined;
  const node = line(messages);
  Object.assign(node.dataset, old.dataset, { testid: node.dataset.testid });
  if (old.classList.contains("run")) node.classList.add("run");
  return old.replaceWith(node);
}

const atBottom = () => $("scroll").scrollHeight - $("scroll").scrollTop - $("scroll").clientHeight < 90;

function toBottom() {
  $("scroll").scrollTop = $("scroll").scrollHeight;
  Object.assign(here, { missed: 0, low: true });
  $("down").hidden = true;
}

/** Puts one message of the open conversation on the page; the same message twice is one message. */
function show(message) {
  const known = shown.has(message.message_id);
  const follow = here.low;
  shown.set(message.message_id, message);
  if (known || nodeOf(lineKey(message))) redraw(message);
  else if (!message.deleted && inTopic(message)) append([message]);
  if (follow && shown.size > MOST_SHOWN) forgetOldest();
  if (follow || (!known && isMine(message))) return later(toBottom);
  if (!known) here.missed += 1;
  return later(scrolled);
}

/** A long conversation stays light; what is forgotten comes back when scrolling up. */
function forgetOldest() {
  const ids = [...shown.keys()].sort((a, b) => a - b);
  for (const id of ids.slice(0, ids.length - 2 * PAGE)) shown.delete(id);
  here.whole = false;
  drawAll();
}

function scrolled() {
  here.low = atBottom();
  if (here.low) here.missed = 0;
  $("down").hidden = here.low;
  $("down-count").textContent = here.missed || "";
}

async function load(limit) {
  const chat = here.chat;
  const { messages } = await get(`chats/${chat}/messages?limit=${limit}`);
  if (chat !== here.chat) return;
  here.whole = messages.length < limit || messages.length === shown.size;
  for (const one of messages) shown.set(one.message_id, one);
  if (messages.length) lasts.set(chat, messages.at(-1));
  drawAll();
  drawPinned();
}

async function loadEarlier() {
  if (here.whole || here.loading || $("scroll").scrollTop > 120) return;
  here.loading = true;
  const fromBottom = $("scroll").scrollHeight - $("scroll").scrollTop;
  await load(shown.size + PAGE).finally(() => { here.loading = false; });
  $("scroll").scrollTop = $("scroll").scrollHeight - fromBottom;
}

async function find(id) {
  while (!shown.has(id) && !here.whole) await load(shown.size + 4 * PAGE);
  const node = shown.has(id) && nodeOf(lineKey(shown.get(id)));
  if (!node) return toast("原消息不在这里了");
  node.scrollIntoView({ block: "center" });
  node.classList.add("found");
  return setTimeout(() => node.classList.remove("found"), 1600);
}

// ---- Choosing a person and a chat --------------------------------------------------------------

const go = (who, chat) => { location.hash = chat ? `${who}/${chat}` : `${who}`; };

/** Follows the address: `#person/chat` is a conversation, `#person` (on a phone) the chat list. */
async function route() {
  const [who, chat] = location.hash.slice(1).split("/").map(Number);
  const me = person(who) ? who : world.people[0]?.id ?? null;
  if (me === null) return;
  const mine = chatsOf(me);
  const open = mine.includes(chat) ? chat : isPhone() ? null : me;
  $("app").dataset.view = open ? "talk" : "list";
  if (me !== here.me || open !== here.chat) await enter(me, open);
}

function keepDraft() {
  if (here.me && here.chat && here.mode?.kind !== "edit") drafts.set(unreadKey(here.me, here.chat), $("text").value);
}

async function enter(me, chat) {
  keepDraft();
  clearTimeout(here.typing);
  Object.assign(here, { me, chat, typing: null, thread: null, keyboard: null, whole: false, missed: 0, mode: null });
  shown.clear();
  setMode(null);
  $("text").value = drafts.get(unreadKey(me, chat)) ?? "";
  $("log").replaceChildren();
  drawFrame();
  await previews();
  if (chat === null || chat !== here.chat || me !== here.me) return;
  await Promise.all([load(PAGE), loadKeyboard()]);
  toBottom();
  read();
}

function read() {
  if (here.chat && !document.hidden) unread.delete(unreadKey(here.me, here.chat));
  later(drawLists);
}

async function previews() {
  const missing = chatsOf(here.me).filter((chat) => !lasts.has(chat));
  await Promise.all(missing.map(async (chat) => {
    const { messages } = await get(`chats/${chat}/messages?limit=1`);
    lasts.set(chat, messages.at(-1));
  }));
  later(drawLists);
}

function drawFrame() {
  drawLists();
  if (here.chat) { drawHead(); drawTopics(); drawPinned(); drawComposer(); }
}

function drawLists() {
  $("me-name").textContent = nameOf(person(here.me));
  keyed($("people"), world.people, (one) => one.id, personButton, updatePerson);
  keyed($("chats"), chatsOf(here.me), (id) => id, chatButton, updateChat);
}

function personButton(one) {
  return h("button.person", { testid: `person-${one.id}`, onclick: () => switchTo(one.id) }, avatar(one.id, nameOf(one)), h("span.label", {}, nameOf(one)), h("b.badge"));
}

function switchTo(id) {
  const stay = !isPhone() && here.chat < 0 && chatsOf(id).includes(here.chat);
  go(id, isPhone() ? null : stay ? here.chat : id);
}

function updatePerson(node, one) {
  const waiting = chatsOf(one.id).reduce((sum, chat) => sum + (unread.get(unreadKey(one.id, chat)) ?? 0), 0);
  node.setAttribute("aria-pressed", one.id === here.me);
  node.title = [nameOf(one), one.username && `@${one.username}`, one.blocked && "已屏蔽机器人"].filter(Boolean).join(" ");
  node.querySelector(".badge").textContent = badge(waiting);
}

function chatButton(id) {
  return h("li", {}, h("button.chat", { testid: `chat-${id}`, onclick: () => go(here.me, id) },
    avatar(id, isPrivate(id) ? "呼" : titleOf(id), isPrivate(id) ? "bot" : "group"),
    h("span.top", {}, h("b"), h("time")), h("span.bottom", {}, h("span"), h("b.badge"))));
}

function updateChat(node, id) {
  const [last, count] = [lasts.get(id), unread.get(unreadKey(here.me, id))];
  const by = last && id < 0 && !serviceOf(last) ? `${last.from?.id === here.me ? "我" : nameOf(senderOf(last))}：` : "";
  const today = last && format("short", last.date) === format("short", now());
  node.querySelector(".chat").setAttribute("aria-current", id === here.chat);
  node.querySelector(".top b").textContent = titleOf(id);
  node.querySelector("time").textContent = last ? format(today ? "time" : "short", last.date) : "";
  node.querySelector(".bottom span").textContent = last?.deleted ? "（消息已删除）" : last ? by + preview(last) : "还没有消息";
  node.querySelector(".badge").textContent = badge(count);
}

function drawHead() {
  const chat = chatOf(here.chat);
  const people = audience(here.chat).length;
  $("title").textContent = titleOf(here.chat);
  $("head-avatar").replaceChildren(isPrivate(here.chat) ? avatar(here.chat, "呼", "bot") : avatar(here.chat, titleOf(here.chat), "group"));
  const channel = isChannel(here.chat);
  const status = { administrator: "机器人是管理员", member: "机器人在群里" }[chat?.bot] ?? `机器人不在${channel ? "频道" : "群"}里`;
  const blocked = person(here.me)?.blocked ? " · 已屏蔽" : "";
  $("subtitle").textContent = here.typing ? "正在输入……" : isPrivate(here.chat) ? `@${world.bot.username}${blocked}` : `${people} 位${channel ? "订阅者" : "成员"} · ${status}`;
}

function drawTopics() {
  const topics = chatOf(here.chat)?.is_forum ? chatOf(here.chat).topics ?? [] : [];
  const rest = topics.filter((topic) => topic.thread !== 1);
  const tabs = [{ thread: null, name: "全部" }, { thread: 1, name: "综合" }, ...rest];
  $("tabs").hidden = !chatOf(here.chat)?.is_forum;
  $("tabs").replaceChildren(...tabs.map((topic) => h("button", {
    role: "tab", testid: `topic-${topic.thread ?? "all"}`, "aria-selected": String(topic.thread === here.thread), onclick: () => openTopic(topic.thread),
  }, topic.closed ? `${topic.name}（已关）` : topic.name)));
}

async function openTopic(thread) {
  here.thread = thread;
  drawTopics();
  drawPinned();
  drawAll();
  while (!here.whole && visible().length < 20) await load(shown.size + 4 * PAGE);
  toBottom();
}

function drawPinned() {
  const inHere = (number) => !here.thread || (shown.get(number)?.message_thread_id ?? 1) === here.thread;
  const pinned = (chatOf(here.chat)?.pinned ?? []).filter(inHere).at(-1);
  const message = shown.get(pinned);
  $("pinned").hidden = !pinned;
  $("pinned").replaceChildren(icon("pin"), h("span", {}, h("b", {}, "置顶消息"), h("span", {}, preview(message) || "点一下查看")));
  $("pinned").onclick = () => find(message?.message_id ?? pinned);
}

// ---- Writing -----------------------------------------------------------------------------------

function receiveAll({ messages = [], message }) {
  for (const one of message ? [message] : messages) receive(one);
}

/** Sends one message as the chosen person; `fields` are those of POST /sandbox/messages. */
async function say(fields) {
  const reply = here.mode?.kind === "reply" ? here.mode.message.message_id : undefined;
  const thread = here.thread && here.thread !== 1 ? here.thread : undefined;
  const sent = post("messages", { from: here.me, chat: here.chat, reply_to: reply, thread, ...fields });
  if (here.mode) setMode(null);
  receiveAll(await sent);
}

async function submit(event) {
  event?.preventDefault();
  const text = $("text").value;
  if (!text.trim()) return;
  const target = here.mode?.kind === "edit" && here.mode.message;
  $("text").value = "";
  grow();
  if (!target) return say({ text }).catch((refusal) => { $("text").value = text; grow(); throw refusal; });
  setMode(null);
  const field = target.text === undefined ? "caption" : "text";
  receiveAll(await post("messages/edit", { from: here.me, chat: here.chat, message: target.message_id, [field]: text }));
}

function setMode(mode) {
  here.mode = mode;
  $("mode").hidden = !mode;
  $("text").placeholder = mode?.placeholder || here.keyboard?.input_field_placeholder || "写消息，或输入 / 看命令";
  if (!mode) return;
  const title = mode.kind === "edit" ? "编辑消息" : `回复 ${nameOf(senderOf(mode.message))}`;
  const quit = () => { if (mode.kind === "edit") $("text").value = ""; setMode(null); };
  $("mode").replaceChildren(icon(mode.kind), h("span", {}, h("b", {}, title), h("span", {}, preview(mode.message))),
    h("button.icon-button", { "aria-label": "取消", testid: "mode-cancel", onclick: quit }, icon("close")));
  $("text").focus();
}

const replyTo = (message) => setMode({ kind: "reply", message });

function edit(message) {
  setMode({ kind: "edit", message });
  $("text").value = wordsOf(message);
  grow();
}

async function forward(message) {
  const options = chatsOf(here.me).map((id) => [id, titleOf(id)]);
  const chosen = await ask("转发到", field("会话", select("target", options, here.chat)), { ok: "转发" });
  if (!chosen) return;
  const target = Number(chosen.get("target"));
  const by = message.sender_chat ? "channel" : message.from.is_bot ? nameOf(message.from) : message.from.id;
  await post("messages", { from: here.me, chat: target, forward_from: by, ...(await contentOf(message)) }).then(receiveAll);
  go(here.me, target);
}

/** What a message holds, in the words of POST /sandbox/messages. */
async function contentOf(message) {
  const { text, entities, caption, location, contact } = message;
  if (text || location || contact) return { text, entities, location, contact };
  const media = mediaOf(message);
  const file = [message[media]].flat().at(-1);
  const blob = await (await fetch(fileAddress(file.file_id))).blob();
  return { [media]: await base64(new File([blob], file.file_name ?? media, { type: blob.type })), caption };
}

function grow() {
  $("text").style.height = "auto";
  $("text").style.height = `${Math.min($("text").scrollHeight + 2, 160)}px`;
  suggest();
}

/** The bot's commands a client would offer here: of the narrowest scope that has any. */
function commands() {
  const scopes = isPrivate(here.chat) ? ["chat", "all_private_chats", "default"] : ["chat_member", "chat", "all_group_chats", "default"];
  const fits = ({ scope, language_code: language }) => ["", "zh"].includes(language) && (!scope.chat_id || Number(scope.chat_id) === here.chat);
  const lists = world.commands.filter(fits).sort((a, b) => b.language_code.length - a.language_code.length);
  return scopes.map((type) => lists.find((one) => one.scope.type === type)).find(Boolean)?.commands ?? [];
}

function suggest() {
  const typed = $("text").value;
  const fits = /^\/\w*$/.test(typed) ? commands().filter((one) => `/${one.command}`.startsWith(typed)) : [];
  $("suggest").hidden = !fits.length;
  $("suggest").replaceChildren(...fits.map((one) => h("button", {
    type: "button", role: "option", testid: `command-${one.command}`, onclick: () => sendCommand(one.command),
  }, h("b", {}, `/${one.command}`), h("span", {}, one.description))));
}

function sendCommand(command) {
  $("text").value = "";
  grow();
  return say({ text: isPrivate(here.chat) ? `/${command}` : `/${command}@${world.bot.username}` });
}

function composerKeys(event) {
  const open = !$("suggest").hidden;
  if (event.key === "Escape") { setMode(null); $("suggest").hidden = true; }
  if (event.key === "ArrowUp" && open) { event.preventDefault(); $("suggest").lastElementChild.focus(); }
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  submit(event);
}

function drawComposer() {
  const me = person(here.me);
  const wait = isPrivate(here.chat) && me && (me.blocked || me.started === false);
  const reads = isChannel(here.chat) && !ruling(chatOf(here.chat), here.me);
  $("compose").hidden = Boolean(wait || reads);
  $("start").hidden = !wait;
  $("start").textContent = me?.blocked ? "解除屏蔽并重新开始" : "开始 Start";
  drawKeyboard();
}

const pressStart = async () => receiveAll(await post("start", { from: here.me }));

// ---- Buttons of the bot ------------------------------------------------------------------------

async function tap(message, button, node) {
  if (button.url) return openLink(button.url);
  if (button.copy_text) return copy(button.copy_text.text);
  if (!button.callback_data) return toast("这种按钮在演练场里打不开");
  if (node.getAttribute("aria-busy")) return undefined;
  node.setAttribute("aria-busy", "true");
  const tapped = { from: here.me, chat: message.chat.id, message: message.message_id, data: button.callback_data, wait: 20 };
  const { answer } = await post("taps", tapped).finally(() => node.removeAttribute("aria-busy"));
  return hear(answer);
}

function hear(answer) {
  if (!answer) return toast("机器人没有应答这次点按", "bad");
  if (answer.url) return openLink(answer.url);
  if (!answer.text) return undefined;
  return answer.show_alert ? tell(answer.text, nameOf(world.bot)) : toast(answer.text);
}

async function loadKeyboard() {
  const { me, chat } = here;
  const { keyboard, force_reply: force } = await get(`chats/${chat}/keyboard?person=${me}`);
  if (me !== here.me || chat !== here.chat) return;
  here.keyboard = keyboard;
  here.folded = false;
  drawKeyboard();
  if (force && here.mode?.kind !== "edit") askedToReply(force);
  else if (!here.mode) setMode(null);
}

function askedToReply({ message_id: id, placeholder }) {
  const message = shown.get(id) ?? lasts.get(here.chat);
  if (message) setMode({ kind: "reply", message, placeholder });
}

function drawKeyboard() {
  const rows = here.keyboard?.keyboard ?? [];
  $("toggle-keyboard").hidden = !rows.length;
  $("keyboard").hidden = !rows.length || here.folded || $("compose").hidden;
  $("keyboard").replaceChildren(...rows.map((row) => h("div.keys", {}, row.map(replyButton))));
}

function replyButton(button) {
  const given = typeof button === "string" ? { text: button } : button;
  return h(`button.key.${given.style || "plain"}`, { type: "button", testid: "keyboard-button", onclick: () => press(given) }, given.text);
}

async function press(button) {
  if (button.request_location) return sendPlace();
  if (button.request_contact) return sendOwnContact();
  if (here.keyboard?.one_time_keyboard) { here.folded = true; drawKeyboard(); }
  return say({ text: button.text });
}

// ---- Attachments -------------------------------------------------------------------------------

const PLACES = [
  ["沙面大街（荔湾）", 23.10752, 113.23934], ["陈家祠（荔湾）", 23.12572, 113.24472], ["永庆坊（荔湾）", 23.11492, 113.23746],
  ["芳村花地湾（荔湾）", 23.08531, 113.23312], ["天河体育中心（区外）", 23.13781, 113.32143], ["南海海面（海上）", 20.5, 114.2],
];

const ownNumber = () => `+86199${String(here.me).padStart(8, "0").slice(-8)}`;
const number = (name, value, more = {}) => h("input", { name, type: "number", testid: name, required: true, value, ...more });

async function sendPlace() {
  const fill = ([, latitude, longitude]) => { inputs[0].value = latitude; inputs[1].value = longitude; };
  const inputs = [number("latitude", PLACES[0][1], { step: "any", min: -90, max: 90 }), number("longitude", PLACES[0][2], { step: "any", min: -180, max: 180 })];
  const presets = h("div.choices", {}, PLACES.map((one, index) => h("label", { testid: `place-${index}` },
    h("input", { type: "radio", name: "preset", checked: index === 0, onchange: () => fill(one) }), one[0])));
  const chosen = await ask("发送位置", [presets, h("div.pair", {}, field("纬度", inputs[0]), field("经度", inputs[1]))], { ok: "发送" });
  if (chosen) await say({ location: { latitude: Number(chosen.get("latitude")), longitude: Number(chosen.get("longitude")) } });
}

async function sendOwnContact() {
  const agreed = await ask("把您的手机号发给机器人？", h("p.words", {}, ownNumber()), { ok: "发送" });
  if (agreed) await say({ contact: { phone_number: ownNumber(), first_name: person(here.me).first_name, own: true } });
}

async function sendContact() {
  const fields = [field("姓名", h("input", { name: "name", required: true, value: "王师傅", testid: "contact-name" })), field("电话", h("input", { name: "phone", required: true, value: "+8619900000000", testid: "contact-phone" }))];
  const mine = h("button.link", { type: "button", onclick: (event) => { event.target.closest("dialog").close(""); sendOwnContact(); } }, "改为发送我自己的号码");
  const chosen = await ask("发送联系人", [fields, mine], { ok: "发送" });
  if (chosen) await say({ contact: { phone_number: chosen.get("phone"), first_name: chosen.get("name") } });
}

const base64 = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve({ base64: reader.result.split(",")[1] ?? "", name: file.name, mime: file.type || undefined });
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

const upload = (accept, multiple) => field("或者用自己的文件", h("input", { type: "file", name: "files", accept, multiple, testid: "file-input" }));
const captionField = () => field("说明文字", h("textarea", { name: "caption", rows: 2, testid: "caption", value: $("text").value }));

async function chosenFiles(form) {
  return Promise.all(form.getAll("files").filter((file) => file.size).map(base64));
}

function clearText() {
  $("text").value = "";
  grow();
}

/** Photos go out like a client sends them: one alone, two to ten as an album, more as several albums. */
async function sendPhotos() {
  const count = field("示例照片张数（2 张起成相册）", number("count", 1, { min: 1, max: 20 }));
  const form = await ask("发送照片", [count, upload("image/*", true), captionField()], { ok: "发送", testid: "photo-dialog" });
  if (!form) return;
  const own = await chosenFiles(form);
  const photos = own.length ? own : Array.from({ length: Number(form.get("count")) }, (_, n) => ({ sample: n + 1 }));
  clearText();
  for (let at = 0; at < photos.length; at += 10) {
    const part = photos.slice(at, at + 10);
    const caption = at === 0 ? form.get("caption") || undefined : undefined;
    await say(part.length === 1 ? { photo: part[0], caption } : { album: part, caption });
  }
}

async function sendFile(kind, label) {
  const sizes = [["", "一个小样品"], [5e6, "假装 5 MB"], [6e7, "假装 60 MB（机器人下载不了）"]];
  const form = await ask(`发送${label}`, [field("样品", select("size", sizes)), upload(kind === "video" ? "video/*" : "", false), captionField()], { ok: "发送" });
  if (!form) return;
  const [own] = await chosenFiles(form);
  const media = own ?? (form.get("size") ? { size: Number(form.get("size")) } : "sample");
  clearText();
  await say({ [kind]: media, caption: form.get("caption") || undefined });
}

function attachMenu() {
  menu($("attach"), [
    ["photo", "照片或相册", sendPhotos, "attach-photo"],
    ["place", "位置", sendPlace, "attach-location"],
    ["voice", "语音", () => say({ voice: "sample" }), "attach-voice"],
    ["video", "视频", () => sendFile("video", "视频"), "attach-video"],
    ["file", "文件", () => sendFile("document", "文件"), "attach-document"],
    ["person", "联系人", sendContact, "attach-contact"],
    ["sticker", "贴纸", () => say({ sticker: "sample" }), "attach-sticker"],
  ]);
}

function chatMenu() {
  const blocked = person(here.me)?.blocked;
  const inPrivate = ["close", blocked ? "解除屏蔽机器人" : "屏蔽机器人", () => post("block", { person: here.me, blocked: !blocked }), "block"];
  const inChannel = ["person", "看订阅者", showMembers, "show-members"];
  const inGroup = [
    ["person", "看群成员", showMembers, "show-members"],
    ["edit", "以匿名管理员身份说一句", () => speakAs("anonymous"), "as-anonymous"],
    ["edit", "以频道身份说一句", () => speakAs("channel"), "as-channel"],
  ];
  menu($("chat-menu"), isPrivate(here.chat) ? [inPrivate] : isChannel(here.chat) ? [inChannel] : inGroup);
}

async function speakAs(identity) {
  const form = await ask("说什么？", field("内容", h("textarea", { name: "text", required: true, rows: 3 })), { ok: "发送" });
  if (form) await say({ text: form.get("text"), as: identity });
}

function showMembers() {
  const channel = isChannel(here.chat);
  const ranks = { creator: channel ? "创建者" : "群主", administrator: "管理员", restricted: "受限" };
  const rows = (chatOf(here.chat).members || []).filter((one) => present(one.status)).map((one) =>
    h("li", {}, avatar(one.person, nameOf(person(one.person))), h("span", {}, nameOf(person(one.person))), h("small", {}, ranks[one.status] ?? (channel ? "订阅者" : "成员"))));
  return ask(channel ? "订阅者" : "群成员", h("ul.members", {}, rows), { ok: "关闭", cancel: "" });
}

// ---- The console -------------------------------------------------------------------------------

const PANELS = { ledger: "请求", faults: "故障", clock: "时钟", world: "世界" };
const FAULTS = new Map([
  ["429", "429 太频繁"], ["500", "500 服务器出错"], ["502", "502 网关出错"], ["400", "400 请求有误"], ["401", "401 令牌失效"],
  ["409", "409 两处同时收取"], ["403_blocked", "403 被屏蔽"], ["403_kicked", "403 被移出群"], ["chat_not_found", "找不到会话"],
  ["not_modified", "内容没有变化"], ["edit_not_found", "要改的消息不在了"], ["migrate", "群已升级"], ["thread_not_found", "找不到话题"],
  ["query_too_old", "点按已过期"], ["refuse", "拒绝连接"], ["drop_before", "办之前断线"], ["drop_after", "办之后断线"],
  ["timeout", "迟迟不答"], ["bad_json", "答非 JSON"],
]);
const METHODS = ["*", "sendMessage", "editMessageText", "answerCallbackQuery", "sendPhoto", "sendMediaGroup", "getFile", "getUpdates"];

function togglePanel() {
  const open = $("app").classList.toggle("with-panel");
  for (const button of document.querySelectorAll("[data-toggle-panel]")) button.setAttribute("aria-expanded", open);
  later(drawPanel);
}

function openPanel(name) {
  ledger.open = name;
  for (const other of Object.keys(PANELS)) $(`panel-${other}`).hidden = other !== name;
  $("panel-tabs").replaceChildren(...Object.entries(PANELS).map(([id, label]) => h("button", {
    role: "tab", testid: `panel-${id}`, "aria-selected": String(id === name), onclick: () => openPanel(id),
  }, id === "faults" && world.faults.length ? `${label} ${world.faults.length}` : label)));
  drawPanel();
}

function drawPanel() {
  $("clock").textContent = `${format("short", now())} ${format("time", now())}`;
  if (!$("app").classList.contains("with-panel")) return;
  ({ ledger: drawLedger, faults: drawFaults, clock: drawClock, world: drawWorld })[ledger.open]();
}

function record(row) {
  ledger.rows.unshift(row);
  ledger.rows.length = Math.min(ledger.rows.length, 150);
  later(row.fault ? refresh : drawPanel);
  if (row.method === "sendChatAction" && Number(row.params?.chat_id) === here.chat) typing();
}

function typing() {
  clearTimeout(here.typing);
  here.typing = setTimeout(stopTyping, 5000);
  drawHead();
}

function stopTyping() {
  clearTimeout(here.typing);
  here.typing = null;
  if (here.chat) drawHead();
}

function drawLedger() {
  keyed($("ledger"), ledger.rows, (row) => row.seq, ledgerRow);
}

function ledgerRow(row) {
  const chat = row.params?.chat_id;
  const ok = row.status < 400;
  const details = h("pre", {}, JSON.stringify({ ...row.params, ...(row.error && { error: row.error }), ...(row.fault && { fault: row.fault }) }, null, 2));
  return h("li", {}, h("details", { testid: "ledger-row" }, h("summary", {}, h("b", {}, row.method),
    h("span", {}, chat ? whose(Number(chat)) : ""), h(`em.${ok ? "good" : "bad"}`, {}, row.status), h("small", {}, `${row.ms < 10 ? row.ms.toFixed(1) : Math.round(row.ms)} 毫秒`)), details));
}

const whose = (chat) => (chat > 0 ? nameOf(person(chat) ?? { first_name: String(chat) }) : titleOf(chat));
const everyChat = () => [...world.people.map((one) => [one.id, nameOf(one)]), ...groups().map((one) => [one.id, one.title])];

function drawFaults() {
  if ($("panel-faults").childElementCount) return drawFaultList();
  const form = h("form.stack-form", { onsubmit: addFault },
    field("出什么错", select("kind", [...FAULTS])),
    field("哪个方法", h("input", { name: "method", list: "methods", value: "*", testid: "fault-method" })), h("datalist", { id: "methods" }, METHODS.map((value) => h("option", { value }))),
    field("哪个会话", select("chat", [["", "任何会话"], ...everyChat()])),
    h("div.pair", {}, field("次数", number("count", 1, { min: 1 })), field("429 等几秒", number("retry_after", 3, { min: 1 }))),
    h("button.primary", { testid: "fault-add" }, "加上这个故障"));
  const limit = h("label.switch", {}, h("input", { type: "checkbox", id: "limits", testid: "limits", onchange: (event) => post("limits", { enforced: event.target.checked }) }),
    h("span", {}, "执行发送频率限制", h("small", {}, "每会话 1 条/秒，每群 20 条/分，共 30 条/秒")));
  $("panel-faults").append(h("ul", { id: "faults", testid: "faults" }), form, limit);
  return drawFaultList();
}

function drawFaultList() {
  $("limits").checked = Boolean(world.limits?.enforced ?? world.limits);
  keyed($("faults"), world.faults, (fault) => fault.id, (fault) => h("li", { testid: `fault-${fault.id}` },
    h("span"), h("button.icon-button", { "aria-label": "去掉这个故障", testid: "fault-remove", onclick: () => call("DELETE", `faults/${fault.id}`).then(refresh) }, icon("close"))),
  (node, fault) => { node.firstChild.textContent = [FAULTS.get(fault.kind) ?? fault.kind, fault.method, fault.chat ? whose(fault.chat) : "", fault.count && `中了 ${fault.hits} / ${fault.count} 次`].filter(Boolean).join(" · "); });
}

async function addFault(event) {
  event.preventDefault();
  const form = new FormData(event.target);
  const [kind, chat] = [form.get("kind"), Number(form.get("chat"))];
  const wait = kind === "429" ? Number(form.get("retry_after")) : undefined;
  await post("faults", { kind, method: form.get("method") || "*", chat: chat || undefined, count: Number(form.get("count")), retry_after: wait });
  await refresh();
}

function nextNine() {
  const china = new Date((now() + 8 * 3600) * 1000);
  const nine = Date.UTC(china.getUTCFullYear(), china.getUTCMonth(), china.getUTCDate(), 1);
  return new Date(nine > now() * 1000 ? nine : nine + 864e5).toISOString();
}

function drawClock() {
  if (!$("panel-clock").childElementCount) {
    const jumps = [["＋1 小时", { forward: 3600 }], ["＋1 天", { forward: 86400 }], ["＋3 天", { forward: 259200 }], ["到下一个 9:00", () => ({ to: nextNine() })], ["回到真实时间", { reset: true }]];
    const move = async (jump) => { await post("clock", typeof jump === "function" ? jump() : jump); await refresh(); };
    $("panel-clock").append(h("p.now", { id: "now", testid: "now" }), h("p.hint", {}, "北京时间。拨动后，机器人的时限和催办跟着走。"),
      h("div.buttons", {}, jumps.map(([label, jump], index) => h("button", { testid: `clock-${index}`, onclick: () => move(jump) }, label))));
  }
  $("now").replaceChildren(h("b", {}, format("time", now())), h("span", {}, format("day", now())));
}

function drawWorld() {
  if (!$("panel-world").childElementCount) $("panel-world").append(
    h("div.buttons", {}, [["添加人", addPerson, "add-person"], ["添加群", addGroup, "add-group"], ["改群成员", changeMember, "change-member"], ["机器人进出群", changeBot, "change-bot"],
      ["添加话题", addTopic, "add-topic"], ["开关话题", switchForum, "forum"], ["升级为超级群", upgrade, "upgrade"]].map(([label, action, testid]) => h("button", { testid, onclick: action }, label))),
    h("label.switch", {}, h("input", { type: "checkbox", id: "privacy", testid: "privacy", onchange: (event) => post("privacy", { enabled: event.target.checked }).then(refresh) }),
      h("span", {}, "机器人隐私模式", h("small", {}, "开着时，群里只有命令、回复和 @ 才到机器人那里"))),
    h("button.danger.wide", { testid: "reset", onclick: reset }, "全部重来"));
  $("privacy").checked = world.privacy ?? !world.bot.can_read_all_group_messages;
}

async function reset() {
  const sure = await ask("全部重来？", h("p.words", {}, "所有消息、群和人都会回到最初的样子。"), { ok: "全部重来", testid: "reset-dialog" });
  if (sure) await post("reset");
}

const textInput = (name, label, more = {}) => field(label, h("input", { name, testid: name, ...more }));
const groupSelect = () => field("群", select("chat", groups().map((one) => [one.id, one.title]), here.chat));
const personSelect = (name, label) => field(label, select(name, world.people.map((one) => [one.id, nameOf(one)]), here.me));

async function addPerson() {
  const form = await ask("添加人", [textInput("first_name", "名字", { required: true }), textInput("username", "用户名（可不填）", { pattern: "[A-Za-z][A-Za-z0-9_]{3,31}" })], { ok: "添加" });
  if (!form) return;
  const made = await post("people", { first_name: form.get("first_name"), username: form.get("username") || undefined });
  await refresh();
  go(made.id, isPhone() ? null : made.id);
}

async function addGroup() {
  const members = h("fieldset.choices", {}, h("legend", {}, "成员"), world.people.map((one) => h("label", {}, h("input", { type: "checkbox", name: "members", value: one.id }), nameOf(one))));
  const kinds = [["group", "普通群"], ["supergroup", "超级群"], ["forum", "超级群，分话题"], ["channel", "频道"]];
  const form = await ask("添加群", [textInput("title", "群名", { required: true }), field("种类", select("type", kinds)), personSelect("creator", "群主"),
    field("机器人", select("bot", [["member", "是成员"], ["administrator", "是管理员"], ["absent", "不在群里"]])), members], { ok: "添加" });
  if (!form) return;
  const kind = form.get("type");
  const bot = kind === "channel" && form.get("bot") === "member" ? "administrator" : form.get("bot");
  const made = await post("chats", { title: form.get("title"), type: kind === "forum" ? "supergroup" : kind, is_forum: kind === "forum", creator: Number(form.get("creator")),
    bot, members: form.getAll("members").map(Number).filter((id) => id !== Number(form.get("creator"))) });
  await refresh();
  if (isMember(made, here.me)) go(here.me, made.id);
}

const LACKS = [["can_manage_topics", "管理话题"], ["can_pin_messages", "置顶消息"], ["can_post_messages", "在频道发消息"]];
const STATUSES = [["member", "成员"], ["administrator", "管理员"], ["restricted", "受限"], ["left", "离开"], ["kicked", "移出"]];

async function changeMember() {
  const form = await ask("改群成员", [groupSelect(), personSelect("person", "谁"), field("变成", select("status", STATUSES))]);
  if (form) await post(`chats/${form.get("chat")}/members`, { person: Number(form.get("person")), status: form.get("status") }).then(refresh);
}

async function changeBot() {
  const form = await ask("机器人进出群", [groupSelect(), field("变成", select("status", STATUSES, "kicked")), personSelect("by", "谁来做"),
    h("fieldset.choices", {}, h("legend", {}, "做管理员时没有的权限"), LACKS.map(([right, label]) => h("label", {}, h("input", { type: "checkbox", name: "without", value: right }), label)))]);
  if (form) await post(`chats/${form.get("chat")}/members`, { person: "bot", status: form.get("status"), by: Number(form.get("by")), without: form.getAll("without") }).then(refresh);
}

async function addTopic() {
  const form = await ask("添加话题", [groupSelect(), textInput("name", "话题名", { required: true })], { ok: "添加" });
  if (form) await post(`chats/${form.get("chat")}/topics`, { name: form.get("name") }).then(refresh);
}

async function switchForum() {
  const form = await ask("开关话题", [groupSelect(), field("话题", select("is_forum", [["yes", "打开（群须是超级群）"], ["no", "关闭"]]))]);
  if (form) await post(`chats/${form.get("chat")}/forum`, { is_forum: form.get("is_forum") === "yes" }).then(refresh);
}

async function upgrade() {
  const form = await ask("升级为超级群", groupSelect(), { ok: "升级" });
  if (!form) return;
  const { chat } = await post(`chats/${form.get("chat")}/upgrade`);
  await refresh();
  if (here.chat === Number(form.get("chat"))) go(here.me, chat);
}

// ---- Live --------------------------------------------------------------------------------------

const waiting = new Set();

/** Runs each drawing once in the next frame, however many events ask for it. */
function later(draw) {
  if (!waiting.size) requestAnimationFrame(() => { const all = [...waiting]; waiting.clear(); all.forEach((one) => one()); });
  waiting.add(draw);
}

function receive(message) {
  const chat = message.chat.id;
  const last = lasts.get(chat);
  const fresh = !last || message.message_id > last.message_id;
  if (fresh || last.message_id === message.message_id) lasts.set(chat, message);
  if (chat === here.chat) show(message);
  if (chat === here.chat && here.typing && message.from?.is_bot) stopTyping();
  if (fresh) count(message);
  if (chat === message.from?.id) wroteToBot(chat);
  later(drawLists);
}

function wroteToBot(who) {
  const writer = person(who);
  if (!writer || (writer.started && !writer.blocked)) return;
  Object.assign(writer, { started: true, blocked: false });
  if (who === here.me && isPrivate(here.chat)) drawComposer();
}

function count(message) {
  const chat = message.chat.id;
  for (const who of audience(chat)) {
    const watching = who === here.me && chat === here.chat && !document.hidden;
    const key = unreadKey(who, chat);
    if (!watching && message.from?.id !== who) unread.set(key, (unread.get(key) ?? 0) + 1);
  }
}

const HEAR = {
  message: (event) => receive(event.message),
  edit: (event) => receive(event.message),
  delete: (event) => receive({ ...event.message, deleted: true }),
  keyboard: (event) => event.chat === here.chat && loadKeyboard(),
  chat: () => later(refresh),
  people: () => later(refresh),
  clock: () => later(refresh),
  faults: () => later(refresh),
  request: (event) => record(event.data ?? event.request ?? event),
  reset: () => boot(),
};

function learn(state) {
  world.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
  Object.assign(world, { bot: state.bot, people: state.people, faults: state.faults, limits: state.limits, privacy: state.privacy, epoch: state.epoch });
  world.commands = state.commands;
  world.skew = Date.parse(state.now) - Date.now();
}

async function refresh() {
  learn(await get("state"));
  if (chatOf(here.chat)?.migrated_to) return go(here.me, chatOf(here.chat).migrated_to);
  if (!person(here.me) || (here.chat && !chatsOf(here.me).includes(here.chat))) await route();
  drawFrame();
  await previews();
  openPanel(ledger.open);
}

function listen(after) {
  stream?.close();
  stream = new EventSource(`/sandbox/events?after=${after}`);
  let broken = false;
  stream.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    if (event.seq <= seen) return;
    seen = event.seq;
    HEAR[event.type]?.(event);
  };
  stream.onopen = () => { $("offline").hidden = true; if (broken) boot(); };
  stream.onerror = () => { broken = true; $("offline").hidden = false; if (stream.readyState === EventSource.CLOSED) setTimeout(boot, 2000); };
}

/** A page nobody sees gives its connection back (a browser has six for one server) and catches up later. */
async function seenOrNot() {
  if (document.hidden) return stream?.close();
  const { epoch, last_event: last } = await get("state");
  if (epoch !== world.epoch || last < seen) return boot();
  listen(seen);
  return read();
}

/** Everything from the beginning: at the start, after a reset, after the server was away. */
async function boot() {
  stream?.close();
  try {
    const state = await get("state");
    seen = state.last_event;
    learn(state);
    const { last: newest } = await get(`ledger?after=${FAR}&limit=1`);
    ledger.rows = (await get(`ledger?after=${Math.max(0, newest - 100)}&limit=100`)).requests.reverse();
  } catch {
    $("offline").hidden = false;
    return void setTimeout(boot, 2000);
  }
  for (const map of [lasts, unread, drafts]) map.clear();
  for (const name of ["faults", "clock", "world"]) $(`panel-${name}`).replaceChildren();
  here.me = null;
  if (!document.hidden) listen(seen);
  openPanel(ledger.open);
  await route();
  $("app").dataset.ready = world.epoch;
}

/** Typing anywhere goes on in the composer; Escape puts the sheet away; arrows walk along tabs. */
function keys(event) {
  const { target, key } = event;
  const free = !target.closest("input, textarea, select, dialog, [popover]") && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (key === "Escape" && innerWidth < 1200 && $("app").classList.contains("with-panel")) togglePanel();
  else if (target.getAttribute?.("role") === "tab") moveFocus(event);
  else if (free && key.length === 1 && key !== " " && here.chat && !$("compose").hidden) $("text").focus();
}

function wire() {
  addEventListener("hashchange", route);
  addEventListener("unhandledrejection", (event) => { event.preventDefault(); toast(`没有成功：${event.reason?.message ?? event.reason}`, "bad"); });
  document.addEventListener("visibilitychange", seenOrNot);
  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", (event) => event.persisted && seenOrNot());
  for (const button of document.querySelectorAll("[data-toggle-panel]")) button.addEventListener("click", togglePanel);
  const clicks = { attach: attachMenu, "chat-menu": chatMenu, start: pressStart, down: toBottom, back: () => go(here.me), "toggle-keyboard": () => { here.folded = !here.folded; drawKeyboard(); } };
  for (const [id, action] of Object.entries(clicks)) $(id).addEventListener("click", action);
  document.addEventListener("keydown", keys);
  $("app").addEventListener("click", (event) => event.target === $("app") && togglePanel());
  $("compose").addEventListener("submit", submit);
  $("text").addEventListener("input", grow);
  $("text").addEventListener("keydown", composerKeys);
  $("suggest").addEventListener("keydown", moveFocus);
  $("scroll").addEventListener("scroll", () => { scrolled(); loadEarlier(); }, { passive: true });
  matchMedia("(max-width: 760px)").addEventListener("change", route);
  const watch = new ResizeObserver(() => here.low && toBottom());
  for (const id of ["scroll", "log"]) watch.observe($(id));
  setInterval(() => later(drawPanel), 15000);
  if (innerWidth >= 1200) togglePanel();
}

wire();
boot();
