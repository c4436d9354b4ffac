import { type Asked, answerTo, MOST_QUESTIONS, NO, YES } from '../pod-glance.ts';
import { type ByteNames, createByteNames } from './byte-names.ts';
import { asciiText, BACKSLASH, bytesOf, plainEnd, QUOTE, standsAt } from './bytes.ts';
import { createFieldNames, type FieldNames } from './field-names.ts';

/** What the line of an update says, as far as it is read without being parsed. */
export interface ScannedUpdate {
  at: number;
  /** 0 for none. */
  cause: number;
  more: boolean;
  /** Numbers of the actor, of the object's key and of the fields, as they were named. */
  actor: number;
  key: number;
  fields: number;
  /** What its values answer to what is asked of them, two bits each. */
  answers: number;
}

export interface UpdateScanner {
  readonly actors: ByteNames;
  readonly keys: ByteNames;
  readonly fields: FieldNames;
  /** The last line that was one; the next is written over it. */
  readonly update: ScannedUpdate;
  /**
   * Scans what lies between two places, a line without its sum and last brace. False unless it is an update
   * as we write them; then nothing of it is known. What follows must have a quote in it: it ends every text.
   */
  scan(bytes: Uint8Array, from: number, to: number): boolean;
}

/** As `createLogEncoder` writes an entry, and the components their updates. */
const SEQ = bytesOf('{"seq":');
const AT = bytesOf(',"at":');
const ACTOR = bytesOf(',"actor":"');
const KEY = bytesOf('","key":"');
const CAUSE = bytesOf('","cause":');
const NULL = bytesOf('null');
const EVENT = bytesOf(',"event":{"type":"ObjectUpdated","resource":"');
const SET = bytesOf('"set":{');
const UNSET = bytesOf('"unset":[');
const MORE = bytesOf(',"more":true');
const TRUE = bytesOf('"True"');
const RUNNING = bytesOf('{"running":{"startedAt":"');
const RUNS = bytesOf('"}}');

const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const ZERO = 0x30;
const MOST_DIGITS = 15;

/** seq of the entry that a line begins with; undefined where none is to be seen. */
export function seqIn(bytes: Uint8Array, from: number): number | undefined {
  if (!standsAt(bytes, from, SEQ)) return undefined;
  const digits = digitsAt(bytes, from + SEQ.length);
  return digits === 0 ? undefined : numberIn(bytes, from + SEQ.length, digits);
}

export function createUpdateScanner(): UpdateScanner {
  const actors = createByteNames();
  const keys = createByteNames();
  const fields = createFieldNames();
  const update: ScannedUpdate = { at: 0, cause: 0, more: false, actor: 0, key: 0, fields: 0, answers: 0 };
  /** Begin and end of the value of each field. */
  const values: number[] = [];
  return {
    actors,
    keys,
    fields,
    update,
    scan(bytes, from, to) {
      let place = afterHead(bytes, from, update, actors);
      if (place < 0) return false;
      place = fields.begin(bytes, place);
      if (place < 0 || !standsAt(bytes, place, KEY)) return false;
      update.key = keys.idAt(bytes, place + KEY.length);
      place = keys.end;
      if (update.key < 0 || bytes[place + 1] !== COMMA) return false;
      place = afterFields(bytes, place + 2, { fields, values });
      if (place < 0) return false;
      update.more = standsAt(bytes, place, MORE);
      if (update.more) place += MORE.length;
      if (place !== to) return false;
      update.fields = fields.end();
      const asks = fields.asksOf(update.fields);
      if (asks.length > MOST_QUESTIONS) return false;
      update.answers = 0;
      for (let index = 0; index < asks.length; index++) {
        const { field, asked } = asks[index] as (typeof asks)[number];
        const answer = answerIn(asked, bytes, values[2 * field] as number, values[2 * field + 1] as number);
        update.answers |= answer << (2 * index);
      }
      return true;
    },
  };
}

/** What `answerTo` says of the value between two places; of most of them no text need be made. */
function answerIn(asked: Asked, bytes: Uint8Array, from: number, to: number): number {
  if (asked === 'is true') return standsAt(bytes, from, TRUE) && from + TRUE.length === to ? YES : NO;
  // A container that runs, since when is a plain text: it does not fail.
  const since = from + RUNNING.length;
  const isRunning = standsAt(bytes, from, RUNNING) && plainEnd(bytes, since) + RUNS.length === to;
  return isRunning && standsAt(bytes, to - RUNS.length, RUNS)
    ? NO
    : answerTo(asked, asciiText(bytes, from, to));
}

