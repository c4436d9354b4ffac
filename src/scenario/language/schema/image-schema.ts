import * as z from 'zod';

export const imagesSchema = z.record(z.string().min(1), z.unknown());
