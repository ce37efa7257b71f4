"""Finding and reading text with RapidOCR's three small networks, loaded when first needed.

Detection is run strip by strip and the maps of "here is text" are joined before boxes are made
of them: a 12-megapixel photo needs no more memory than one strip, and a stop is noticed between
strips. Recognition takes its lines from the full-size picture.
"""

from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from components.errors import ProviderError
from components.providers.builtin_reader.settings import load as load_data
from components.providers.builtin_reader.settings import number, whole
from components.providers.builtin_reader.worker import Stop

Pixels = NDArray[np.uint8]  # height x width x 3, blue-green-red
Quad = NDArray[np.float32]  # four corners (x, y): upper left, upper right, lower right, lower left


def load() -> None:
    """Import the libraries and load all models (a second or two). Raises ProviderError."""
    _detector()
    blank = np.full((48, 192, 3), 255, np.uint8)
    upside_down([blank])
    recognise(blank)


@cache
def _ocr() -> Any:
    """RapidOCR, for turning and recognising lines."""
    try:
        from rapidocr import RapidOCR

        engine = "EngineConfig.onnxruntime"
        return RapidOCR(
            params={
                "Global.log_level": "error",
                f"{engine}.intra_op_num_threads": whole("ocr", "threads"),
                f"{engine}.inter_op_num_threads": 1,
                f"{engine}.enable_cpu_mem_arena": False,
            }
        )
    except Exception as error:
        raise _failed(error) from error


@cache
def _detector() -> tuple[Any, Any]:
    """RapidOCR's detection network, and what makes boxes of the network's map.

    A session of our own, since it runs strip by strip, and since the plan of memory that
    onnxruntime makes for later runs costs another 100 MB.
    """
    try:
        from onnxruntime import InferenceSession, SessionOptions
        from rapidocr.ch_ppocr_det.utils import DBPostProcess

        options = SessionOptions()
        options.intra_op_num_threads = whole("ocr", "threads")
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False
        options.log_severity_level = 4
        model = resources.files("rapidocr") / "models" / str(load_data("settings")["detector"])
        network = InferenceSession(model.read_bytes(), options, providers=["CPUExecutionProvider"])
        return network, DBPostProcess(
            thresh=number("ocr", "text_threshold"),
            box_thresh=number("ocr", "box_threshold"),
            unclip_ratio=number("ocr", "box_margin"),
            use_dilation=True,
        )
    except Exception as error:
        raise _failed(error) from error


def _failed(error: Exception) -> ProviderError:
    detail = type(error).__name__
    return ProviderError("reader_failed", host="", model="builtin-reader", detail=detail)


def detect(image: Pixels, stop: Stop) -> list[Quad]:
    """Boxes around lines of text, in pixels of `image`, unordered."""
    import cv2

    height, width = image.shape[:2]
    scale = _detection_scale(width, height)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(image, size, interpolation=method)
    found = _text_map(np.asarray(small, np.uint8), stop)
    _, boxes_of = _detector()
    boxes, _ = boxes_of(found[None, None], found.shape)
    limit = np.array([width, height], np.float32)
    back = limit / np.array(size, np.float32)
    return [np.clip(np.asarray(box, np.float32) * back, 0, limit) for box in boxes]


def _detection_scale(width: int, height: int) -> float:
    wanted = min(
        number("ocr", "detect_min_side") / min(width, height), number("ocr", "detect_zoom")
    )
    return min(number("ocr", "detect_side") / max(width, height), max(1.0, wanted))


def _text_map(image: Pixels, stop: Stop) -> NDArray[np.float32]:
    """How likely each pixel belongs to text, 0 to 1; sides are padded to multiples of 32."""
    import cv2

    height, width = (-(-side // 32) * 32 for side in image.shape[:2])
    below, right = height - image.shape[0], width - image.shape[1]
    padded = cv2.copyMakeBorder(image, 0, below, 0, right, cv2.BORDER_REPLICATE)
    overlap = whole("ocr", "strip_overlap")
    strip = max(256, whole("ocr", "strip_pixels") // width // 32 * 32)
    joined = np.zeros((height, width), np.float32)
    top = 0
    while True:
        stop.check()
        bottom = min(height, top + strip)
        start = max(0, bottom - strip)
        seen = _run_detector(padded[start:bottom])
        skip = top - start + (overlap // 2 if top else 0)  # the seam is in the overlap's middle
        joined[start + skip : bottom] = seen[skip:]
        if bottom == height:
            return joined
        top = bottom - overlap


def _run_detector(strip: Any) -> NDArray[np.float32]:
    network, _ = _detector()
    scaled = (strip.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None]
    seen = network.run(None, {network.get_inputs()[0].name: np.ascontiguousarray(scaled)})
    return np.asarray(seen[0][0, 0], np.float32)


def crop(image: Pixels, quad: Quad) -> Pixels:
    """The box, straightened; a tall one is turned a quarter to the left."""
    from rapidocr.utils.process_img import get_rotate_crop_image

    return np.asarray(get_rotate_crop_image(image, quad.copy()), np.uint8)


def upside_down(crops: list[Pixels]) -> list[float]:
    """For each crop, how sure the classifier is that it stands on its head (0: it doesn't)."""
    ocr = _ocr()
    result = ocr.cls_and_rotate(list(crops))[1].cls_res
    return [float(score) if label == "180" else 0.0 for label, score in result]


def recognise(line: Pixels) -> tuple[str, float]:
    """The text of one crop and how sure the network is, 0 to 1."""
    ocr = _ocr()
    result = ocr.recognize_txt([line])
    return str(result.txts[0]).strip(), float(result.scores[0])
