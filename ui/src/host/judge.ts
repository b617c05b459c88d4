// Whether a camera really shows something: a covered lens and a frozen driver deliver pictures, too.

/** So long must a picture be black, or the same to the last bit, before somebody is told. */
const PATIENCE_MS = 3_000;
const BLACK = 12;
const SAMPLES = 2_000;

export class PictureJudge {
  fault: 'black' | 'frozen' | null = null;
  #blackSince: number | null = null;
  #sameSince: number | null = null;
  #sum = -1;

  /** Looks at one RGBA picture at `now` (milliseconds); true when the verdict changed. */
  look(rgba: ArrayLike<number>, now: number): boolean {
    const step = Math.max(1, Math.floor(rgba.length / 4 / SAMPLES)) * 4;
    let [brightest, sum] = [0, 0];
    for (let i = 0; i + 2 < rgba.length; i += step) {
      const light = Math.max(rgba[i]!, rgba[i + 1]!, rgba[i + 2]!);
      if (light > brightest) brightest = light;
      sum = (sum * 31 + rgba[i]! + rgba[i + 1]! * 3 + rgba[i + 2]! * 7) % 2_147_483_647;
    }
    this.#blackSince = brightest <= BLACK ? (this.#blackSince ?? now) : null;
    this.#sameSince = sum === this.#sum ? (this.#sameSince ?? now) : null;
    this.#sum = sum;
    const long = (since: number | null) => since !== null && now - since >= PATIENCE_MS;
    const before = this.fault;
    this.fault = long(this.#blackSince) ? 'black' : long(this.#sameSince) ? 'frozen' : null;
    return this.fault !== before;
  }
}
