/** Sleep that can be ended; a wake-up that comes while nobody sleeps ends the next sleep. */
export class Nap {
  #isDue = false;
  #end: (() => void) | undefined;

  /** @param msMax left out: until woken */
  sleep(msMax?: number): Promise<void> {
    if (this.#isDue) {
      this.#isDue = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = msMax === undefined ? undefined : setTimeout(() => this.wake(), msMax);
      this.#end = () => {
        clearTimeout(timer);
        this.#end = undefined;
        resolve();
      };
    });
  }

  wake(): void {
    if (this.#end) this.#end();
    else this.#isDue = true;
  }
}
