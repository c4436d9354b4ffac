import type { Deed } from './component.ts';
import type { Response } from './response.ts';

/** A part of a reaction that ends in a value: deeds go out, answers come in. */
export type Doing<Value> = Generator<Deed, Value, Response>;
