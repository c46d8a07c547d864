// Reads QR codes by the camera: the browser's own detector where it works, else ours, packaged.

const PAUSE_MS = 120;
const PATIENCE_MS = 4_000;
const WANTED = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } };

/** Why there is nothing to scan with; `reason` is a key of the page's words. */
export class ScanError extends Error {
  constructor(reason, cause) {
    super(reason, { cause });
    this.reason = reason;
  }
}

// A phone tells these three apart, and so does what its owner can do about it.
const REASONS = {
  NotAllowedError: "camera_refused",
  SecurityError: "camera_refused",
  NotFoundError: "camera_none",
  OverconstrainedError: "camera_none",
  NotReadableError: "camera_busy",
  AbortError: "camera_busy",
};

/** Tell whether this browser can show a camera at all; it cannot over plain HTTP. */
export const hasCamera = () => Boolean(navigator.mediaDevices?.getUserMedia);

export class Scanner {
  /**
   * @param video Where the picture is shown.
   * @param files Addresses of the packaged `detector` and its `reader`.
   * @param onText Told each text that is read; the same one again after it was out of sight.
   */
  constructor(video, files, onText) {
    this.video = video;
    this.files = files;
    this.onText = onText;
    this.stream = null;
    this.last = "";
  }

  get isOn() {
    return Boolean(this.stream);
  }

  /** Open the camera and read until `stop`. Throws ScanError. */
  async start() {
    if (this.stream) return;
    const detector = readers(this.files);
    const opening = navigator.mediaDevices.getUserMedia({ video: WANTED, audio: false });
    let stream;
    try {
      stream = await opening;
    } catch (error) {
      throw new ScanError(REASONS[error?.name] ?? "camera_none", error);
    }
    this.stream = stream;
    // Unplugged, taken by a call, or ended by the phone to save power.
    for (const track of stream.getTracks()) track.onended = () => this.stop();
    this.video.srcObject = stream;
    await this.video.play().catch(() => {});
    this.#read(stream, detector);
  }

  stop() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.last = "";
    this.video.srcObject = null;
    this.onStop?.();
  }

  /** Tell whether the lamp beside the camera can be switched. */
  get hasTorch() {
    const [track] = this.stream?.getVideoTracks() ?? [];
    return Boolean(track?.getCapabilities?.().torch);
  }

  /** Switch the lamp; tells how it is now. */
  async light(isOn) {
    const [track] = this.stream?.getVideoTracks() ?? [];
    try {
      await track.applyConstraints({ advanced: [{ torch: isOn }] });
      return isOn;
    } catch {
      return !isOn;
    }
  }

  async #read(stream, detectors) {
    try {
      for await (const detector of detectors) {
        if (await this.#readWith(detector, stream)) return;
      }
      if (this.stream === stream) this.onFail?.(new ScanError("scan_lost"));
    } catch (error) {
      if (this.stream === stream) this.onFail?.(new ScanError("scan_lost", error));
    }
  }

  /** Read frame after frame; tells whether the camera was closed, and not the detector lost. */
  async #readWith(detector, stream) {
    let failures = 0;
    while (this.stream === stream) {
      try {
        if (this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
          this.#tell(await inTime(detector.detect(this.video)));
        }
        failures = 0;
      } catch {
        // A phone without its maker's services has the detector in name only.
        failures += 1;
        if (failures > 2) return false;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    return true;
  }

  #tell(found) {
    const text = found[0]?.rawValue ?? "";
    if (text && text !== this.last) this.onText(text);
    this.last = text;
  }
}

function inTime(promise) {
  let timer = 0;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new ScanError("scan_lost")), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Give one detector after the other, the browser's own first. */
async function* readers(files) {
  try {
    const formats = await globalThis.BarcodeDetector?.getSupportedFormats();
    if (formats?.includes("qr_code")) yield new globalThis.BarcodeDetector({ formats: ["qr_code"] });
  } catch {
    // Ours is next.
  }
  yield packaged(files);
}

let loading = null;

async function packaged({ detector, reader }) {
  loading ??= load(detector).then(async () => {
    const api = globalThis.BarcodeDetectionAPI;
    await api.prepareZXingModule({ overrides: { locateFile: () => reader }, fireImmediately: true });
    return new api.BarcodeDetector({ formats: ["qr_code"] });
  });
  try {
    return await loading;
  } catch (error) {
    loading = null; // without network the first time: it may be there the next time
    throw error;
  }
}

function load(src) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}
