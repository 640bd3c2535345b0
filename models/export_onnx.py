"""Writes a trained model as the folder of files that transformers.js loads: one ONNX graph of standard operators, and JSON."""
import argparse
import json
from pathlib import Path
from typing import Sequence, Union

import numpy
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import tokenizer
from model import Shape

OPERATOR_SET, FILE_VERSION = 17, 8
BATCH, LENGTH, PAST, TOTAL = "batch_size", "sequence_length", "past_sequence_length", "total_sequence_length"


class Graph:
    """A growing list of operators and constants; each method returns the name of what it made."""

    def __init__(self):
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.inputs: list[onnx.ValueInfoProto] = []
        self.outputs: list[onnx.ValueInfoProto] = []
        self.constant_names: dict[tuple, str] = {}

    def apply(self, operator: str, *inputs: str, output: str = "", **attributes) -> str:
        """Adds an operator with one output, named `output` where the output is an output of the model."""
        name = output or f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name=f"node_{len(self.nodes)}", **attributes))
        return name

    def split(self, value: str, sizes: Sequence[int], axis: int) -> list[str]:
        """Cuts a value into parts of the given sizes."""
        names = [f"Split_{len(self.nodes)}_{part}" for part in range(len(sizes))]
        self.nodes.append(helper.make_node("Split", [value, self.integers(*sizes)], names, name=f"node_{len(self.nodes)}", axis=axis))
        return names

    def weights(self, name: str, values: numpy.ndarray) -> str:
        """Adds a constant of 32-bit floats."""
        self.constants.append(numpy_helper.from_array(numpy.ascontiguousarray(values, dtype=numpy.float32), name))
        return name

    def number(self, value: float) -> str:
        """A single float."""
        return self.once(("number", value), numpy.array(value, dtype=numpy.float32))

    def integers(self, *values: int) -> str:
        """A list of integers."""
        return self.once(("integers", *values), numpy.array(values, dtype=numpy.int64))

    def integer(self, value: int) -> str:
        """A single integer."""
        return self.once(("integer", value), numpy.array(value, dtype=numpy.int64))

    def once(self, key: tuple, values: numpy.ndarray) -> str:
        """A constant that is stored once however often it is used."""
        if key not in self.constant_names:
            self.constant_names[key] = "_".join(map(str, key))
            self.constants.append(numpy_helper.from_array(values, self.constant_names[key]))
        return self.constant_names[key]

    def takes(self, name: str, kind: int, dimensions: Sequence[Union[int, str]]) -> None:
        """Declares an input of the model."""
        self.inputs.append(helper.make_tensor_value_info(name, kind, dimensions))

    def gives(self, name: str, dimensions: Sequence[Union[int, str]]) -> None:
        """Declares an output of the model."""
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, dimensions))


