import type { Deed } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';

/** A part of a reaction that comes to a result. */
export type Doing<Result> = Generator<Deed, Result, Response>;
