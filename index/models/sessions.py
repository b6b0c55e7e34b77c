"""ONNX file -> session that runs it; the only file that knows onnxruntime."""

from pathlib import Path
from typing import Any

from index.models.silence import go_silent


def session(model: Path, *, threads: int = 0) -> Any:
    """Load a model so that it sends nothing, logs nothing and keeps no idle core spinning.

    Args:
        model: Its file.
        threads: That run one operation; 0 for as many as there are cores.
    """
    go_silent()
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
