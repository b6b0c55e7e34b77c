"""Batches -> weights of the reader; can be stopped, and goes on from its last checkpoint.

    python -m training.train READING RUN [--examples N]

READING is the folder of labelled questions, RUN the folder of this run's checkpoints and log.
"""

import argparse
import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from index.models.sessions import session
from training.batches import Batch, batches
from training.carried import RERANKER, carried_folder
from training.fusing import INPUTS, fused_file
from training.network import Reader, from_carried

TRUNK_RATE, HEADS_RATE = 1.2e-4, 4e-4
WARMED = 0.04
"""Share of the run in which the rates rise; then they fall to nothing."""
PAIRED, SPANNED, DISTILLED = 0.5, 0.5, 0.25
"""Weights of the losses beside that of answerability."""
FROZEN_LAYERS = 4
ROWS = 24
CLIP = 1.0
LOGIT_SCALE = 3.0
"""Relevance logits are divided by it, so that it is learned as gently as the rest."""
LOGGED_EVERY = 20
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Plan:
    """One run: the same plan on the same machine gives the same weights, however often stopped."""

    reading: Path
    run: Path
    examples: int
    seed: int
    rows: int
    frozen: int
    minutes: float
    """Between checkpoints."""
    device: str


class Teacher:
    """The carried cross-encoder, as the product runs it: its logits are what relevance is."""

    def __init__(self, carried: Path, cache: Path) -> None:
        graph = fused_file(carried / RERANKER.weights, RERANKER.sha256, cache)
        if graph is None:
            raise OSError(f"cannot write {cache}")
        self._session = session(graph, threads=1)

    def logits(self, batch: Batch) -> Tensor:
        """Read each pair by itself, since activations are quantised by the range they share."""
        told = []
        for read in batch.reads:
            feeds = dict(zip(INPUTS, (read.ids, read.kinds), strict=True))
            rows = {name: np.array([values], np.int64) for name, values in feeds.items()}
            told.append(float(self._session.run(None, rows)[0].item()))
        return torch.tensor(told)


def losses(outputs: tuple[Tensor, ...], batch: Batch, taught: Tensor) -> dict[str, Tensor]:
    """Say how far off each of the outputs is."""
    relevance, answers, start, end = outputs
    answerable = torch.zeros_like(answers)
    answerable[0::2] = 1.0
    passage = (batch.kinds == 1) & batch.mask
    has_span = batch.starts.any(1)
    return {
        "answers": functional.binary_cross_entropy_with_logits(answers, answerable),
        "paired": functional.softplus(answers[1::2] - answers[0::2]).mean(),
        "span": _anywhere(start.float(), passage, batch.starts, has_span)
        + _anywhere(end.float(), passage, batch.ends, has_span),
        "relevance": functional.smooth_l1_loss(relevance / LOGIT_SCALE, taught / LOGIT_SCALE),
    }


def _anywhere(logits: Tensor, passage: Tensor, right: Tensor, has_span: Tensor) -> Tensor:
    """Cross-entropy over a passage's tokens, where any of the right ones will do."""
    if not has_span.any():
        return logits.sum() * 0.0
    logits = logits.masked_fill(~passage, _NEVER)[has_span]
    wanted = logits.masked_fill(~right[has_span], _NEVER)
    return (logits.logsumexp(1) - wanted.logsumexp(1)).mean()


def rate(share: float) -> float:
    """Rise, then fall in a line: the share of the full rate at a share of the run."""
    return share / WARMED if share < WARMED else max(0.02, (1 - share) / (1 - WARMED))


