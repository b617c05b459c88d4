// Clips become one sound: joined sample by sample, so that there is no gap and no overlap to hear.

/** One buffer that holds all of `parts`, one after the other. Mono parts are heard on every channel. */
export function join(context: BaseAudioContext, parts: AudioBuffer[]): AudioBuffer {
  const channels = Math.max(1, ...parts.map((part) => part.numberOfChannels));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = context.createBuffer(channels, Math.max(1, length), context.sampleRate);
  for (let channel = 0; channel < channels; channel++) {
    let from = 0;
    for (const part of parts) {
      const data = part.getChannelData(Math.min(channel, part.numberOfChannels - 1));
      whole.copyToChannel(data, channel, from);
      from += part.length;
    }
  }
  return whole;
}
