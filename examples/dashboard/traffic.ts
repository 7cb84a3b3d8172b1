import { MISSING_LANGUAGE, SLOW_NAME, UNKNOWN_LANGUAGE } from './handlers.js';
import type { MeasuredService } from './measured-service.js';

/** Begins a call, whatever becomes of the ones before. */
const EVERY_MILLIS = 40;

const PATIENCE_MILLIS = 5000;
/** Of who does not wait for a slow greeting. */
const LITTLE_PATIENCE_MILLIS = 300;

/** Half of the time all is well. */
const SPELL_MILLIS = 10_000;

/** Streams that hang, and how many calls apart they begin. */
const HANGING = 4;
const APART = 50;

const ignored = (): void => undefined;

/** Calls at a steady pace. Where there is trouble, it comes in spells, and some streams hang for good. */
export class Traffic {
  readonly #service: MeasuredService;
  readonly #hasTrouble: boolean;
  readonly #startedAt = performance.now();
  readonly #hanging: { cancel(): void }[] = [];
  readonly #timer: NodeJS.Timeout;
  #count = 0;

  constructor(service: MeasuredService, hasTrouble: boolean) {
    this.#service = service;
    this.#hasTrouble = hasTrouble;
    this.#timer = setInterval(() => {
      this.#count += 1;
      this.#call(this.#count);
    }, EVERY_MILLIS);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const call of this.#hanging) call.cancel();
  }

  #call(index: number): void {
    const inTrouble = this.#hasTrouble && this.#isBadSpell();
    if (inTrouble && index % APART === 0 && this.#hanging.length < HANGING) this.#hang();
    if (index % 10 === 0) this.#greetMany();
    else if (index % 2 === 0) this.#greet(index, inTrouble);
    else this.#translate(index, inTrouble);
  }

  #isBadSpell(): boolean {
    return Math.floor((performance.now() - this.#startedAt) / SPELL_MILLIS) % 2 === 0;
  }

  #greet(index: number, inTrouble: boolean): void {
    const name = inTrouble && index % 4 === 0 ? SLOW_NAME : 'Ada';
    const millis = index % 16 === 0 ? LITTLE_PATIENCE_MILLIS : PATIENCE_MILLIS;
    this.#service.greeter.greet({ name }, { deadline: Date.now() + millis }, ignored);
  }

  #translate(index: number, inTrouble: boolean): void {
    const known = inTrouble && index % 5 === 0 ? MISSING_LANGUAGE : 'de';
    const language = index % 29 === 0 ? UNKNOWN_LANGUAGE : known;
    this.#service.translator.translate(
      { text: 'Hello', language },
      { deadline: Date.now() + PATIENCE_MILLIS },
      ignored,
    );
  }

  #greetMany(): void {
    const call = this.#service.greeter.greetMany({ name: 'Ada', languages: ['de', 'fr', 'it'] });
    call.on('error', ignored).resume();
  }

  #hang(): void {
    const call = this.#service.translator.translateAll();
    call.on('error', ignored).resume();
    call.write({ text: 'Hello', language: 'de' });
    this.#hanging.push(call);
  }
}
