// Sound from the microphone, or from a file somebody chose, as plain samples of one channel.
import { DeviceFault, type Listening, type Microphone, type Sound } from './types';

/** What clips are kept with: enough for a voice, and small. */
const RATE = 22_050;
const LEVEL_MS = 60;

/** None where the page may not have one: plain http, a very old browser. */
export function browserMicrophone(): Microphone | null {
  if (typeof window === 'undefined' || !window.isSecureContext) return null;
  if (typeof MediaRecorder === 'undefined' || !navigator.mediaDevices?.getUserMedia) return null;
  return { listen };
}

async function listen(level: (level: number) => void, ended: () => void): Promise<Listening> {
  const stream = await navigator.mediaDevices
    // What cancels echo also cuts the beginnings of words.
    .getUserMedia({ audio: { channelCount: 1, echoCancellation: false } })
    .catch((problem: unknown) => {
      throw new DeviceFault(faultOf(problem));
    });
  const parts: Blob[] = [];
  const recorder = new MediaRecorder(stream);
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise<void>((resolve) => (recorder.onstop = () => resolve()));
  const stopMeter = meter(stream, level);
  const close = () => {
    stopMeter();
    for (const track of stream.getTracks()) track.stop();
  };
  // Somebody pulled it out.
  stream.getAudioTracks()[0]?.addEventListener('ended', ended);
  recorder.start();
  return {
    async end() {
      if (recorder.state !== 'inactive') recorder.stop();
      await stopped;
      close();
      return decoded(new Blob(parts));
    },
    cancel() {
      if (recorder.state !== 'inactive') recorder.stop();
      close();
    },
  };
}

/** Any sound that this browser can read; rejects with `unreadable`. */
export async function decoded(file: Blob): Promise<Sound> {
  try {
    // `Blob.arrayBuffer` came later than the browsers this is built for.
    const bytes = await new Response(file).arrayBuffer();
    const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(bytes);
    // Into one channel, as Web Audio mixes it; the rate is the context's already.
    const mixer = new OfflineAudioContext(1, Math.max(1, sound.length), RATE);
    const source = mixer.createBufferSource();
    source.buffer = sound;
    source.connect(mixer.destination);
    source.start();
    const mixed = await mixer.startRendering();
    return { samples: mixed.getChannelData(0), rate: RATE };
  } catch {
    throw new DeviceFault('unreadable');
  }
}

/** Tells how loud it is, 0–1, while it is listened to; so that a silent microphone is seen before it was recorded. */
function meter(stream: MediaStream, level: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    level(
      Math.min(
        1,
        samples.reduce((peak, one) => Math.max(peak, Math.abs(one)), 0),
      ),
    );
  }, LEVEL_MS);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

function faultOf(problem: unknown): string {
  switch ((problem as { name?: string }).name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'not_allowed';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'not_found';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'died';
  }
}
