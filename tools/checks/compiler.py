"""How the build compiles each file, as the preset debug says."""
import json
import pathlib
import shlex
import subprocess


def commands(tree) -> dict:
    """Path from the root -> its compile command, as words. Empty where there are no presets."""
    if not (tree.root / "CMakePresets.json").exists():
        return {}
    subprocess.run(["cmake", "--preset", "debug"], cwd=tree.root, check=True, stdout=subprocess.DEVNULL)
    entries = json.loads((tree.root / "build/debug/compile_commands.json").read_text())
    return {
        str(pathlib.Path(entry["file"]).relative_to(tree.root)): shlex.split(entry["command"])
        for entry in entries
        if pathlib.Path(entry["file"]).is_relative_to(tree.root)
    }


def front_flags(words: list) -> list:
    """Of a compile command, what decides how the text is read: the standard, names and folders."""
    flags, folder_follows = [], False
    for word in words:
        if folder_follows or word.startswith(("-I", "-D", "-std")):
            flags.append(word)
            folder_follows = False
        elif word == "-isystem":
            flags.append(word)
            folder_follows = True
    return flags