class Exporter:
    """Builds the graph of one model, in the order of `model.py`."""

    def __init__(self, weights: dict[str, numpy.ndarray], shape: Shape):
        self.stored = weights
        self.shape = shape
        self.graph = Graph()

    def norm(self, x: str, name: str) -> str:
        """RMS norm, in the form that onnxruntime knows and makes one operator of."""
        graph = self.graph
        mean_square = graph.apply("ReduceMean", graph.apply("Pow", x, graph.number(2.0)), axes=[-1], keepdims=1)
        root = graph.apply("Sqrt", graph.apply("Add", mean_square, graph.number(self.shape.epsilon)))
        return graph.apply("Mul", graph.apply("Div", x, root), graph.weights(name, self.stored[f"{name}.weight"]))

    def linear(self, x: str, name: str, scale: Union[float, numpy.ndarray] = 1.0) -> str:
        """A product with stored weights, whose outputs may be scaled."""
        return self.graph.apply("MatMul", x, self.graph.weights(name, self.stored[f"{name}.weight"].T * scale))

    def rotated(self, x: str) -> str:
        """Queries and keys turned by their positions."""
        first, second = self.graph.split(x, [self.shape.head_width // 2] * 2, axis=3)
        swapped = self.graph.apply("Concat", second, first, axis=3)
        return self.graph.apply("Add", self.graph.apply("Mul", x, self.cosine), self.graph.apply("Mul", swapped, self.sine))

    def positions_and_mask(self) -> None:
        """What all layers share: cosine and sine of each position, and which tokens may look at which."""
        graph = self.graph
        length = graph.apply("Gather", graph.apply("Shape", "input_ids"), graph.integer(1))
        total = graph.apply("Gather", graph.apply("Shape", "attention_mask"), graph.integer(1))
        asking = graph.apply("Unsqueeze", graph.apply("Range", graph.apply("Sub", total, length), total, graph.integer(1)), graph.integers(1))
        asked = graph.apply("Unsqueeze", graph.apply("Range", graph.integer(0), total, graph.integer(1)), graph.integers(0))
        past_or_present = graph.apply("Unsqueeze", graph.apply("LessOrEqual", asked, asking), graph.integers(0, 1))
        real = graph.apply("Unsqueeze", graph.apply("Cast", "attention_mask", to=TensorProto.BOOL), graph.integers(1, 2))
        self.mask = graph.apply("Where", graph.apply("And", past_or_present, real), graph.number(0.0), graph.number(-1e9))
        for name in ("cosine", "sine"):
            table = graph.weights(f"{name}_table", self.stored[name])
            setattr(self, name, graph.apply("Unsqueeze", graph.apply("Gather", table, "position_ids"), graph.integers(1)))

    def attention(self, x: str, layer: int) -> str:
        """One layer's attention; reads the keys and values of earlier tokens and gives back the longer lists."""
        graph, shape = self.graph, self.shape
        prefix = f"blocks.{layer}"
        # The queries come out already divided by the root of the head's width.
        scale = numpy.ones(3 * shape.width, dtype=numpy.float32)
        scale[: shape.width] = shape.head_width**-0.5
        mixed = self.linear(self.norm(x, f"{prefix}.attention_norm"), f"{prefix}.query_key_value", scale)
        heads = graph.apply("Transpose", graph.apply("Reshape", mixed, graph.integers(0, 0, 3 * shape.heads, shape.head_width)), perm=[0, 2, 1, 3])
        turning, value = graph.split(heads, [2 * shape.heads, shape.heads], axis=1)
        query, key = graph.split(self.rotated(turning), [shape.heads] * 2, axis=1)
        kept = {}
        for kind, now in (("key", key), ("value", value)):
            graph.takes(f"past_key_values.{layer}.{kind}", TensorProto.FLOAT, [BATCH, shape.heads, PAST, shape.head_width])
            graph.gives(f"present.{layer}.{kind}", [BATCH, shape.heads, TOTAL, shape.head_width])
            kept[kind] = graph.apply("Concat", f"past_key_values.{layer}.{kind}", now, output=f"present.{layer}.{kind}", axis=2)
        scores = graph.apply("MatMul", query, graph.apply("Transpose", kept["key"], perm=[0, 1, 3, 2]))
        shares = graph.apply("Softmax", graph.apply("Add", scores, self.mask), axis=-1)
        gathered = graph.apply("Transpose", graph.apply("MatMul", shares, kept["value"]), perm=[0, 2, 1, 3])
        return self.linear(graph.apply("Reshape", gathered, graph.integers(0, 0, shape.width)), f"{prefix}.attention_out")

    def feed_forward(self, x: str, layer: int) -> str:
        """One layer's gated feed-forward."""
        graph, prefix = self.graph, f"blocks.{layer}"
        both = self.linear(self.norm(x, f"{prefix}.feed_norm"), f"{prefix}.gate_and_up")
        gate, up = graph.split(both, [self.shape.hidden] * 2, axis=2)
        opened = graph.apply("Mul", gate, graph.apply("Sigmoid", gate))
        return self.linear(graph.apply("Mul", opened, up), f"{prefix}.down")

    def build(self) -> onnx.ModelProto:
        """The whole model."""
        graph, shape = self.graph, self.shape
        graph.takes("input_ids", TensorProto.INT64, [BATCH, LENGTH])
        graph.takes("attention_mask", TensorProto.INT64, [BATCH, TOTAL])
        graph.takes("position_ids", TensorProto.INT64, [BATCH, LENGTH])
        graph.gives("logits", [BATCH, LENGTH, shape.vocabulary])
        self.positions_and_mask()
        x = graph.apply("Gather", graph.weights("embedding", self.stored["embedding.weight"]), "input_ids")
        for layer in range(shape.layers):
            x = graph.apply("Add", x, self.attention(x, layer))
            x = graph.apply("Add", x, self.feed_forward(x, layer))
        graph.apply("MatMul", self.norm(x, "final_norm"), graph.apply("Transpose", "embedding", perm=[1, 0]), output="logits")
        body = helper.make_graph(graph.nodes, "bombyx-tiny", graph.inputs, graph.outputs, graph.constants)
        return helper.make_model(body, opset_imports=[helper.make_opsetid("", OPERATOR_SET)], ir_version=FILE_VERSION, producer_name="bombyx")


def config_json(shape: Shape) -> dict:
    """What config.json holds; transformers.js takes the kind of model and the sizes of its cache from it."""
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": shape.vocabulary,
        "hidden_size": shape.width,
        "intermediate_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": shape.heads,
        "head_dim": shape.head_width,
        "max_position_embeddings": shape.context,
        "rms_norm_eps": shape.epsilon,
        "rope_theta": shape.rotary_base,
        "bos_token_id": None,
        "eos_token_id": tokenizer.END_ID,
        "pad_token_id": tokenizer.PAD_ID,
        "tie_word_embeddings": True,
        "use_cache": True,
        "torch_dtype": "float32",
    }


def write_json(path: Path, content: dict) -> None:
    """One JSON file; the tokenizer's is kept small, the others readable."""
    text = json.dumps(content, ensure_ascii=False, indent=None if path.name == "tokenizer.json" else 2)
    path.write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Reads a trained model, writes its folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    saved = torch.load(options.model)
    shape = Shape(**saved["shape"])
    graph = Exporter({name: weight.numpy() for name, weight in saved["weights"].items()}, shape).build()
    onnx.checker.check_model(graph)
    (options.out / "onnx").mkdir(parents=True, exist_ok=True)
    onnx.save(graph, str(options.out / "onnx" / "model.onnx"))
    write_json(options.out / "config.json", config_json(shape))
    write_json(options.out / "generation_config.json", {"eos_token_id": tokenizer.END_ID, "pad_token_id": tokenizer.PAD_ID, "max_length": shape.context})
    write_json(options.out / "tokenizer.json", tokenizer.Tokenizer(saved["merges"]).as_json())
    write_json(options.out / "tokenizer_config.json", tokenizer.config_json(shape.context))
    print(f"operators {len(graph.graph.node)}: {' '.join(sorted({node.op_type for node in graph.graph.node}))}")


if __name__ == "__main__":
    main()
