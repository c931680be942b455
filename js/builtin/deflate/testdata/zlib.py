"""Writes zlib.json: what Python's zlib makes of the samples in deflate_test.go."""
import json
import zlib

state = 1


def next(most):
    global state
    state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
    return (state >> 8) % most


noise = bytes(next(256) for _ in range(100_000))
words = ""
while len(words) < 200_000:
    words += "%s %d " % (["publish", "play", "stream", "keyframe", "segment"][next(5)], next(1000))
words = words.encode()
steps = bytes((next(4) + next(4) + next(4) * next(8)) & 255 for _ in range(50_000))
samples = {
    "empty": b"", "one": b"a", "two": b"ab", "three": b"aaa", "short": b"WAKA", "run": b"a" * 70_000,
    "noise": noise, "words": words, "steps": steps, "mixed": noise[:20_000] + words[:30_000] + noise[:20_000] + steps,
}


def entry(sample, level, strategy=0, window=15, memory=8, dictionary=""):
    args = [level, zlib.DEFLATED, -window, memory, strategy] + ([dictionary.encode()] if dictionary else [])
    c = zlib.compressobj(*args)
    b = c.compress(samples[sample]) + c.flush()
    return {"sample": sample, "level": level, "strategy": strategy, "window": window, "memory": memory,
            "dictionary": dictionary, "size": len(b), "crc": zlib.crc32(b)}


rows = [entry(s, level) for s in samples for level in range(1, 10)]
rows += [entry(s, 0) for s in ("empty", "one", "short")]
rows += [entry(s, 6, strategy) for s in samples for strategy in range(1, 5)]
rows += [entry(s, level, 0, window, memory) for s in ("words", "steps", "mixed") for level in (1, 6, 9)
         for window, memory in ((9, 1), (9, 9), (12, 4), (15, 1), (15, 9))]
rows += [entry(s, level, dictionary="a stream segment, publish play") for s in ("short", "words", "mixed") for level in (1, 6, 9)]
with open(__file__.replace(".py", ".json"), "w") as f:
    f.write("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")
