"""How the reader is made: questions -> couples -> network -> ONNX file. Nothing here is shipped."""
