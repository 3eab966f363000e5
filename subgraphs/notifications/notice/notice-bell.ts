import { Bells } from '../bells.js';

/** Rung when there is news to be told. */
export const noticeBells = new Bells();