/** The place of the resource's name; -1 for anything but an update. */
function afterHead(bytes: Uint8Array, from: number, update: ScannedUpdate, actors: ByteNames): number {
  let place = from + SEQ.length;
  place += digitsAt(bytes, place);
  if (!standsAt(bytes, place, AT)) return -1;
  place += AT.length;
  let digits = digitsAt(bytes, place);
  if (digits === 0) return -1;
  update.at = numberIn(bytes, place, digits);
  place += digits;
  if (!standsAt(bytes, place, ACTOR)) return -1;
  update.actor = actors.idAt(bytes, place + ACTOR.length);
  if (update.actor < 0 || !standsAt(bytes, actors.end, KEY)) return -1;
  place = textEnd(bytes, actors.end + KEY.length);
  if (!standsAt(bytes, place, CAUSE)) return -1;
  place += CAUSE.length;
  digits = digitsAt(bytes, place);
  update.cause = digits === 0 ? 0 : numberIn(bytes, place, digits);
  if (digits === 0 && !standsAt(bytes, place, NULL)) return -1;
  place += digits === 0 ? NULL.length : digits;
  if (!standsAt(bytes, place, EVENT)) return -1;
  return place + EVENT.length;
}

interface Fields {
  readonly fields: FieldNames;
  readonly values: number[];
}

/** The place after an event whose fields begin at one; -1 where it has something else. */
function afterFields(bytes: Uint8Array, from: number, { fields, values }: Fields): number {
  values.length = 0;
  let place = from;
  for (;;) {
    if (standsAt(bytes, place, SET)) place = afterSet(bytes, place + SET.length, { fields, values });
    else if (standsAt(bytes, place, UNSET)) place = afterUnset(bytes, place + UNSET.length, fields);
    else return -1;
    if (place < 0) return -1;
    if (bytes[place] === CLOSING_BRACE) return place + 1;
    if (bytes[place] !== COMMA) return -1;
    place++;
  }
}

function afterSet(bytes: Uint8Array, from: number, { fields, values }: Fields): number {
  for (let place = from; ; place++) {
    if (bytes[place] !== QUOTE) return -1;
    const pointerEnd = fields.set(bytes, place + 1);
    if (pointerEnd < 0 || bytes[pointerEnd + 1] !== COLON) return -1;
    const value = pointerEnd + 2;
    place = valueEnd(bytes, value);
    values.push(value, place);
    if (bytes[place] === CLOSING_BRACE) return place + 1;
    if (bytes[place] !== COMMA) return -1;
  }
}

function afterUnset(bytes: Uint8Array, from: number, fields: FieldNames): number {
  for (let place = from; ; place++) {
    if (bytes[place] !== QUOTE) return -1;
    const pointerEnd = fields.unset(bytes, place + 1);
    if (pointerEnd < 0) return -1;
    place = pointerEnd + 1;
    if (bytes[place] === CLOSING_BRACKET) return place + 1;
    if (bytes[place] !== COMMA) return -1;
  }
}

/** The place after the value at a place. */
function valueEnd(bytes: Uint8Array, from: number): number {
  const first = bytes[from];
  if (first === QUOTE) return textEnd(bytes, from + 1) + 1;
  let place = from;
  if (first !== OPENING_BRACE && first !== OPENING_BRACKET) {
    for (let byte = first; byte !== COMMA && byte !== CLOSING_BRACE && byte !== undefined; )
      byte = bytes[++place];
    return place;
  }
  for (let depth = 0; ; place++) {
    const byte = bytes[place];
    if (byte === QUOTE) place = textEnd(bytes, place + 1);
    else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) depth++;
    else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) depth--;
    else if (byte === undefined) return place;
    if (depth === 0) return place + 1;
  }
}

/** Where the text ends whose first character is at a place: at its quote. */
function textEnd(bytes: Uint8Array, from: number): number {
  let place = from;
  for (let byte = bytes[place]; byte !== QUOTE && byte !== undefined; byte = bytes[place])
    place += byte === BACKSLASH ? 2 : 1;
  return place;
}

/** How many digits there are at a place; 0 for more than a number is told exactly with. */
function digitsAt(bytes: Uint8Array, from: number): number {
  let count = 0;
  while (count <= MOST_DIGITS && isDigit(bytes[from + count] as number)) count++;
  return count <= MOST_DIGITS ? count : 0;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte < ZERO + 10;
}

function numberIn(bytes: Uint8Array, from: number, digits: number): number {
  let value = 0;
  for (let place = from; place < from + digits; place++) value = value * 10 + (bytes[place] as number) - ZERO;
  return value;
}