def train(plan: Plan) -> Path:
    """Train to the end of the plan, and give the file of the last weights."""
    torch.manual_seed(plan.seed)
    carried = carried_folder(RERANKER)
    reader = from_carried(carried / RERANKER.weights).to(plan.device).train()
    reader.freeze(plan.frozen)
    optimizer = _optimizer(reader)
    teacher = Teacher(carried, plan.run / "cache")
    drawn = batches(plan.reading, carried, rows=plan.rows, seed=plan.seed)
    step = _resume(plan, reader, optimizer)
    for _ in range(step):
        next(drawn)
    steps = plan.examples // plan.rows
    told: Counter[str] = Counter()
    saved = time.monotonic()
    for step in range(step, steps):  # noqa: B020 - goes on where it stopped
        batch = next(drawn)
        found = _learn(reader, optimizer, batch, teacher, rate(step / steps), plan.device)
        told.update(found)
        if (step + 1) % LOGGED_EVERY == 0:
            _log(plan, (step + 1) * plan.rows, told)
            told.clear()
        if time.monotonic() - saved > 60 * plan.minutes:
            _save(plan, reader, optimizer, step + 1)
            saved = time.monotonic()
    _save(plan, reader, optimizer, steps)
    return plan.run / f"reader-{steps * plan.rows}.pt"


def _learn(
    reader: Reader, optimizer: Any, batch: Batch, teacher: Teacher, share: float, device: str
) -> dict[str, float]:
    for group in optimizer.param_groups:
        group["lr"] = group["full_rate"] * share
    taught = teacher.logits(batch).to(device)
    batch = batch.to(device)
    with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
        outputs = reader(batch.ids, batch.kinds, batch.mask)
    found = losses(tuple(output.float() for output in outputs), batch, taught)
    whole = (
        found["answers"]
        + PAIRED * found["paired"]
        + SPANNED * found["span"]
        + DISTILLED * found["relevance"]
    )
    whole.backward()
    torch.nn.utils.clip_grad_norm_(
        [p for group in optimizer.param_groups for p in group["params"]], CLIP
    )
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    answers = outputs[1].detach()
    right = (answers[0::2] > answers[1::2]).float().mean()
    return {name: float(value.detach()) for name, value in found.items()} | {"right": float(right)}


def _optimizer(reader: Reader) -> Any:
    made = {id(parameter) for parameter in reader.heads()}
    trunk = [p for p in reader.parameters() if p.requires_grad and id(p) not in made]
    groups = [
        {"params": trunk, "full_rate": TRUNK_RATE},
        {"params": reader.heads(), "full_rate": HEADS_RATE},
    ]
    return torch.optim.AdamW(groups, lr=TRUNK_RATE, betas=(0.9, 0.98), weight_decay=0.01)


def _save(plan: Plan, reader: Reader, optimizer: Any, step: int) -> None:
    """Write weights to keep, and a checkpoint to go on from; a kill leaves the one before."""
    weights = {name: tensor.half().cpu() for name, tensor in reader.state_dict().items()}
    _write(plan.run / f"reader-{step * plan.rows}.pt", weights)
    state = {"reader": reader.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
    _write(plan.run / "checkpoint.pt", state)


def _write(file: Path, content: dict[str, Any]) -> None:
    draft = file.with_suffix(".draft")
    torch.save(content, draft)
    draft.replace(file)


def _resume(plan: Plan, reader: Reader, optimizer: Any) -> int:
    """Take in the last checkpoint, if there is one, and give the number of steps that it made."""
    file = plan.run / "checkpoint.pt"
    if not file.exists():
        return 0
    state = torch.load(file, map_location=plan.device)
    reader.load_state_dict(state["reader"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])


def _log(plan: Plan, examples: int, told: Counter[str]) -> None:
    line = {"examples": examples, "processor_seconds": round(time.process_time())}
    line |= {name: round(value / LOGGED_EVERY, 4) for name, value in told.items()}
    with (plan.run / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")


def main() -> None:
    """Read the command line, and train."""
    parser = argparse.ArgumentParser(description="Train the reader, or go on training it.")
    parser.add_argument("reading", type=Path, help="folder of labelled questions")
    parser.add_argument("run", type=Path, help="folder of this run")
    parser.add_argument("--examples", type=int, default=60_000)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--frozen", type=int, default=FROZEN_LAYERS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=10.0, help="between checkpoints")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    chosen.run.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    print(
        train(
            Plan(
                reading=chosen.reading,
                run=chosen.run,
                examples=chosen.examples,
                seed=chosen.seed,
                rows=chosen.rows,
                frozen=chosen.frozen,
                minutes=chosen.minutes,
                device=device,
            )
        )
    )


if __name__ == "__main__":
    main()
